"""Which column of a use-case catalogue holds what: as the admin says, or guessed from its name in three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.failures import ListingError

NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        *(
            "title",
            "name",
            "use case",
            "ai use case",
            "use case name",
            "use case title",
            "solution",
            "nimi",
            "otsikko",
            "käyttötapaus",
        ),
        *("käyttötapauksen nimi", "ratkaisu", "ratkaisun nimi", "hankkeen nimi", "titel", "namn", "rubrik"),
        *("användningsfall", "användningsfallets namn", "lösning", "lösningens namn"),
    ),
    "organisation": (
        *("organisation", "organization", "organisation name", "organization name", "agency", "owner", "organisaatio"),
        *("organisaation nimi", "toteuttaja", "toteuttava organisaatio", "omistaja", "hyvinvointialue", "yritys"),
        *("organisationens namn", "ägare", "genomförare", "välfärdsområde", "företag", "company"),
    ),
    "description": (
        *(
            "description",
            "summary",
            "short description",
            "abstract",
            "kuvaus",
            "lyhyt kuvaus",
            "tiivistelmä",
            "esittely",
        ),
        *("käyttötapauksen kuvaus", "ratkaisun kuvaus", "beskrivning", "kort beskrivning", "sammanfattning"),
    ),
    "stage": (
        *("stage", "status", "phase", "maturity", "vaihe", "tila", "kehitysvaihe", "kypsyys", "käyttöönoton vaihe"),
        *("skede", "fas", "stadium", "utvecklingsskede", "läge"),
    ),
    "topics": (
        *("topics", "topic", "themes", "theme", "tags", "keywords", "category", "aiheet", "aihe", "teemat", "teema"),
        *("avainsanat", "asiasanat", "aihealue", "aihealueet", "kategoria", "luokka", "ämnen", "ämne", "teman", "tema"),
        *("nyckelord", "ämnesområde", "kategori"),
    ),
    "contact": (
        *("contact", "contact person", "contact details", "email", "e mail", "yhteyshenkilö", "yhteystiedot"),
        *("yhteystieto", "sähköposti", "kontakt", "kontaktperson", "kontaktuppgifter", "e post"),
    ),
    "url": (
        *(
            "url",
            "link",
            "website",
            "web page",
            "web site",
            "www",
            "linkki",
            "verkkosivu",
            "verkkosivut",
            "lisätietoja",
        ),
        *("verkko osoite", "länk", "webbplats", "webbsida", "webbadress"),
    ),
    "id": (
        *("id", "identifier", "use case id", "code", "key", "tunnus", "tunniste", "koodi", "nro", "numero"),
        *("beteckning", "kod", "nr", "nummer"),
    ),
}
"""Solmu's fields, each with the column names that are understood, the likeliest first."""
_BRACKETED = re.compile(r"\([^)]*\)")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def find_columns(place: str, columns: Sequence[str], said: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Field to column name; `said` goes before guessing. Raises ListingError where the title has no column."""
    found = _guess(columns) | _as_said(place, columns, said)
    if "title" not in found:
        message = (
            f"{place} has no column for the title: its first row should name the columns, and holds {_list(columns)}; "
            "add a header row, or say --column title=NAME."
        )
        raise ListingError(message)
    return found


def _as_said(place: str, columns: Sequence[str], said: Sequence[tuple[str, str]]) -> dict[str, str]:
    by_name = {_normal(column): column for column in columns}
    for field, column in said:
        if field not in NAMES:
            message = f"{field} is not a field of a use case; the fields are {', '.join(sorted(NAMES))}."
            raise ListingError(message)
        if _normal(column) not in by_name:
            message = f"{place} has no column {column}; its columns are {_list(columns)}."
            raise ListingError(message)
    return {field: by_name[_normal(column)] for field, column in said}


def _guess(columns: Sequence[str]) -> dict[str, str]:
    by_name = {_normal(column): column for column in reversed(columns) if _normal(column)}
    likeliest = {field: next((name for name in names if name in by_name), "") for field, names in NAMES.items()}
    return {field: by_name[name] for field, name in likeliest.items() if name}


def _normal(column: str) -> str:
    """A column's name without case, bracketed remarks and punctuation."""
    return _BETWEEN_WORDS.sub(" ", _BRACKETED.sub("", column).casefold()).strip()


def _list(columns: Sequence[str]) -> str:
    named = [column if len(column) <= 40 else f"{column[:39]}…" for column in columns if column.strip()]  # noqa: PLR2004
    return ", ".join(named[:20]) or "nothing"
