"""When the weekly round is due."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from knowledge.errors import SettingsError
from knowledge.introductions.rules import TIMEZONE
from knowledge.introductions.schedule import Schedule, read_schedule
from knowledge.settings import load_settings


def test_a_round_is_due_for_a_day_from_its_time_on() -> None:
    """On Tuesday from nine until Wednesday at nine; also where the clocks are turned, and into the next week."""
    tuesday = read_schedule("tue 09:00")
    assert tuesday == Schedule(1, time(9))
    due = [
        (datetime(2026, 3, 10, 8, 59, tzinfo=TIMEZONE), False),
        (datetime(2026, 3, 10, 9, 0, tzinfo=TIMEZONE), True),
        (datetime(2026, 3, 11, 8, 59, tzinfo=TIMEZONE), True),
        (datetime(2026, 3, 11, 9, 0, tzinfo=TIMEZONE), False),
        (datetime(2026, 3, 9, 9, 0, tzinfo=TIMEZONE), False),
    ]
    assert [tuesday.due_since(moment) is not None for moment, _ in due] == [expected for _, expected in due]
    sunday = read_schedule("SUN 23:30")
    assert sunday is not None
    assert sunday.due_since(datetime(2026, 3, 29, 23, 15, tzinfo=TIMEZONE)) is None
    # On Monday what nobody ran on Sunday is made up for, in the name of the week that ended.
    for late in (datetime(2026, 3, 29, 23, 45, tzinfo=TIMEZONE), datetime(2026, 3, 30, 23, 15, tzinfo=TIMEZONE)):
        assert sunday.due_since(late) == datetime(2026, 3, 29, 23, 30, tzinfo=TIMEZONE)
    assert sunday.due_since(datetime(2026, 3, 30, 23, 30, tzinfo=TIMEZONE)) is None


def test_off_is_never() -> None:
    """As it is by default."""
    assert read_schedule("off") is None
    assert load_settings({}).rounds == "off"


@pytest.mark.parametrize("text", ["", "tue", "tuesday 9", "tue 25:00", "tue 09:00 weekly", "09:00 tue"])
def test_what_makes_no_sense_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start, with an example of how to write it."""
    monkeypatch.setenv("SOLMU_ROUNDS", text)
    with pytest.raises(SettingsError, match="tue 09:00"):
        load_settings()
