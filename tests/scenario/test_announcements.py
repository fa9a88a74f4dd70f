"""Announcements through the real bot: killed at any moment, two processes at once, and what is told of changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.blocks.cards import CALENDAR
from bot.sandbox.values import TEAM, Message
from knowledge.model import (
    AnnouncementState,
    Attendance,
    Audience,
    ChannelId,
    Language,
    Letter,
    LetterKind,
    Wording,
    member_id,
)
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.builders import sign_up
from tests.scenario.announcing import NOW, announce, change, copies, is_shown
from tests.scenario.bot_process import BotProcess, copy_index
from tests.scenario.conftest import Workplace
from tests.scenario.talking import shown
from tests.scenario.test_traces import _check, _sent, checks
from tests.standin import COORDINATOR, EVENTS, GENERAL, MEMBER, PARTNERS, StandIn

__all__ = ["checks"]
AINO = member_id(TEAM, MEMBER)
HOSTILE = "<!channel> <@U0ADMIN001> <https://evil.example|docs> & " + "pitkä " * 300


@pytest.fixture(scope="module")
def working(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A bot that looks five times a second what is due."""
    data = copy_index(built_index, tmp_path_factory.mktemp("announcements") / "data")
    with StandIn() as slack, BotProcess(data, slack.environment(), SOLMU_DUE_SECONDS="0.2") as bot:
        yield Workplace(slack, bot, "socket")


@pytest.fixture(scope="module")
def shelf(working: Workplace) -> Iterator[Store]:
    """The bot's own database."""
    opened = open_store(Settings(data_dir=working.bot.data_dir).database)
    yield opened
    opened.dispose()


@contextmanager
def _restarted_once(workplace: Workplace, arrived: Callable[[], object]) -> Iterator[None]:
    """Kill the bot as soon as something has arrived at Slack, whose answer is held back; and start it again."""
    yield
    workplace.slack.wait_for(arrived)
    workplace.bot.kill()
    workplace.bot.start()
    workplace.bot.wait_until("takes in questions")


def _held_back(slack: StandIn, method: str) -> None:
    slack.fault(method, accepted=True, delay=3.0)


def test_a_killed_bot_posts_and_changes_each_card_once(working: Workplace, shelf: Store) -> None:
    """Killed when the first card has arrived, when the second has, and in the middle of a change."""
    slack = working.slack
    with _restarted_once(working, lambda: copies(slack, "k1", EVENTS)):
        _held_back(slack, "chat.postMessage")
        announce(shelf, "k1", EVENTS, GENERAL)
    with _restarted_once(working, lambda: copies(slack, "k2", GENERAL)):
        slack.wait_for(lambda: is_shown(shelf, "k1"))
        announce(shelf, "k2", EVENTS)
        slack.wait_for(lambda: is_shown(shelf, "k2"))
        _held_back(slack, "chat.postMessage")
        change(shelf, "k2", channels=(ChannelId(EVENTS), ChannelId(GENERAL)))
    slack.wait_for(lambda: is_shown(shelf, "k2"))
    with _restarted_once(working, lambda: copies(slack, "k1", EVENTS)[0].text.startswith("Iltakahvit")):
        _held_back(slack, "chat.update")
        change(shelf, "k1", wordings=(Wording(Language.FI, "Iltakahvit", "Teetä."),))
    slack.wait_for(lambda: is_shown(shelf, "k1"))
    for name in ("k1", "k2"):
        assert [len(copies(slack, name, channel)) for channel in (EVENTS, GENERAL)] == [1, 1]
    assert all(copies(slack, "k1", channel)[0].text.startswith("Iltakahvit") for channel in (EVENTS, GENERAL))


