"""Quiet hours: what may be sent when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.events.quiet import sendable_at
from knowledge.model import NEVER, MemberId, ReminderWishes

HELSINKI = "Europe/Helsinki"
NIGHT = ReminderWishes(MemberId("T1:U1"), (), is_own=False, quiet_from=time(21), quiet_until=time(7))


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    """A time on a Helsinki wall in 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(HELSINKI)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (at(9, 12), at(9, 12)),
        (at(9, 20, 59), at(9, 20, 59)),
        (at(9, 21), at(10, 7)),
        (at(9, 23, 30), at(10, 7)),
        (at(10, 0), at(10, 7)),
        (at(10, 6, 59), at(10, 7)),
        (at(10, 7), at(10, 7)),
    ],
)
def test_what_is_due_at_night_waits_for_the_morning(moment: datetime, sent: datetime) -> None:
    """Between nine and seven nothing is sent; the hour that ends the quiet is not quiet."""
    assert sendable_at(moment, NEVER, NIGHT, HELSINKI) == sent


def test_what_cannot_wait_is_told_the_evening_before() -> None:
    """A reminder of something at half past six in the morning comes before the quiet, not after the start."""
    assert sendable_at(at(10, 6, 15), at(10, 6, 30), NIGHT, HELSINKI) == at(9, 20, 59)
    assert sendable_at(at(10, 6, 45), at(10, 7), NIGHT, HELSINKI) == at(9, 20, 59)
    assert sendable_at(at(10, 6, 45), at(10, 7, 1), NIGHT, HELSINKI) == at(10, 7)


def test_quiet_hours_within_one_day() -> None:
    """Somebody may want peace at noon."""
    noon = ReminderWishes(NIGHT.person, (), is_own=False, quiet_from=time(11), quiet_until=time(13))
    assert sendable_at(at(9, 11, 30), NEVER, noon, HELSINKI) == at(9, 13)
    assert sendable_at(at(9, 22), NEVER, noon, HELSINKI) == at(9, 22)


def test_the_same_hour_twice_means_never_quiet() -> None:
    """Who sets the quiet from seven to seven hears at any hour."""
    never = ReminderWishes(NIGHT.person, (), is_own=False, quiet_from=time(7), quiet_until=time(7))
    assert sendable_at(at(9, 7), NEVER, never, HELSINKI) == at(9, 7)
    assert sendable_at(at(9, 3), NEVER, never, HELSINKI) == at(9, 3)


def test_a_night_in_which_the_clock_is_set() -> None:
    """The quiet ends at seven by the wall also in the nights in which summer time begins and ends."""
    spring = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert sendable_at(spring, NEVER, NIGHT, HELSINKI) == datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
    autumn = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert sendable_at(autumn, NEVER, NIGHT, HELSINKI) == datetime(2026, 10, 25, 5, 0, tzinfo=UTC)


@given(
    minutes=st.integers(0, 366 * 24 * 60),
    begins=st.integers(0, 23),
    ends=st.integers(0, 23),
    zone=st.sampled_from([HELSINKI, "America/New_York", "Asia/Kolkata", "UTC"]),
)
def test_nothing_is_ever_sent_in_the_quiet(minutes: int, begins: int, ends: int, zone: str) -> None:
    """Whatever the hours, the zone and the night, what is sent is sent outside them, and within a day of its time."""
    wishes = ReminderWishes(NIGHT.person, (), is_own=False, quiet_from=time(begins), quiet_until=time(ends))
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    sent = sendable_at(moment, NEVER, wishes, zone)
    hour = sent.astimezone(ZoneInfo(zone)).hour
    is_quiet = begins <= hour < ends if begins < ends else begins != ends and (hour >= begins or hour < ends)
    assert not is_quiet
    assert timedelta() <= sent - moment <= timedelta(hours=25)
