"""What the bot takes in of what is written around it, and what becomes of it, with a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from bot.asking import Outcome
from bot.conversing import Conversing
from bot.delivery import Outgoing, Place
from bot.durable import Durable
from bot.incoming import question_in_form
from bot.listeners.inquiring import InquiryClicks
from bot.listeners.messages import Messages
from bot.question_desk import QuestionDesk
from bot.questions import Question
from bot.queueing import MARGIN_SECONDS, Queueing
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.answering.conversations import Conversations
from knowledge.answering.following import Understood
from knowledge.channels.budgets import HOUR, Budgets, Limits
from knowledge.model import ChannelId, Language, MemberId, QuestionId
from knowledge.store import Store, open_store
from tests.builders import turn
from tests.fakes import NOON, SetClock

BOT, ASKER, OTHER = "U0BOT", "U1", "U2"
FIRST = turn(1)
LATER = "1700000500.000100"
SAID = f"{NOON.timestamp():.6f}"


ASKED = Question(f"message:T1:D1:{SAID}", "T1", ASKER, "T1", "D1", True, SAID, SAID, "", "Milloin?", "fi")  # noqa: FBT003
DELETED = replace(ASKED, id=f"{ASKED.id}:deleted", text="", withdrawn=True)


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


class WaitingRoom:
    """The queue before the desk, where one question an hour is answered and the first of this hour was; Slack is fake.

    It is the asking, the delivery, and whatever else of the bot is not under test.
    """

    def __init__(self, conversations: Conversations, conversing: Conversing, store: Store, clock: SetClock) -> None:
        self.answered: list[str] = []
        self.told: list[str] = []
        self._conversing = conversing
        budgets = Budgets(store, clock, Limits(person=1, channel=1))
        budgets.turn(QuestionId("earlier"), MemberId(f"T1:{ASKER}"), "C1")
        fake = cast(Any, self)
        desk = QuestionDesk(fake, fake, conversations, conversing, fake, clock)
        self._queueing = Queueing(desk, budgets, conversing, fake, clock, lambda _: Language.FI)

    def ask(self, question: Question) -> Outcome:
        """Begin, or begin anew."""
        outcome = self._queueing.answer(question, doubtful=True)
        if outcome is Outcome.WAITING:
            # For the hour of the first one.
            assert self._queueing.later(question) == (HOUR.total_seconds() + MARGIN_SECONDS, question)
        return outcome

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Of `Asking`."""
        assert doubtful
        self._conversing.begin(question, question.text)
        self._conversing.answered(question, LATER)
        self.answered.append(question.text)
        return Outcome.ANSWERED

    def post(self, place: Place, _message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """Of `Delivery`: a message that stands there already is not posted again."""
        assert doubtful
        assert place.thread == ASKED.ts
        self.told += [] if mark in self.told else [mark]
        return LATER

    def name(self, *_: object) -> None:
        """Of `AgentView`."""


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


@pytest.fixture
def waiting(conversations: Conversations, conversing: Conversing, store: Store, clock: SetClock) -> WaitingRoom:
    """Where the next question waits for an hour."""
    return WaitingRoom(conversations, conversing, store, clock)


def _in_form(text: str, number: int, **where: str) -> Question:
    return question_in_form(text, {"user": {"id": ASKER}, "team": {"id": "T1"}, "trigger_id": str(number)}, **where)


def _message(text: str, channel: str, ts: str, thread: str) -> Question:
    return Question(f"message:T1:{channel}:{ts}", "T1", ASKER, "T1", channel, True, ts, thread, "", text, "fi")  # noqa: FBT003


def _messages(intake: Intake, conversations: Conversations) -> Messages:
    return Messages(
        cast(Durable, intake), conversations, cast(InquiryClicks, NoInquiries()), ask_everybody=lambda _: None
    )


def _changed(number: int) -> Question:
    edited = f"{NOON.timestamp() - 9 + number:.6f}"
    return replace(ASKED, id=f"{ASKED.id}:edited:{edited}", text=f"Paljonko {number}?", edited=edited)


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
    messages = _messages(intake, conversations)
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


def test_what_somebody_in_the_queue_changes_is_answered_as_changed(waiting: WaitingRoom, clock: SetClock) -> None:
    """Once, when its turn comes, whatever is begun anew meanwhile; the last change counts."""
    waiting.ask(ASKED)
    waiting.ask(ASKED)
    for number in (1, 2):
        waiting.ask(_changed(number))
    assert waiting.answered == []
    clock.advance(hours=1)
    assert [waiting.ask(each) for each in (ASKED, _changed(1), _changed(2))] == [
        Outcome.OVERTAKEN,
        Outcome.OVERTAKEN,
        Outcome.ANSWERED,
    ]
    assert waiting.answered == ["Paljonko 2?"]
    assert waiting.told == [f"{ASKED.id}:turn"]


def test_what_somebody_in_the_queue_deletes_is_not_answered(
    waiting: WaitingRoom, conversations: Conversations, clock: SetClock
) -> None:
    """Neither as it was nor as it was changed before; its words are forgotten at once."""
    for each in (ASKED, _changed(1), DELETED):
        waiting.ask(each)
    found = conversations.find(ChannelId("D1"), ASKED.ts)
    assert found is not None
    assert found.text == ""
    clock.advance(hours=1)
    assert {waiting.ask(each) for each in (ASKED, _changed(1))} == {Outcome.OVERTAKEN}
    assert waiting.answered == []


def test_a_change_that_comes_with_the_turn_is_made_in_the_answer(waiting: WaitingRoom, clock: SetClock) -> None:
    """What was begun is answered; the change waits for that, however long ago it was asked."""
    waiting.ask(ASKED)
    clock.advance(hours=1)
    assert waiting.ask(_changed(1)) is Outcome.UNAVAILABLE
    assert waiting.ask(ASKED) is Outcome.ANSWERED
    assert waiting.ask(_changed(1)) is Outcome.ANSWERED
    assert waiting.answered == [ASKED.text, "Paljonko 1?"]


def test_a_change_in_the_queue_of_a_channel_is_taken_in(waiting: WaitingRoom, conversations: Conversations) -> None:
    """It is known by then that the message is a question."""
    waiting.ask(replace(ASKED, channel="C1", is_direct=False))
    intake = Intake()
    changed = {"type": "message", "user": ASKER, "text": "Paljonko?", "ts": ASKED.ts, "edited": {"ts": LATER}}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "channel_type": "channel",
        "message": changed,
        "previous_message": {"text": ASKED.text},
    }
    _messages(intake, conversations).message({"team_id": "T1", "event": event})
    assert [each.text for each in intake.taken] == ["Paljonko?"]
