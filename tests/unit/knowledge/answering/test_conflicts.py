"""Sources that disagree: claimed only where it is sure, the official or newer one first."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from knowledge.answering.conflicts import Statement, contradictions, is_official, preferred_first
from knowledge.model import Document, DocumentKind, Language
from tests.builders import document

QUESTION = "Kuinka kauan äänitallennetta säilytetään?"
WEEK, MONTH = "Äänitallennetta säilytetään 7 vuorokautta.", "Äänitallennetta säilytetään 30 päivää."
OFFICIAL = {"THL", "ministeri"}


def _by(publisher: str, published: date | None = None, *, key: str = "") -> Document:
    of = document(key or f"{publisher}.md", title=f"{publisher}n ohje", published=published)
    return dataclasses.replace(of, publisher=publisher)


def _says(quote: str, of: Document, language: Language = Language.FI) -> Statement:
    return Statement(of, quote, language)


GUIDE, RULE = _by("Hoitola", date(2026, 1, 1)), _by("THL", date(2025, 1, 1))


def test_two_values_for_one_thing_are_a_conflict() -> None:
    """The same sentence with another duration contradicts; the same duration in another unit does not."""
    assert contradictions(QUESTION, [_says(WEEK, GUIDE), _says(MONTH, RULE)]) == [(0, 1)]
    same = "Äänitallennetta säilytetään viikko eli 1 viikko."
    assert contradictions(QUESTION, [_says(WEEK, GUIDE), _says(same, RULE)]) == []


@pytest.mark.parametrize(
    ("question", "quote", "other"),
    [
        (QUESTION, WEEK, "Lokitietoja säilytetään 30 päivää."),
        (QUESTION, WEEK, "Äänitallennetta säilytetään 30 päivää ja luonnosta 7 päivää."),
        (QUESTION, WEEK, "Äänitallennetta säilytetään kuten lokeja."),
        (QUESTION, f"Vuonna 2024: {WEEK}", f"Vuonna 2025: {MONTH}"),
        (QUESTION, f"Koskee vain Kuusijokea: {WEEK}", f"Koskee vain Honkaselkää: {MONTH}"),
        ("Kuka säilyttää äänitallennetta?", WEEK, MONTH),
    ],
)
def test_what_is_not_sure_is_no_conflict(question: str, quote: str, other: str) -> None:
    """Another thing, two values at once, none at all, another year, another place, or another question."""
    assert contradictions(question, [_says(quote, GUIDE), _says(other, RULE)]) == []


def test_documents_that_cannot_contradict() -> None:
    """One document, versions of one, two use cases, another language: whatever they say, no conflict is claimed."""
    older, newer = _by("Hoitola", date(2024, 1, 1), key="a"), _by("Hoitola", date(2026, 1, 1), key="b")
    case = dataclasses.replace(_by("Sairaala"), kind=DocumentKind.USECASE)
    for one, other in ((GUIDE, GUIDE), (older, newer), (case, dataclasses.replace(case, id=RULE.id)), (case, GUIDE)):
        assert contradictions(QUESTION, [_says(WEEK, one), _says(MONTH, other)]) == []
    assert contradictions(QUESTION, [_says(WEEK, GUIDE), _says(MONTH, RULE, Language.SV)]) == []


def test_a_use_case_may_contradict_what_its_own_organisation_writes() -> None:
    """The catalogue's figure and the organisation's report are about the same thing."""
    case = dataclasses.replace(_by("Hoitola", key="case"), kind=DocumentKind.USECASE)
    assert contradictions(QUESTION, [_says(WEEK, case), _says(MONTH, GUIDE)]) == [(0, 1)]


def test_the_official_source_goes_first() -> None:
    """Also where the other one is newer and fits better; what does not disagree keeps its place."""
    apart = _says("Muuta.", _by("Yhdistys"))
    assert preferred_first([_says(WEEK, GUIDE), apart, _says(MONTH, RULE)], [(0, 2)], OFFICIAL) == [2, 0, 1]
    assert preferred_first([_says(WEEK, GUIDE), apart, _says(MONTH, RULE)], [], OFFICIAL) == [0, 1, 2]


def test_of_two_that_are_alike_the_newer_goes_first() -> None:
    """Without dates the order stays as it was."""
    old, new, undated = _by("Hoitola", date(2020, 1, 1)), _by("Sairaala", date(2026, 1, 1)), _by("Yhdistys")
    assert preferred_first([_says(WEEK, old), _says(MONTH, new)], [(0, 1)], OFFICIAL) == [1, 0]
    assert preferred_first([_says(WEEK, undated), _says(MONTH, new)], [(0, 1)], OFFICIAL) == [0, 1]


@pytest.mark.parametrize(
    ("publisher", "verdict"),
    [
        ("THL", True),
        ("Terveys, thl", True),
        ("Sosiaali- ja terveysministeriö", True),
        ("THLeikki Oy", False),
        ("", False),
    ],
)
def test_a_publisher_is_official_by_a_part_of_its_name(publisher: str, *, verdict: bool) -> None:
    """A short name must be a word of its own, a longer one may end a compound."""
    assert is_official(publisher, OFFICIAL) is verdict
