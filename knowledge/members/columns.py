"""The columns of the members' table: their names in three languages and in Slack's own export, and what cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.members.spreadsheet import UnreadableTableError
from knowledge.model import Language, OrganisationKind

COLUMNS = (
    *("slack_id", "organisation", "kind", "domain", "region", "role", "languages", "topics", "offers", "seeks"),
    "contact",
)
"""In the order of an export."""
_NAMES: Mapping[str, str] = {
    "slack_id": "slack_id userid user_id id slack jäsentunnus",
    "organisation": "organisation organization organisaatio företag company yritys",
    "kind": "kind type tyyppi laji typ",
    "domain": "domain toimiala verksamhetsområde",
    "region": "region alue område",
    "role": "role title rooli tehtävä nimike roll titel",
    "languages": "languages language kielet kieli språk",
    "topics": "topics topic aiheet aihe ämnen ämne",
    "offers": "offers tarjoaa tarjoan tarjonta erbjuder",
    "seeks": "seeks etsii etsin haku söker",
    "contact": "contact yhteyshenkilö kontakt kontaktperson",
    "status": "status tila",
}
_KINDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.COUNTY: "county hyvinvointialue välfärdsområde wellbeing_services_county",
    OrganisationKind.PUBLIC: "public julkinen muu_julkinen offentlig other_public",
    OrganisationKind.VENDOR: "vendor yritys toimittaja företag leverantör company",
    OrganisationKind.RESEARCH: "research tutkimus forskning",
    OrganisationKind.NGO: "ngo järjestö yhdistys förening organisation",
}
_LANGUAGES: Mapping[Language, str] = {
    Language.FI: "fi suomi finska finnish",
    Language.SV: "sv se ruotsi svenska swedish",
    Language.EN: "en englanti engelska english",
}
_YES, _NO = (
    frozenset({"yes", "y", "kyllä", "k", "ja", "j", "x", "1", "true"}),
    frozenset({"", "no", "n", "ei", "e", "nej", "0", "false"}),
)
_BETWEEN = re.compile(r"[;,|/\n]+")


class CellError(Exception):
    """A cell says something that is not understood; `str(error)` says what, without quoting it."""


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Column name to place; raises UnreadableTableError without those of the account and the organisation."""
    by_name = {name: column for column, names in _NAMES.items() for name in names.split()}
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        column = by_name.get("_".join(cell.casefold().replace("-", " ").replace("_", " ").split()))
        if column is not None:
            found.setdefault(column, place)
    missing = [name for name in ("slack_id", "organisation") if name not in found]
    if missing:
        message = f"The first row lacks a column {' and '.join(missing)}; the columns are {', '.join(COLUMNS)}."
        raise UnreadableTableError(message)
    return found


def read_kind(cell: str) -> OrganisationKind | None:
    """The kind that the cell names, or None for an empty one; raises CellError."""
    if not cell:
        return None
    word = "_".join(cell.casefold().split())
    for kind, names in _KINDS.items():
        if word in names.split():
            return kind
    message = f"kind is none of {', '.join(kind.value for kind in _KINDS)}"
    raise CellError(message)


def read_languages(cell: str) -> tuple[Language, ...]:
    """The languages that the cell names, in its order; raises CellError."""
    return tuple(dict.fromkeys(_language(word) for word in _BETWEEN.split(cell) if word.strip()))


def read_list(cell: str) -> tuple[str, ...]:
    """The pieces of a cell between commas, semicolons, bars, slashes or line ends."""
    pieces = (" ".join(piece.split()) for piece in _BETWEEN.split(cell))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def read_yes(cell: str) -> bool:
    """Whether the cell says yes; raises CellError."""
    word = cell.casefold()
    if word in _YES | _NO:
        return word in _YES
    message = "contact is neither yes nor no"
    raise CellError(message)


def _language(word: str) -> Language:
    for language, names in _LANGUAGES.items():
        if word.strip().casefold() in names.split():
            return language
    message = "languages holds something else than fi, sv and en"
    raise CellError(message)
