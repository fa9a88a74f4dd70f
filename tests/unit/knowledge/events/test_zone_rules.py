"""Time zones in calendars: another library reads the same clock from our lines as the zone database has."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from knowledge.events.zone_rules import zone_lines

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "zone", ["Europe/Helsinki", "America/New_York", "Australia/Sydney", "Asia/Tokyo", "Africa/Casablanca", "UTC"]
)
def test_every_hour_of_the_years_is_read_as_it_is(zone: str) -> None:
    """Wherever clocks change, and where they never do; half an hour and a moment around each change too."""
    lines = zone_lines(zone, 2026, 2028).decode()
    read = tzical(io.StringIO(lines)).get(zone)
    expected = ZoneInfo(zone)
    moment, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    while moment < end:
        local = moment.astimezone(expected)
        read_offset = local.replace(tzinfo=read, fold=local.fold).utcoffset()
        assert read_offset == local.utcoffset(), moment
        moment += HOUR / 2


def test_the_rule_of_europe_goes_on_for_ever() -> None:
    """A program may look further than the series that the file is about."""
    assert zone_lines("Europe/Helsinki", 2026, 2026).decode().splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Helsinki",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250330T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:EEST",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0300",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20251026T040000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:EET",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0200",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
