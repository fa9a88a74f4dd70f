"""When a reminder is sent: so long before the start, out of quiet hours, by the reader's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knowledge.events.reminder_times import Reader, latest_due, not_before, quiet_time, send_time
from knowledge.events.schedule import instant, wall_clock
from knowledge.model import REMINDERS, MemberId, Occurrence, ReminderWishes
from tests.builders import occurrence

HELSINKI = "Europe/Helsinki"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = 24 * 60


def starting(local: str, zone: str = HELSINKI) -> Occurrence:
    """An occurrence that starts at a wall-clock time."""
    return occurrence(starts_at=instant(datetime.fromisoformat(local), zone))


def reader(*minutes: int, quiet: tuple[str, str] = ("21:00", "07:00"), zone: str = HELSINKI) -> Reader:
    """Somebody with these wishes."""
    hours = {"quiet_from": time.fromisoformat(quiet[0]), "quiet_until": time.fromisoformat(quiet[1])}
    return Reader(minutes, ReminderWishes(MemberId("T1:U1"), minutes, is_own=True, **hours), zone)


@pytest.mark.parametrize(
    ("starts", "minutes", "sent"),
    [
        ("2026-12-09T08:30", 15, "2026-12-09T08:15"),
        ("2026-12-09T08:30", DAY, "2026-12-08T08:30"),
        # Put off to the end of the night.
        ("2026-12-09T08:30", 120, "2026-12-09T07:00"),
        ("2026-12-09T06:00", DAY, "2026-12-08T07:00"),
        # The end of the night is no earlier than the start: the evening before.
        ("2026-12-09T07:00", 15, "2026-12-08T21:00"),
        ("2026-12-09T01:00", 180, "2026-12-08T21:00"),
        # The edges: seven is not quiet any more, nine is.
        ("2026-12-09T07:15", 15, "2026-12-09T07:00"),
        ("2026-12-09T21:15", 15, "2026-12-09T21:00"),
        # Both clock changes: a day before is 24 hours before, and the night ends at seven by the clock.
        ("2026-03-29T09:00", DAY, "2026-03-28T08:00"),
        ("2026-10-25T09:00", DAY, "2026-10-24T10:00"),
        ("2026-03-29T08:30", 180, "2026-03-29T07:00"),
        ("2026-10-25T08:30", 180, "2026-10-25T07:00"),
    ],
)
def test_a_reminder_keeps_out_of_the_night(starts: str, minutes: int, sent: str) -> None:
    """Quiet from nine to seven."""
    assert wall_clock(send_time(starting(starts), minutes, reader(minutes)), HELSINKI).isoformat()[:16] == sent


def test_quiet_hours_are_the_readers_own() -> None:
    """It is night in New York while it is morning in Helsinki; the evening there is when the reminder comes."""
    at = send_time(starting("2026-12-09T08:30"), 15, reader(15, zone="America/New_York"))
    assert wall_clock(at, "America/New_York").isoformat() == "2026-12-08T21:00:00"


def test_quiet_hours_may_lie_within_a_day_or_not_be_there() -> None:
    """From nine to three by day; and never, where both ends are the same."""
    by_day = reader(60, quiet=("09:00", "15:00"))
    assert wall_clock(send_time(starting("2026-12-09T16:00"), 120, by_day), HELSINKI).hour == 15
    assert wall_clock(send_time(starting("2026-12-09T14:00"), 60, by_day), HELSINKI).hour == 9
    never = reader(60, quiet=("00:00", "00:00"))
    assert wall_clock(send_time(starting("2026-12-09T03:00"), 60, never), HELSINKI).hour == 2


def test_only_the_last_of_several_is_due() -> None:
    """After a week of standing still nobody is told that it is in a week."""
    starts = starting("2026-12-09T12:00")
    now = starts.starts_at - timedelta(minutes=20)
    due = latest_due(starts, reader(*REMINDERS), LONG_AGO, now)
    assert due is not None
    assert due.minutes == DAY
    # Two that quiet hours bring together are one: the one that is nearer.
    dawn = starting("2026-12-09T06:30")
    due = latest_due(dawn, reader(15, 60), LONG_AGO, instant(datetime(2026, 12, 8, 21, 30), HELSINKI))  # noqa: DTZ001
    assert due is not None
    assert due.minutes == 15


def test_nothing_is_due_that_came_before_somebody_knew() -> None:
    """Whoever signs up half an hour before is told a quarter before, not a day; from the start on nothing is due."""
    starts = starting("2026-12-09T12:00")
    since = starts.starts_at - timedelta(minutes=30)
    assert latest_due(starts, reader(*REMINDERS), since, since + timedelta(minutes=1)) is None
    due = latest_due(starts, reader(*REMINDERS), since, since + timedelta(minutes=16))
    assert due is not None
    assert due.minutes == 15
    assert latest_due(starts, reader(*REMINDERS), LONG_AGO, starts.starts_at) is None


def test_a_late_one_waits_for_the_morning_where_that_is_early_enough() -> None:
    """At night it waits until seven; where the event begins before, it does not."""
    night = instant(datetime(2026, 12, 8, 23), HELSINKI)  # noqa: DTZ001 - a time on the wall
    morning = not_before(starting("2026-12-09T08:30"), reader(DAY), night)
    assert wall_clock(morning, HELSINKI).isoformat() == "2026-12-09T07:00:00"
    assert not_before(starting("2026-12-09T06:30"), reader(DAY), night) == night


@given(
    some.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - times on the wall
    some.integers(1, 20_000),
    some.tuples(some.times(), some.times()),
    some.sampled_from([HELSINKI, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_it_is_sent_before_the_start_and_not_at_night(
    starts: datetime, minutes: int, quiet: tuple[time, time], zone: str
) -> None:
    """For whatever start, offset, quiet hours and zone: only at their very beginning, and only if they end too late."""
    held = occurrence(starts_at=instant(starts, HELSINKI))
    who = Reader((minutes,), reader(minutes, quiet=(quiet[0].isoformat(), quiet[1].isoformat())).wishes, zone)
    at = send_time(held, minutes, who)
    assert at < held.starts_at
    night = quiet_time(at, who)
    if night is not None:
        assert at == night[0]
        assert night[1] >= held.starts_at
    wanted = held.starts_at - timedelta(minutes=minutes)
    assert abs(at - wanted) <= timedelta(hours=25)
