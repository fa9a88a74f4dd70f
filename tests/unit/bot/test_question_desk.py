"""What is done with a question: answered, answered anew, or its answer taken back, each when it is time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.agent_view import AgentView
from bot.asking import Asking, Outcome
from bot.conversing import Conversing
from bot.delivery import Place, SlackUnavailableError, UndeliverableError
from bot.question_desk import QuestionDesk
from bot.questions import Question
from bot.withdrawing import Withdrawing
from knowledge.answering.conversations import Conversations
from knowledge.model import Turn
from tests.builders import turn
from tests.fakes import NOON, SetClock

NOW = NOON.timestamp()
SAID = f"{NOW - 60:.6f}"
QUESTION = Question(f"message:T1:D1:{SAID}", "T1", "U1", "T1", "D1", True, SAID, SAID, "", "Milloin?", "fi")  # noqa: FBT003
CHANGED = replace(QUESTION, id=f"{QUESTION.id}:edited:9", edited="9")
DELETED = replace(QUESTION, id=f"{QUESTION.id}:deleted", text="", withdrawn=True)


UNANSWERED = replace(turn(), answer="", at=NOON - timedelta(seconds=60))


class FakeAsking:
    """Answers everything."""

    def __init__(self) -> None:
        self.answered: list[str] = []

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Keep which."""
        assert not doubtful
        self.answered.append(question.id)
        return Outcome.ANSWERED


class FakeConversations:
    """Knows one turn, or none."""

    def __init__(self, known: Turn | None, *, is_fresh: bool = True) -> None:
        self.known = known
        self.fresh = is_fresh

    def turn(self, _question: Question) -> Turn | None:
        """The one."""
        return self.known

    def is_fresh(self, _turn: Turn) -> bool:
        """As was told."""
        return self.fresh


class FakeWithdrawing:
    """Offers, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.offered: list[str] = []

    def offer(self, _question: Question, turn: Turn, *, doubtful: bool) -> None:
        """Keep which answer."""
        assert not doubtful
        if self.error:
            raise self.error
        self.offered.append(turn.answer)


class FakeAgentView:
    """Keeps the names of conversations."""

    def __init__(self) -> None:
        self.named: list[tuple[str, str]] = []

    def name(self, place: Place, title: str) -> None:
        """Keep it."""
        self.named.append((place.thread, title))


class Desk:
    """A desk among fakes."""

    def __init__(self, known: Turn | None = None, *, is_fresh: bool = True, error: Exception | None = None) -> None:
        self.asking, self.view, self.withdrawing = FakeAsking(), FakeAgentView(), FakeWithdrawing(error)
        self.clock = SetClock()
        memory = FakeConversations(known, is_fresh=is_fresh)
        self._desk = QuestionDesk(
            cast(Asking, self.asking),
            cast(Withdrawing, self.withdrawing),
            cast(Conversations, memory),
            cast(Conversing, memory),
            cast(AgentView, self.view),
            self.clock,
        )

    def answer(self, question: Question) -> Outcome:
        """The outcome."""
        return self._desk.answer(question, doubtful=False)


def test_a_conversation_is_called_by_its_first_question() -> None:
    """In direct messages; neither a reply there nor a thread of a channel gets a name."""
    desk = Desk()
    for question in (QUESTION, replace(QUESTION, thread="1.1"), replace(QUESTION, is_direct=False)):
        assert desk.answer(question) is Outcome.ANSWERED
    assert desk.view.named == [(SAID, "Milloin?")]


def test_a_change_is_followed() -> None:
    """While the answer is fresh, and once."""
    desk = Desk(turn())
    assert desk.answer(CHANGED) is Outcome.ANSWERED
    assert desk.asking.answered == [CHANGED.id]
    assert desk.view.named == []


@pytest.mark.parametrize(
    "desk",
    [Desk(turn(), is_fresh=False), Desk(replace(turn(), edited="99"))],
    ids=["long ago", "changed again meanwhile"],
)
def test_an_old_change_is_let_be(desk: Desk) -> None:
    """What was read long ago stays as it was read; a later change counts."""
    assert desk.answer(CHANGED) is Outcome.OVERTAKEN
    assert desk.asking.answered == []


@pytest.mark.parametrize("question", [CHANGED, DELETED], ids=["changed", "deleted"])
@pytest.mark.parametrize("known", [None, UNANSWERED], ids=["unknown", "not answered"])
def test_an_answer_on_its_way_is_waited_for(question: Question, known: Turn | None) -> None:
    """For two minutes; what has none then was no question."""
    desk = Desk(known)
    assert desk.answer(question) is Outcome.UNAVAILABLE
    desk.clock.advance(seconds=61)
    assert desk.answer(question) is Outcome.OVERTAKEN


def test_a_deleted_questions_answer_is_offered_for_removal() -> None:
    """It is not answered anew."""
    desk = Desk(turn())
    assert desk.answer(DELETED) is Outcome.ANSWERED
    assert (desk.withdrawing.offered, desk.asking.answered) == ([turn().answer], [])


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SlackUnavailableError("C1"), Outcome.UNAVAILABLE),
        (UndeliverableError("user_not_in_channel"), Outcome.UNDELIVERABLE),
        (KeyError("ts"), Outcome.UNAVAILABLE),
    ],
)
def test_an_offer_that_fails_is_known(error: Exception, outcome: Outcome) -> None:
    """What can help later is tried later."""
    assert Desk(turn(), error=error).answer(DELETED) is outcome
