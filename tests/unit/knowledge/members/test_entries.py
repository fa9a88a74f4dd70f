"""A line of the members' table, read and checked."""

from __future__ import annotations

import pytest

from knowledge.members.columns import CellError, find_columns
from knowledge.members.entries import SkippedError, read_entry
from knowledge.members.spreadsheet import UnreadableTableError
from knowledge.model import Language, OrganisationKind

HEADER = ["userid", "Organisaatio", "Tyyppi", "Kielet", "Aiheet", "Tarjoaa", "Yhteyshenkilö", "Status", "Muuta"]
COLUMNS = find_columns(HEADER)


def _line(**changes: str) -> list[str]:
    cells = {"userid": "U012", "Organisaatio": "Puhevako Oy"} | changes
    return [cells.get(name, "") for name in HEADER]


def test_a_line_says_what_it_says() -> None:
    """Columns by their names in any of the languages; lists between commas; no field for what is empty."""
    entry = read_entry(
        _line(Tyyppi="Yritys", Kielet="suomi, sv", Aiheet="tutka / kotihoito, tutka", Yhteyshenkilö="kyllä"), COLUMNS
    )
    assert (entry.user, entry.organisation, entry.kind) == ("U012", "Puhevako Oy", OrganisationKind.VENDOR)
    assert entry.fields == {"languages": (Language.FI, Language.SV), "topics": ("tutka", "kotihoito")}
    assert entry.is_contact


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"userid": "aino.lehtola"}, "slack_id is not the id"),
        ({"userid": "USLACKBOT"}, "slack_id is not the id"),
        ({"Organisaatio": " "}, "names no organisation"),
        ({"Tyyppi": "puolue"}, "kind is none of"),
        ({"Kielet": "fi, norja"}, "languages holds something else"),
        ({"Yhteyshenkilö": "ehkä"}, "neither yes nor no"),
        ({"Tarjoaa": "x" * 2001}, "offers is longer than 2000"),
        ({"Aiheet": ", ".join(map(str, range(21)))}, "topics are more than 20"),
        ({"Muuta": "hetu 131052-308T"}, "personal identity code"),
    ],
)
def test_what_is_not_understood_is_refused(changes: dict[str, str], reason: str) -> None:
    """With the reason, which repeats nothing of the cell."""
    with pytest.raises(CellError, match=reason) as refused:
        read_entry(_line(**changes), COLUMNS)
    assert not any(value.strip() and value in str(refused.value) for value in changes.values())


@pytest.mark.parametrize("status", ["Bot", "Deactivated", "Multi-Channel Guest"])
def test_accounts_that_are_no_members_are_skipped(status: str) -> None:
    """Slack's own export lists them too; its members are taken."""
    with pytest.raises(SkippedError):
        read_entry(_line(Status=status), COLUMNS)
    assert read_entry(_line(Status="Workspace Owner"), COLUMNS).user == "U012"


def test_a_table_needs_accounts_and_organisations() -> None:
    """Its first row names the columns."""
    with pytest.raises(UnreadableTableError, match="lacks a column slack_id and organisation"):
        find_columns(["nimi", "sähköposti"])
