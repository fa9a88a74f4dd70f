"""The repositories of failures and of questions, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.model import AnswerStatus, QuestionId, SourceId
from knowledge.store import Store
from tests.builders import failure, question, source
from tests.fakes import NOON


def test_a_failure_is_kept_with_the_revision_that_failed(store: Store) -> None:
    """A failure is read back whole, by key, with the mark that tells whether the document changed since."""
    with store() as work:
        work.sources.add(source())
        work.failures.record(failure("a.pdf"), "r1")
        work.failures.record(failure("b.pdf"), "r2")
        work.commit()
    with store.reading() as work:
        assert work.failures.of(SourceId("s1")) == {
            "a.pdf": (failure("a.pdf"), "r1"),
            "b.pdf": (failure("b.pdf"), "r2"),
        }
        assert work.failures.all() == [failure("a.pdf"), failure("b.pdf")]


def test_the_latest_failure_of_a_document_replaces_the_earlier(store: Store) -> None:
    """One document has one failure."""
    with store() as work:
        work.sources.add(source())
        work.failures.record(failure("a.pdf", code="timeout"), "r1")
        work.failures.record(failure("a.pdf", code="encrypted"), "r2")
        assert work.failures.of(SourceId("s1")) == {"a.pdf": (failure("a.pdf", code="encrypted"), "r2")}


def test_a_cleared_failure_is_gone_and_no_other(store: Store) -> None:
    """Clearing touches one key of one source; clearing what is not there does nothing."""
    with store() as work:
        work.sources.add(source(1))
        work.sources.add(source(2))
        for home in ("s1", "s2"):
            work.failures.record(failure("a.pdf", of=home), "r1")
        work.failures.clear(SourceId("s1"), "a.pdf")
        work.failures.clear(SourceId("s1"), "never.pdf")
        assert [each.source for each in work.failures.all()] == ["s2"]


def test_a_question_is_read_back_as_it_was_stored(store: Store) -> None:
    """Every field of a question survives."""
    with store() as work:
        work.questions.add(question())
        work.commit()
    with store.reading() as work:
        assert work.questions.get(QuestionId("Ev1")) == question()


def test_a_redelivered_question_changes_nothing(store: Store) -> None:
    """The same id a second time keeps the first row, and the transaction stays usable."""
    again = dataclasses.replace(question(text="Toinen teksti"), status=AnswerStatus.NOT_FOUND)
    with store() as work:
        work.questions.add(question())
        work.questions.add(again)
        work.questions.add(question("Ev2"))
        work.commit()
    with store.reading() as work:
        assert work.questions.get(QuestionId("Ev1")) == question()
        assert work.questions.count() == 2


def test_a_deleted_question_keeps_no_words(store: Store) -> None:
    """Nor do its changes; how it ended stays, and other questions are untouched."""
    with store() as work:
        for name in ("message:T1:C_1:1.1", "message:T1:C_1:1.1:edited:2.2", "message:T1:CX1:1.1:edited:2.2"):
            work.questions.add(question(name))
        work.questions.erase_words(QuestionId("message:T1:C_1:1.1"))
        work.commit()
    with store.reading() as work:
        first = work.questions.get(QuestionId("message:T1:C_1:1.1"))
        assert (first.text, first.status) == ("", AnswerStatus.ANSWERED)
        assert work.questions.get(QuestionId("message:T1:C_1:1.1:edited:2.2")).text == ""
        assert work.questions.get(QuestionId("message:T1:CX1:1.1:edited:2.2")).text == question().text


def test_an_unknown_question_is_told(store: Store) -> None:
    """There is no empty question."""
    with store.reading() as work, pytest.raises(NotFoundError, match="no question Ev9"):
        work.questions.get(QuestionId("Ev9"))


def test_questions_of_a_time_are_read_in_their_order(store: Store) -> None:
    """From the first moment on, up to but not at the last."""
    with store() as work:
        for name, minutes in (("c", 2), ("a", 1), ("b", 1), ("d", 3), ("e", 0)):
            at = NOON + timedelta(minutes=minutes)
            work.questions.add(dataclasses.replace(question(name), asked_at=at))
        work.commit()
    with store.reading() as work:
        found = work.questions.between(NOON + timedelta(minutes=1), NOON + timedelta(minutes=3))
        assert [each.id for each in found] == ["a", "b", "c"]
        assert work.questions.between(NOON + timedelta(days=1), NOON + timedelta(days=2)) == []
