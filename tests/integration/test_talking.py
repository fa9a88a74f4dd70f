"""What the bot takes in of what is written around it, and what becomes of it, with a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from bot.durable import Durable
from bot.listeners.inquiring import InquiryClicks
from bot.listeners.messages import Messages
from bot.questions import Question
from knowledge.answering.conversations import Conversations
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
