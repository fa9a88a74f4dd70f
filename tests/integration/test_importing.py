"""Members brought in from a table: all or nothing, and never over what they wrote themselves."""

from __future__ import annotations

import dataclasses

import pytest

from knowledge.members.exporting import export_members
from knowledge.members.importing import Change, Importer, Line, UnknownTeamError
from knowledge.model import NOBODY, Consent, Language, Member, MemberId, OrganisationKind
from knowledge.store import Store
from tests.builders import member, organisation
from tests.fakes import NOON, SetClock

TEAM = "T1"
ONE, TWO = MemberId("T1:U1"), MemberId("T1:U2")
HEADER = "slack_id;organisation;kind;domain;role;languages;topics;offers;contact\n"
TWO_LINES = HEADER + "U1;Puhevako Oy;;puhe;myyjä;fi;tutka;Kerromme tutkasta.;yes\nU2;Åkerö välfärdsområde;;;;sv;;;no\n"


def _import(store: Store, text: str, *, replace: bool = False, dry_run: bool = False) -> list[Line]:
    return Importer(store, SetClock(), replace=replace).run(text.encode("cp1252"), TEAM, dry_run=dry_run)


def _members(store: Store) -> dict[MemberId, Member]:
    with store.reading() as work:
        return {each.id: each for each in work.members.all()}


def _keep(store: Store, *members: Member) -> None:
    with store() as work:
        work.organisations.put(organisation())
        for each in members:
            work.members.put(each)
        work.commit()


def test_people_come_in_without_any_consent(store: Store) -> None:
    """With their organisations, whose kind the name tells, and the contact where there was none."""
    assert [line.change for line in _import(store, TWO_LINES)] == [Change.NEW, Change.NEW]
    members = _members(store)
    assert members[ONE].consents == members[TWO].consents == frozenset()
    assert (members[ONE].role, members[ONE].topics, members[ONE].joined_at) == ("myyjä", ("tutka",), NOON)
    assert members[TWO].languages == (Language.SV,)
    with store.reading() as work:
        vendor, county = work.organisations.all()
    assert (vendor.name, vendor.kind, vendor.domain, vendor.contact) == (
        "Puhevako Oy",
        OrganisationKind.VENDOR,
        "puhe",
        ONE,
    )
    assert (county.kind, county.contact) == (OrganisationKind.COUNTY, NOBODY)
    assert [line.change for line in _import(store, TWO_LINES)] == [Change.SAME, Change.SAME]


def test_a_dry_run_changes_nothing(store: Store) -> None:
    """It says what would become of each line, by its number in the file."""
    assert _import(store, TWO_LINES, dry_run=True) == [
        Line(2, Change.NEW, "becomes the organisation’s contact"),
        Line(3, Change.NEW),
    ]
    assert _members(store) == {}


def test_one_bad_line_keeps_the_whole_file_out(store: Store) -> None:
    """So that a mended file can be brought in as a whole; a repeated account is a bad line too."""
    lines = _import(store, TWO_LINES + "U3;;;;;;;;\nU1;Toinen Oy;;;;;;;\n")
    assert [(line.number, line.change) for line in lines[2:]] == [(4, Change.REFUSED), (5, Change.REFUSED)]
    assert "line 2 already" in lines[3].reason
    assert _members(store) == {}
    with store.reading() as work:
        assert work.organisations.all() == []


def test_what_people_wrote_themselves_stays(store: Store) -> None:
    """Somebody who consented wrote their own profile: not even what they emptied is filled in again."""
    own = member(offers="", consents=frozenset({Consent.OFFERS, Consent.TOPICS}))
    _keep(store, own)
    [line] = _import(store, HEADER + "U1;Järvirannan hyvinvointialue;;;myyjä;fi;tutka;Myymme.;no\n")
    assert line.change is Change.KEPT
    assert line.reason == "the member’s own role, topics, offers stays; --replace takes the file’s"
    assert _members(store)[ONE] == own


def test_what_is_empty_is_filled_in_for_those_who_said_nothing_yet(store: Store) -> None:
    """Who was brought in earlier gets what a fuller table has; what is there stays."""
    _import(store, HEADER + "U1;Puhevako Oy;;;myyjä;;;;no\n")
    [line] = _import(store, HEADER + "U1;Puhevako Oy;;;johtaja;sv;;;no\n")
    assert (line.change, line.reason) == (
        Change.CHANGED,
        "takes languages; the member’s own role stays; --replace takes the file’s",
    )
    assert (_members(store)[ONE].role, _members(store)[ONE].languages) == ("myyjä", (Language.SV,))


def test_what_is_replaced_is_not_shown_before_the_member_agrees_again(store: Store) -> None:
    """Nobody consented to words that they have not seen; the other consents stay."""
    _keep(store, member())
    [line] = _import(store, HEADER + "U1;Järvirannan hyvinvointialue;;;myyjä;;;;no\n", replace=True)
    assert (line.change, line.reason) == (Change.CHANGED, "takes role; not shown until the member agrees again: role")
    changed = _members(store)[ONE]
    assert changed == dataclasses.replace(member(), role="myyjä", consents=frozenset(Consent) - {Consent.ROLE})


def test_a_contact_is_replaced_only_when_told(store: Store) -> None:
    """One who was handed the task keeps it."""
    _import(store, TWO_LINES)
    [line] = _import(store, HEADER + "U9;Puhevako Oy;;;;;;;yes\n")
    assert "has a contact, who stays" in line.reason
    [line] = _import(store, HEADER + "U9;Puhevako Oy;;;;;;;yes\n", replace=True)
    assert line.reason == "becomes the organisation’s contact"
    with store.reading() as work:
        assert work.organisations.find("Puhevako Oy").contact == MemberId("T1:U9")  # type: ignore[union-attr]


def test_an_identity_code_is_refused_and_not_repeated(store: Store) -> None:
    """Neither printed nor stored."""
    [line] = _import(store, HEADER + "U1;Puhevako Oy;;;myyjä 131052-308T;;;;no\n")
    assert line.change is Change.REFUSED
    assert "131052" not in line.reason
    assert _members(store) == {}


def test_what_is_exported_can_be_brought_in_again(store: Store) -> None:
    """Unchanged, formulas of hostile hands included; consents are told but never taken from a table."""
    _keep(store, member(offers="=HYPERLINK(evil)"), member("U2", consents=frozenset()))
    with store.reading() as work:
        table = export_members(work)
    assert b";'=HYPERLINK" in table
    before = _members(store)
    lines = Importer(store, SetClock(), replace=True).run(table, "", dry_run=False)
    assert [line.change for line in lines] == [Change.SAME, Change.SAME]
    assert _members(store) == before


def test_the_workspace_must_be_known(store: Store) -> None:
    """With nobody stored yet, it cannot be told whose the accounts are."""
    with pytest.raises(UnknownTeamError, match="--team"):
        Importer(store, SetClock()).run(TWO_LINES.encode(), "", dry_run=True)
