"""Which cited documents somebody should look at, and why."""

from __future__ import annotations

import dataclasses
from datetime import date

from knowledge.insights.stale import StaleDocument, Why, stale_documents
from knowledge.model import Complaint, Document, DocumentKind, GivenAnswer, QuestionId, Verdict
from tests.builders import document
from tests.inquiring import given_answer, rating

TODAY = date(2026, 3, 12)
FRESH = document("fresh.md", title="Tuore ohje", published=date(2025, 1, 1))
AGED = document("aged.md", title="Hankintaopas", published=date(2023, 3, 1))
FIRST = document("first.md", title="Tietosuojaohje saneluun 1", published=date(2024, 1, 1))
SECOND = document("second.md", title="Tietosuojaohje saneluun 2", published=date(2026, 1, 1))
UNDATED = document("undated.md", title="Muistio")
LIVE = (FRESH, AGED, FIRST, SECOND, UNDATED)


def _answers(*cited: tuple[Document, ...]) -> dict[QuestionId, GivenAnswer]:
    answers = [given_answer(f"q{place}", documents=tuple(each.id for each in some)) for place, some in enumerate(cited)]
    return {each.question: each for each in answers}


def test_each_reason_is_told() -> None:
    """Replaced and old ones; a fresh one, one without a date and one that nobody cited are fine."""
    found = stale_documents(_answers((FIRST, FRESH), (FIRST, AGED), (UNDATED,)), [], LIVE, TODAY, 3)
    assert found == (
        StaleDocument("Tietosuojaohje saneluun 1", FIRST.url, Why.SUPERSEDED, 2, FIRST.published, SECOND.title),
        StaleDocument("Hankintaopas", AGED.url, Why.OLD, 1, AGED.published),
    )


def test_three_years_are_the_usual_and_can_be_changed() -> None:
    """With five years nothing is old, with one nearly everything."""
    answers = _answers((AGED, FRESH))
    assert stale_documents(answers, [], LIVE, TODAY, 5) == ()
    assert [each.title for each in stale_documents(answers, [], LIVE, TODAY, 1)] == ["Hankintaopas", "Tuore ohje"]


def test_a_complaint_is_about_what_was_replaced() -> None:
    """Of an answer that somebody called outdated; where nothing was replaced, about all that it cites."""
    said = rating("q0", verdict=Verdict.BAD, complaint=Complaint.OUTDATED)
    both = stale_documents(_answers((SECOND, FIRST)), [said], LIVE, TODAY, 3)
    assert [(each.title, each.why) for each in both] == [("Tietosuojaohje saneluun 1", Why.CALLED_OUTDATED)]
    fresh = stale_documents(_answers((SECOND, FRESH)), [said], LIVE, TODAY, 3)
    assert [each.title for each in fresh] == ["Tietosuojaohje saneluun 2", "Tuore ohje"]
    other = rating("q0", verdict=Verdict.BAD, complaint=Complaint.WRONG)
    assert stale_documents(_answers((SECOND, FRESH)), [other], LIVE, TODAY, 3) == ()


def test_peoples_own_answers_are_left_to_their_curators() -> None:
    """A curated answer is no document, and one that is gone is nobody's to look at."""
    curated = dataclasses.replace(AGED, kind=DocumentKind.CURATED)
    assert stale_documents(_answers((curated,), (FIRST,)), [], [curated, SECOND], TODAY, 3) == ()
