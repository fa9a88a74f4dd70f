"""Private messages: each sent once, whatever is killed; none blocks another, and what is no longer true is not sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from bot.blocks.status import notice
from bot.delivery import Outgoing
from bot.mailing import Mailing, NotNowError, Writer
from bot.pacing import Pace
from bot.sandbox.values import TEAM, Message
from knowledge.errors import NotFoundError
from knowledge.model import NEVER, Language, Letter, LetterKind, MemberId, member_id
from knowledge.store import Store
from tests.builders import letter
from tests.fakes import SetClock
from tests.scenario.announcing import NOW, Killed, Mortal, MortalDelivery, MortalStore, on_sqlite
from tests.standin import COORDINATOR, MEMBER, StandIn

AINO, MIKAEL = member_id(TEAM, MEMBER), member_id(TEAM, COORDINATOR)


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


def _say_kind(letter: Letter, language: Language) -> Outgoing:
    del language
    return Outgoing(letter.kind, notice("home.title", Language.FI).blocks)


def _gone(letter: Letter, language: Language) -> Outgoing:
    raise NotFoundError(letter.subject, language)


def _broken(letter: Letter, language: Language) -> Outgoing:
    raise ValueError(letter, language)


class _Post:
    """Sends the letters of a store and notes its pauses. The clock stands still unless it is moved."""

    def __init__(self, slack: StandIn, store: Store, mortal: Mortal | None = None, **writers: Writer) -> None:
        self.clock = SetClock(NOW)
        self.pauses: list[float] = []
        mortal = mortal or Mortal()
        self.mailing = Mailing(
            MortalStore(store, mortal),
            MortalDelivery(slack, mortal),
            {kind: writers.get(kind, _say_kind) for kind in LetterKind},
            lambda _: Language.FI,
            self.clock,
            self.pauses.append,
        )

    def send(self) -> None:
        """All that is due."""
        while self.mailing.send_next():
            pass


def _write(store: Store, name: str, to: MemberId = AINO, **changes: object) -> Letter:
    written = letter(name, **{"to": to, "due_at": NOW} | changes)
    with store() as work:
        work.letters.add(written)
        work.commit()
    return written


def _received(slack: StandIn, user: str, name: str) -> list[Message]:
    return [
        message
        for message in slack.from_bot(slack.dm(user))
        if message.metadata["event_payload"]["mark"] == f"letter:{name}"
    ]


def _is_sent(store: Store, name: str, to: MemberId = AINO) -> bool:
    with store.reading() as work:
        found = next(each for each in work.letters.of(to) if each.id == name)
        return found.sent_at != NEVER


@pytest.mark.parametrize("before", [True, False])
def test_a_kill_at_any_step_sends_once(slack: StandIn, store: Store, *, before: bool) -> None:
    """Before or after every commit and every call to Slack."""
    for step in range(1, 20):
        name = f"l{step}"
        _write(store, name)
        mortal = Mortal(step, before=before)
        try:
            _Post(slack, store, mortal).send()
        except Killed:
            _Post(slack, store).send()
        assert len(_received(slack, MEMBER, name)) == 1, step
        assert _is_sent(store, name)
        if not mortal.is_dead:
            break
    assert step > 3


@on_sqlite
def test_nobody_waits_for_somebody_who_left(slack: StandIn, store: Store) -> None:
    """A letter that cannot be delivered is given up, and so is one about something that is gone or no longer true."""
    _write(store, "l1", member_id(TEAM, "U0NOBODY01"), due_at=NOW.replace(year=2020))
    _write(store, "l2", kind=LetterKind.CHANGED)
    _write(store, "l3", kind=LetterKind.CANCELLED)
    _write(store, "l4")
    _Post(slack, store, changed=_gone, cancelled=lambda *_: None).send()
    assert [message.text for message in slack.from_bot(slack.dm(MEMBER))] == ["reminder"]
    with store.reading() as work:
        assert list(work.letters.due(NOW, 9)) == []
        assert len(work.letters.of(AINO)) == 3


@on_sqlite
def test_a_letter_that_cannot_be_written_keeps_no_other_waiting(slack: StandIn, store: Store) -> None:
    """It is put off, longer each time, and given up in the end."""
    _write(store, "l1", kind=LetterKind.CHANGED)
    _write(store, "l2")
    post = _Post(slack, store, changed=_broken)
    post.send()
    assert len(_received(slack, MEMBER, "l2")) == 1
    for _ in range(110):
        post.clock.advance(minutes=15)
        post.send()
    with store.reading() as work:
        assert [each.tries for each in work.letters.of(AINO) if each.id == "l1"] == [101]


@on_sqlite
def test_slack_away_is_waited_for(slack: StandIn, store: Store) -> None:
    """The letter is sent when Slack is back; if it had arrived unheard, not again."""
    slack.fault("chat.postMessage", accepted=True, status=500, times=1)
    slack.fault("conversations.history", status=500, times=1)
    _write(store, "l1")
    post = _Post(slack, store)
    post.send()
    assert not _is_sent(store, "l1")
    post.clock.advance(seconds=5)
    post.send()
    assert _is_sent(store, "l1")
    assert len(_received(slack, MEMBER, "l1")) == 1


@on_sqlite
def test_letters_keep_to_slacks_limits(slack: StandIn, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second between two to the same person, whatever the sending takes; a conversation is opened once."""
    monkeypatch.setattr("bot.mailing.Pace", partial(Pace, now=lambda: 0.0))
    for number in range(3):
        _write(store, f"l{number}")
    _write(store, "l9", MIKAEL)
    post = _Post(slack, store)
    post.send()
    assert post.pauses == [1, 2]
    assert len(slack.calls("conversations.open")) == 2


@on_sqlite
def test_sent_letters_are_forgotten_in_time(slack: StandIn, store: Store) -> None:
    """After two months; not before, so that nothing is told twice."""
    _write(store, "l1")
    post = _Post(slack, store)
    post.send()
    post.clock.advance(days=59)
    post.mailing.forget()
    assert _is_sent(store, "l1")
    post.clock.advance(days=2)
    post.mailing.forget()
    with store.reading() as work:
        assert list(work.letters.of(AINO)) == []


@on_sqlite
def test_a_letter_is_not_sent_before_its_time(slack: StandIn, store: Store) -> None:
    """The same letter written twice is one."""
    written = _write(store, "l1", due_at=SetClock(NOW).advance(hours=1))
    with store() as work:
        assert not work.letters.add(dataclasses.replace(written, details={}))
        work.commit()
    post = _Post(slack, store)
    post.send()
    assert slack.from_bot(slack.dm(MEMBER)) == []
    post.clock.advance(hours=1)
    post.send()
    assert len(slack.from_bot(slack.dm(MEMBER))) == 1


def test_a_letter_may_wait_for_the_morning(slack: StandIn, store: Store) -> None:
    """Its writer says when: others go on meanwhile, and it is sent once then."""
    morning = NOW + timedelta(hours=8)

    def sleeping(letter: Letter, language: Language) -> Outgoing:
        if post.clock() < morning:
            raise NotNowError(morning)
        return _say_kind(letter, language)

    _write(store, "l1", kind=LetterKind.REMINDER)
    _write(store, "l2", kind=LetterKind.CHANGED, due_at=NOW + timedelta(seconds=1))
    post = _Post(slack, store, reminder=sleeping)
    post.clock.advance(minutes=1)
    post.send()
    assert (_is_sent(store, "l1"), _is_sent(store, "l2")) == (False, True)
    post.clock.now = morning
    post.send()
    assert len(_received(slack, MEMBER, "l1")) == 1
    assert _is_sent(store, "l1")
