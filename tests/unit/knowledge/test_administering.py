"""Schedules of sources, and names of files that admins hand over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.administering.schedules import ScheduleRefusedError, next_time, read_timetable
from knowledge.administering.uploads import safe_name
from knowledge.model import NEVER

TUESDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""14.00 in Finland."""


@pytest.mark.parametrize(
    ("schedule", "then"),
    [
        ("daily 15:00", datetime(2026, 3, 10, 13, tzinfo=UTC)),
        ("daily 14:00", datetime(2026, 3, 11, 12, tzinfo=UTC)),
        ("tue 03:00", datetime(2026, 3, 17, 1, tzinfo=UTC)),
        ("WED 03:30", datetime(2026, 3, 11, 1, 30, tzinfo=UTC)),
        ("off", NEVER),
    ],
)
def test_the_next_time_is_later_than_now(schedule: str, then: datetime) -> None:
    """By the clock in Finland; a time that is just now is over."""
    assert next_time(schedule, TUESDAY) == then


def test_a_time_that_spring_takes_comes_all_the_same() -> None:
    """On 29 March 2026 no clock in Finland shows 03.30: it is read at 04.30."""
    assert next_time("daily 03:30", datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "daily", "monday 03:00", "daily 25:00", "daily 3 am", "off 03:00"])
def test_anything_else_is_refused(text: str) -> None:
    """With a sentence that shows how a schedule is written."""
    with pytest.raises(ScheduleRefusedError, match=r"such as daily 03:00"):
        read_timetable(text)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ohje 2026.pdf", "ohje 2026.pdf"),
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\temp\\ohje.docx", "ohje.docx"),
        ("a\u202eb\x00<>.md", "a_b___.md"),
        ("..", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_file_is_kept_under_a_harmless_name(name: str, safe: str) -> None:
    """No folders, no signs that a file system or a terminal takes amiss, and its type kept."""
    assert safe_name(name) == safe