def test_a_second_process_takes_over(working: Workplace, shelf: Store) -> None:
    """With both at work one posts; when it is killed the other goes on once the lease has run out, stopped at once."""
    slack, first = working.slack, working.bot
    second = BotProcess(first.data_dir, slack.environment(), SOLMU_DUE_SECONDS="0.2", SOLMU_PROCESS_NAME="second")
    second.start()
    second.wait_until("takes in questions")
    announce(shelf, "p1", EVENTS, GENERAL)
    slack.wait_for(lambda: is_shown(shelf, "p1"))
    first.kill()
    announce(shelf, "p2", EVENTS, GENERAL)
    slack.wait_for(lambda: is_shown(shelf, "p2"), timeout=60)
    assert second.stop() == 0
    announce(shelf, "p3", EVENTS, GENERAL)
    first.start()
    slack.wait_for(lambda: is_shown(shelf, "p3"), timeout=60)
    for name in ("p1", "p2", "p3"):
        assert [len(copies(slack, name, channel)) for channel in (EVENTS, GENERAL)] == [1, 1]


def _told(slack: StandIn, user: str, words: str) -> Message:
    def found() -> list[Message]:
        return [message for message in slack.from_bot(slack.dm(user)) if words in shown(message)]

    return slack.wait_for(found)[-1]


def _write(store: Store, kind: LetterKind, name: str, **details: str) -> None:
    with store() as work:
        work.sign_ups.put(sign_up(to=f"{name}-1", person=AINO, attendance=Attendance.GOING))
        work.letters.add(Letter(f"{kind}:{name}", AINO, kind, f"{name}-1", details, NOW))
        work.commit()


def test_people_are_told_of_changes_and_authors_of_closed_channels(working: Workplace, shelf: Store) -> None:
    """Whoever signed up hears what was and what is; the author which channel lacks the announcement, and why."""
    slack, earlier = working.slack, NOW + timedelta(days=5)
    announce(shelf, "c1", EVENTS, PARTNERS, audience=Audience.MEMBERS)
    old = {"old_starts": earlier.isoformat(), "old_ends": (earlier + timedelta(hours=1)).isoformat()}
    _write(shelf, LetterKind.CHANGED, "c1", fields="time,place", old_place="Vanha talo", **old)
    changed = _told(slack, MEMBER, "on tullut muutos")
    assert "Vanha talo" in shown(changed)
    assert "event_not_going" in shown(changed)
    assert "ekosysteemin ulkopuoliset" in shown(_told(slack, COORDINATOR, "En voinut julkaista"))
    announce(shelf, "c2", EVENTS)
    change(shelf, "c2", state=AnnouncementState.CANCELLED)
    _write(shelf, LetterKind.CANCELLED, "c2")
    cancelled = _told(slack, MEMBER, "PERUTTU: Tekoälyaamu")
    assert "valitettavasti peruttu" in shown(cancelled)
    assert slack.click(MEMBER, slack.dm(MEMBER), cancelled.ts, CALENDAR).acknowledged
    _told(slack, MEMBER, "niin merkintä poistuu kalenteristasi")


def test_every_payload_is_valid_and_harmless(working: Workplace, shelf: Store, checks: Path, tmp_path: Path) -> None:
    """All that was sent in this file keeps Slack's types and limits, and calls nobody; so do hostile announcements."""
    slack = working.slack
    wordings = tuple(Wording(language, HOSTILE, HOSTILE) for language in (Language.FI, Language.SV, Language.EN))
    announce(shelf, "h1", EVENTS, "C0NOSUCH01", wordings=wordings, topics=(HOSTILE,))
    _write(shelf, LetterKind.CHANGED, "h1", fields="place,link,title,text", old_place=HOSTILE)
    slack.wait_for(lambda: copies(slack, "h1", EVENTS))
    _told(slack, MEMBER, "kuvausta on päivitetty")
    change(shelf, "h1", channels=(ChannelId(EVENTS),), topics=("tekoäly", HOSTILE))
    slack.wait_for(lambda: is_shown(shelf, "h1"))
    change(shelf, "h1", channels=(ChannelId(GENERAL),))
    slack.wait_for(lambda: is_shown(shelf, "h1"))
    lines = _sent(slack)
    assert {line["method"] for line in lines} >= {"chat.postMessage", "chat.update", "chat.delete"}
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert list(_check(checks / "validate" / "validate.py", file)) == []
