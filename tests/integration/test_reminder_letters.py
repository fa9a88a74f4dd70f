"""Reminders in words, and the form of when they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.blocks.reminder_wishes import NONE, OWN, USUAL, home_section, wishes_from, wishes_modal
from bot.letters.reminders import ReminderLetters
from bot.mailing import NotNowError
from bot.sandbox.limits import block_problems, view_problems
from knowledge.events.reminders import Reminders
from knowledge.model import (
    AnnouncementKind,
    Attendance,
    Language,
    Letter,
    MemberId,
    ReminderWishes,
    Wording,
)
from knowledge.store import Store, open_store
from tests.builders import announcement, event, occurrence, sign_up
from tests.fakes import SetClock

U1 = MemberId("T1:U1")
THREE = (Language.FI, Language.SV, Language.EN)
HOSTILE = "<!channel> <@U0ADMIN001> & <https://evil.example|docs>"
STARTS = occurrence().starts_at


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An event on a Wednesday at 8.30, to which somebody comes."""
    opened = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with opened() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT, wordings=(Wording(Language.FI, HOSTILE, ""),)))
        work.events.put(event(meeting_link="https://meet.example.org/1"))
        work.events.put_occurrence(occurrence())
        work.sign_ups.put(sign_up())
        work.commit()
    yield opened
    opened.dispose()


def _letters(store: Store, clock: SetClock, zone: str = "") -> tuple[Reminders, ReminderLetters]:
    reminders = Reminders(store, clock, lambda _: zone)
    return reminders, ReminderLetters(reminders, clock)


def _due(store: Store, reminders: Reminders, clock: SetClock) -> Letter:
    reminders.write_reminders()
    with store.reading() as work:
        [letter] = work.letters.due(clock(), 10)
    return letter


@pytest.mark.parametrize(
    ("language", "before", "zone", "told"),
    [
        (Language.FI, 24 * 60, "", "Huomenna, keskiviikkona 9.12.2026 klo 8.30–9.30 (Suomen aikaa)"),
        (Language.SV, 24 * 60, "", "I morgon, onsdag 9 december 2026 kl. 8.30–9.30 (finsk tid)"),
        (Language.EN, 15, "", "Today, Wednesday 9 December 2026, 8:30–9:30 (Finnish time)"),
        (Language.FI, 7 * 24 * 60, "", "Keskiviikkona 9.12.2026 klo 8.30–9.30 (Suomen aikaa)"),
        (Language.EN, 24 * 60, "Asia/Tokyo", "Tomorrow, Wednesday 9 December 2026, 15:30–16:30"),
    ],
)
def test_a_reminder_names_the_day(store: Store, language: Language, before: int, zone: str, told: str) -> None:
    """By the reader's own clock; "tomorrow" stands beside the date, which stays true whenever it is read."""
    clock = SetClock(STARTS - timedelta(minutes=before))
    reminders, letters = _letters(store, clock, zone)
    message = letters.write(_due(store, reminders, clock), language)
    assert message is not None
    assert told in json.dumps(message.blocks, ensure_ascii=False)
    assert told in message.text
    assert block_problems(message.blocks) == []
    assert "&lt;!channel&gt;" in message.text


def test_one_can_say_at_once_that_one_cannot_come(store: Store) -> None:
    """Whoever only may come can say for sure, too; the link to the meeting is one to click."""
    clock = SetClock(STARTS - timedelta(minutes=15))
    reminders, letters = _letters(store, clock)
    letter = _due(store, reminders, clock)

    def shown() -> tuple[str, list[str]]:
        message = letters.write(letter, Language.FI)
        assert message is not None
        return message.blocks[0]["text"]["text"], [each["action_id"] for each in message.blocks[-1]["elements"]]

    assert shown() == ("Muistutus: olet tulossa tähän tapahtumaan.", ["event_not_going", "event_calendar"])
    message = letters.write(letter, Language.FI)
    assert message is not None
    assert {"type": "link", "url": "https://meet.example.org/1"}.items() <= _link(message.blocks).items()
    with store() as work:
        work.sign_ups.put(sign_up(attendance=Attendance.MAYBE))
        work.commit()
    assert shown()[1] == ["event_going", "event_not_going", "event_calendar"]


def _link(blocks: list[dict[str, object]]) -> dict[str, object]:
    text = next(block for block in blocks if block["type"] == "rich_text")
    pieces = text["elements"][0]["elements"]  # type: ignore[index]
    found: dict[str, object] = next(piece for piece in pieces if piece["type"] == "link")
    return found


@pytest.mark.parametrize("change", ["moved", "cancelled", "begun", "stays away", "later one", "not wished"])
def test_what_is_not_true_any_more_is_not_said(store: Store, change: str) -> None:
    """Whatever happened between writing it down and sending it."""
    clock = SetClock(STARTS - timedelta(days=1))
    reminders, letters = _letters(store, clock)
    letter = _due(store, reminders, clock)
    assert letters.write(letter, Language.FI) is not None
    with store() as work:
        if change == "moved":
            work.events.put_occurrence(occurrence(starts_at=STARTS + timedelta(days=1)))
        elif change == "cancelled":
            work.events.put_occurrence(occurrence(is_cancelled=True))
        elif change == "stays away":
            work.sign_ups.put(sign_up(attendance=Attendance.NOT_GOING))
        elif change == "not wished":
            work.letters.put_wishes(ReminderWishes(U1, (15,), is_own=True))
        work.commit()
    if change == "begun":
        clock.now = STARTS
    elif change == "later one":
        clock.now = STARTS - timedelta(minutes=15)
    assert letters.write(letter, Language.FI) is None


def test_at_night_a_late_letter_waits(store: Store) -> None:
    """Slack was away in the evening: the letter goes at seven, not when Slack is back."""
    with store() as work:
        work.events.put_occurrence(occurrence(starts_at=STARTS + timedelta(hours=12)))
        work.commit()
    clock = SetClock(STARTS - timedelta(hours=12))
    reminders, letters = _letters(store, clock)
    letter = _due(store, reminders, clock)
    clock.advance(hours=4)
    with pytest.raises(NotNowError) as error:
        letters.write(letter, Language.FI)
    assert error.value.until == STARTS - timedelta(hours=1, minutes=30)


@pytest.mark.parametrize("language", THREE)
@pytest.mark.parametrize("minutes", [(), (10080, 5), tuple(range(30))])
def test_the_form_fits(language: Language, minutes: tuple[int, ...]) -> None:
    """Whatever was wished before."""
    for is_own in (False, True):
        assert view_problems(wishes_modal(ReminderWishes(U1, minutes, is_own), language)) == []
    assert block_problems(home_section(language, can_subscribe=True)) == []
    assert len(home_section(language, can_subscribe=False)[-1]["elements"]) == 1


def test_the_form_is_understood() -> None:
    """The usual, own times, and never; an end that is left out means that no hour is quiet."""
    usual = wishes_from(U1, USUAL, ("15",), time(21), time(7))
    assert usual == ReminderWishes(U1, (), is_own=False)
    own = wishes_from(U1, OWN, ("15", "1440", "nonsense"), time(22), time(6))
    assert own == ReminderWishes(U1, (1440, 15), is_own=True, quiet_from=time(22), quiet_until=time(6))
    assert wishes_from(U1, NONE, ("15",), time(21), time(7)) == ReminderWishes(U1, (), is_own=True)
    assert wishes_from(U1, OWN, ("15",), time.max, time(7)).quiet_from == time.min
    assert wishes_from(U1, OWN, ("15",), time.max, time(7)).quiet_until == time.min
