"""Holding answers against a record and against floors: what counts as good, and what is named as worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evaluation.guarding import below, gained, lost, read_floors, shares
from knowledge.evaluation.own import (
    Asked,
    Merit,
    OwnQuestion,
    OwnQuestionsError,
    read_questions,
    read_record,
    write_record,
)
from knowledge.model import Answer, AnswerStatus, Language, Reason
from tests.builders import citation


def asked(number: str, *quotes: str, cites: str = "guide.pdf", answerable: bool = True, sure: bool = True) -> Asked:
    """A Finnish question answered by `7 päivää` in guide.pdf, or by nothing, with these quotes for an answer."""
    document, expected = ("guide.pdf", "7 päivää") if answerable else ("", "")
    status, reason = (AnswerStatus.ANSWERED, Reason.NONE) if sure else (AnswerStatus.NOT_FOUND, Reason.UNSURE)
    answer = Answer(status, reason, Language.FI, "", tuple(citation(quote) for quote in quotes))
    return Asked(OwnQuestion(number, Language.FI, f"Kysymys {number}?", document, expected), answer, (cites,))


@pytest.mark.parametrize(
    ("answer", "merits"),
    [
        (asked("1", "Säilytys on **7 päivää**."), "answered cited quoted first"),
        (asked("1", "Muuta.", "Säilytys on 7 PÄIVÄÄ."), "answered cited quoted"),
        (asked("1", "Muuta."), "answered cited"),
        (asked("1", "Muuta.", cites="other.pdf"), "answered"),
        (asked("1", "Säilytys on 7 päivää.", sure=False), "cited quoted first"),
        (asked("1", "Muuta.", answerable=False), ""),
        (asked("1", "Muuta.", answerable=False, sure=False), "refused"),
    ],
)
def test_the_merits_of_an_answer(answer: Asked, merits: str) -> None:
    """Signs and case do not matter; where nothing answers, only refusing is good."""
    assert answer.merits == frozenset(map(Merit, merits.split()))


def test_what_is_lost_is_named(tmp_path: Path) -> None:
    """With the question, the merits that are gone, and questions that only one of the two lists has."""
    write_record(tmp_path / "record.json", [asked("1", "7 päivää"), asked("2", "Muuta."), asked("9", "Muuta.")])
    recorded = read_record(tmp_path / "record.json")
    now = [asked("1", "Muuta.", "7 päivää", sure=False), asked("2", "7 päivää"), asked("3")]
    assert list(lost(now, recorded)) == [
        "1 is no longer answered, first: Kysymys 1?",
        "3 has no record: Kysymys 3?",
        "9 is recorded, but nobody asks it",
    ]
    assert gained(now[:2], recorded) == 1


def test_a_share_below_its_floor_is_told(tmp_path: Path) -> None:
    """By language and merit; refusing is a share of what nothing answers, the others of what something does."""
    reached = shares(
        [asked("1", "7 päivää"), asked("2", "Muuta."), asked("3", answerable=False, sure=False), asked("4", cites="")]
    )
    assert reached[Merit.REFUSED] == {"fi": 1.0}
    assert reached[Merit.FIRST]["fi"] == pytest.approx(1 / 3)
    floors = tmp_path / "floors.json"
    floors.write_text('{"first": {"fi": 0.5}, "cited": {"fi": 0.6}, "refused": {"fi": 1.0}}', encoding="utf-8")
    assert list(below(reached, read_floors(floors))) == ["fi: 0.333 are first, the floor is 0.5"]


@pytest.mark.parametrize("read", [read_questions, read_record, read_floors])
def test_what_cannot_be_read_is_said(tmp_path: Path, read: object) -> None:
    """A file of another shape, or none, ends in one sentence with its name."""
    wrong = tmp_path / "wrong.json"
    wrong.write_text('["no", "object"]', encoding="utf-8")
    for path in (wrong, tmp_path / "missing.json"):
        with pytest.raises(OwnQuestionsError, match=path.name):
            read(path)  # type: ignore[operator]
