"""What the bot takes in of what is written around it, and what becomes of it, with a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from bot.conversing import Conversing
from bot.durable import Durable
from bot.incoming import question_in_form
from bot.listeners.inquiring import InquiryClicks
from bot.listeners.messages import Messages
from bot.questions import Question
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.answering.conversations import Conversations
from knowledge.answering.following import Understood
from knowledge.store import Store, open_store
from tests.builders import turn
from tests.fakes import SetClock

BOT, ASKER, OTHER = "U0BOT", "U1", "U2"
FIRST = turn(1)
LATER = "1700000500.000100"


class Intake:
    """Keeps what is taken in."""

    def __init__(self) -> None:
        self.taken: list[Question] = []

    def take_in(self, question: Question) -> None:
        """Keep it."""
        self.taken.append(question)


class NoInquiries:
    """Nobody asked everybody anything."""

    def hear(self, _body: dict[str, Any]) -> None:
        """Nothing follows."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty one."""
    opened = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


@pytest.fixture
def conversations(store: Store, clock: SetClock) -> Conversations:
    """With nothing remembered."""
    return Conversations(store, clock)


@pytest.fixture
def conversing(conversations: Conversations, store: Store, clock: SetClock, tmp_path: Path) -> Conversing:
    """What the bot keeps with them."""
    return Conversing(conversations, store, clock, FileLedger(tmp_path / "erased"))


def _in_form(text: str, number: int, **where: str) -> Question:
    return question_in_form(text, {"user": {"id": ASKER}, "team": {"id": "T1"}, "trigger_id": str(number)}, **where)


def _message(text: str, channel: str, ts: str, thread: str) -> Question:
    return Question(f"message:T1:{channel}:{ts}", "T1", ASKER, "T1", channel, True, ts, thread, "", text, "fi")  # noqa: FBT003


def _written(parent: str | None, text: str = "No mutta miten teillä tämä hoidetaan?") -> dict[str, Any]:
    """The asker's reply in the thread where they were answered, and who began that."""
    event = {"type": "message", "user": ASKER, "text": text, "channel": "C1", "channel_type": "channel", "ts": LATER}
    whose = {} if parent is None else {"parent_user_id": parent}
    return {
        "team_id": "T1",
        "authorizations": [{"user_id": BOT}],
        "event": event | {"thread_ts": FIRST.thread} | whose,
    }


@pytest.mark.parametrize(
    ("parent", "is_heard"),
    [(ASKER, True), (BOT, True), (None, True), (OTHER, False)],
    ids=["the asker's", "the bot's", "not told whose", "another person's"],
)
def test_in_another_persons_thread_only_mentions_are_answered(
    conversations: Conversations, parent: str | None, *, is_heard: bool
) -> None:
    """Whoever was answered there once goes on talking to whoever began the thread, and not to Solmu."""
    conversations.remember(FIRST)
    intake = Intake()
    messages = Messages(
        cast(Durable, intake), conversations, cast(InquiryClicks, NoInquiries()), ask_everybody=lambda _: None
    )
    messages.message(_written(parent))
    assert len(intake.taken) == is_heard
    messages.mention(_written(parent, f"<@{BOT}> milloin?"))
    assert [question.text for question in intake.taken][is_heard:] == ["milloin?"]


def test_what_follows_a_question_from_home_leans_on_it(conversing: Conversing, clock: SetClock) -> None:
    """Beneath its answer at any time, and in a new direct message soon after; also where it was answered twice."""
    answer, beneath, later = "1700000100.000100", "1700000200.000100", "1700000300.000100"
    asked = replace(_in_form("Missä puheentunnistus on käytössä Uudellamaalla?", 1), channel="D1")
    for _ in range(2):
        conversing.begin(asked, asked.text)
        conversing.answered(asked, answer)
    reply = _message("Entä Pirkanmaalla?", "D1", beneath, answer)
    new = _message("Entä Pirkanmaalla?", "D1", later, later)
    meant = Understood("Missä puheentunnistus on käytössä Pirkanmaalla?", follows=True)
    assert [conversing.understand(each) for each in (reply, new)] == [meant, meant]
    clock.advance(minutes=16)
    assert [conversing.understand(each) for each in (reply, new)] == [meant, Understood("Entä Pirkanmaalla?")]


def test_questions_from_forms_are_told_apart(conversing: Conversing) -> None:
    """Of two that are answered in threads of one channel, each is followed in its own."""
    asked = {
        "1700000100.000100": "Missä puheentunnistus on käytössä Uudellamaalla?",
        "1700000200.000100": "Paljonko jäsenyys maksaa Uudellamaalla?",
    }
    questions = [
        _in_form(text, number, channel="C1", thread=thread) for number, (thread, text) in enumerate(asked.items())
    ]
    for question in questions:
        conversing.begin(question, question.text)
    for question in questions:
        conversing.answered(question, question.thread.replace(".0001", ".0009"))
    found = [conversing.understand(_message("Entä Pirkanmaalla?", "C1", LATER, thread)).text for thread in asked]
    assert found == [text.replace("Uudellamaalla", "Pirkanmaalla") for text in asked.values()]
