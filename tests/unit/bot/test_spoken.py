"""What is said around a question in no language: in the one that its asker chose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest
from slack_sdk import WebClient

from bot.asking import Outcome
from bot.conversing import Conversing
from bot.delivery import Delivery, Outgoing, Place
from bot.question_desk import QuestionDesk
from bot.questions import Question
from bot.queueing import Queueing
from bot.spoken import spoken_by_asker
from bot.withdrawing import Withdrawing
from knowledge.answering.conversations import Conversations
from knowledge.channels.budgets import Budgets, Wait
from knowledge.model import Language, MemberId, Turn
from tests.builders import turn
from tests.fakes import NOON, SetClock

ABBREVIATION = Question("message:T1:D1:1.1", "T1", "U1", "T1", "D1", True, "1.1", "1.1", "", "GDPR", "und")  # noqa: FBT003
SPOKEN_IN = spoken_by_asker({MemberId("T1:U1"): Language.SV}.__getitem__)


class FakeDelivery:
    """Keeps what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def post(self, _place: Place, message: Outgoing, _mark: str, *, doubtful: bool) -> None:
        """Keep it."""
        assert not doubtful
        self.said.append(message.text)


class FakeBudgets:
    """The third in the queue."""

    def turn(self, *_: str, or_never: bool) -> Wait:
        """Its turn."""
        assert not or_never
        return Wait(NOON + timedelta(hours=1), 3)


class FakeConversing:
    """Remembers no question."""

    def turn(self, _question: Question) -> None:
        """It is new."""

    def wait(self, _question: Question, _due_at: datetime) -> None:
        """It waits."""


class FakeConversations:
    """Forgets."""

    def forget_words(self, _turn: Turn) -> None:
        """Nothing is left."""


@pytest.mark.parametrize(("language", "spoken"), [("und", Language.SV), ("en", Language.EN), ("fi", Language.FI)])
def test_a_questions_own_language_goes_before_its_askers(language: str, spoken: Language) -> None:
    """Where it can be told."""
    assert SPOKEN_IN(replace(ABBREVIATION, language=language)) is spoken


def test_the_turn_of_a_question_in_no_language_is_told_in_the_askers() -> None:
    """They chose Swedish."""
    delivery = FakeDelivery()
    queueing = Queueing(
        cast(QuestionDesk, None),
        cast(Budgets, FakeBudgets()),
        cast(Conversing, FakeConversing()),
        cast(Delivery, delivery),
        SetClock(),
        SPOKEN_IN,
    )
    assert queueing.answer(ABBREVIATION, doubtful=False) is Outcome.WAITING
    assert delivery.said == ["Det har kommit många frågor. Du har könummer 3. Jag svarar ungefär klockan 15:00."]


def test_a_deleted_question_in_no_language_is_offered_for_removal_in_the_askers() -> None:
    """They chose Swedish."""
    delivery = FakeDelivery()
    withdrawing = Withdrawing(
        cast(Conversations, FakeConversations()), WebClient("xoxb-1"), cast(Delivery, delivery), SPOKEN_IN
    )
    withdrawing.offer(replace(ABBREVIATION, withdrawn=True), turn(), doubtful=False)
    assert delivery.said == ["Du raderade din fråga. Ska mitt svar också raderas?"]
