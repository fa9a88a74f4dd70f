"""A reminder through the real bot: it comes by itself, once, whatever is killed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.blocks.cards import NOT_GOING
from bot.sandbox.values import TEAM, Message
from knowledge.events.schedule import wall_clock
from knowledge.model import (
    AnnouncementKind,
    Attendance,
    Language,
    OccurrenceId,
    ReminderWishes,
    Wording,
    member_id,
)
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.builders import announcement, event, occurrence, sign_up
from tests.scenario.bot_process import READY, BotProcess, copy_index
from tests.scenario.talking import shown
from tests.standin import MEMBER, StandIn

AINO = member_id(TEAM, MEMBER)


@pytest.fixture
def store(built_index: Path, tmp_path: Path) -> Iterator[Store]:
    """The database of a bot that has not begun; somebody wants to be reminded at any hour."""
    data = copy_index(built_index, tmp_path / "data")
    opened = open_store(Settings(data_dir=data).database)
    with opened() as work:
        work.letters.put_wishes(ReminderWishes(AINO, (), is_own=False, quiet_from=time.min, quiet_until=time.min))
        work.commit()
    yield opened
    opened.dispose()


def _announce(store: Store, name: str, title: str) -> None:
    """An event in ten minutes, to which somebody said yesterday that they come."""
    now = datetime.now(UTC)
    starts, yesterday = now + timedelta(minutes=10), now - timedelta(days=1)
    local = wall_clock(starts, "Europe/Helsinki")
    wordings = (Wording(Language.FI, title, ""),)
    with store() as work:
        work.announcements.put(announcement(name, kind=AnnouncementKind.EVENT, channels=(), wordings=wordings))
        work.events.put(event(name, starts=local, ends=local + timedelta(hours=1), reminders=(15,)))
        work.events.put_occurrence(
            occurrence(
                f"{name}-o",
                of=name,
                slot=local,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                changed_at=yesterday,
            )
        )
        work.sign_ups.put(sign_up(MEMBER, to=f"{name}-o", person=AINO, since=yesterday))
        work.commit()


def _reminders(slack: StandIn, title: str) -> list[Message]:
    return [each for each in slack.from_bot(slack.dm(MEMBER)) if "Muistutus" in shown(each) and title in each.text]


def test_a_reminder_comes_once(store: Store, tmp_path: Path) -> None:
    """Directly, with a button for whoever cannot come after all; a killed bot tells the next thing, not the same."""
    _announce(store, "first", "Tekoälyaamu")
    with StandIn() as slack, BotProcess(tmp_path / "data", slack.environment(), SOLMU_DUE_SECONDS="0.3") as bot:
        [message] = slack.wait_for(lambda: _reminders(slack, "Tekoälyaamu"))
        assert "Muistutus: olet tulossa tähän tapahtumaan." in shown(message)
        bot.kill()
        _announce(store, "second", "Tekoälyilta")
        bot.start()
        bot.wait_until(READY)
        slack.wait_for(lambda: _reminders(slack, "Tekoälyilta"))
        assert len(_reminders(slack, "Tekoälyaamu")) == 1
        slack.click(MEMBER, slack.dm(MEMBER), message.ts, NOT_GOING)
        slack.wait_for(lambda: _said(store) is Attendance.NOT_GOING)


def _said(store: Store) -> Attendance:
    with store.reading() as work:
        found = work.sign_ups.find(OccurrenceId("first-o"), AINO)
        assert found is not None
        return found.attendance
