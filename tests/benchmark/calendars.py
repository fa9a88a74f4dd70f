"""A calendar feed of many events: the first time it is read, and when programs come again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.events.calendars import forget_lines
from knowledge.events.feeds import Feeds
from knowledge.events.schedule import occurrences_of
from knowledge.model import (
    ONCE,
    AnnouncementKind,
    Attendance,
    Audience,
    FeedScope,
    Frequency,
    Language,
    MemberId,
    Recurrence,
)
from knowledge.store import Store, open_store
from tests.benchmark.plan import Plan
from tests.benchmark.report import Result, percentiles
from tests.builders import announcement, event, sign_up
from tests.fakes import SetClock

READER = MemberId("T1:U1")
BEGINNING = datetime(2026, 3, 16, 8, 30)  # noqa: DTZ001 - a time on the wall
EVERY_SERIES = 2
"""Every so manyth event is a series, of which one time is cancelled and one is elsewhere."""
READINGS = 20


def calendar(plan: Plan) -> Result:
    """Feeds of several sizes."""
    columns = ("events", "times held", "KiB", "all, first, ms", "all, again, ms", "own, again, ms")
    rows = [_measured(plan, size) for size in plan.extent.events]
    note = "Median of reading from the database and writing out; half of the events are series of twelve weeks."
    return Result("calendar", "A calendar feed", columns, rows, note)


def _measured(plan: Plan, size: int) -> Sequence[float | int]:
    store = open_store(f"sqlite:///{plan.folder / f'events-{size}.sqlite'}")
    held = _fill(store, size)
    feeds = Feeds(store, SetClock(), lambda _: Audience.MEMBERS, lambda _: Language.FI)
    everything, own = feeds.make(READER, FeedScope.ALL), feeds.make(READER, FeedScope.OWN)
    first = [_timed(feeds, everything, forget_lines) for _ in range(plan.extent.rounds)]
    again = [_timed(feeds, everything) for _ in range(READINGS)]
    mine = [_timed(feeds, own) for _ in range(READINGS)]
    content = feeds.read(everything) or b""
    store.dispose()
    return [size, held, len(content) // 1024, *(percentiles(each)[0] for each in (first, again, mine))]


def _timed(feeds: Feeds, token: str, before: Callable[[], object] = lambda: None) -> float:
    before()
    started = time.perf_counter()
    feeds.read(token)
    return (time.perf_counter() - started) * 1000


def _fill(store: Store, size: int) -> int:
    held = 0
    with store() as work:
        for number in range(size):
            starts = BEGINNING + timedelta(days=number % 100, minutes=number % 7)
            weeks = Recurrence(Frequency.WEEKLY, 1, (starts + timedelta(weeks=11)).date())
            rule = ONCE if number % EVERY_SERIES else weeks
            made = event(f"e{number}", starts=starts, ends=starts + timedelta(hours=1), recurrence=rule)
            work.announcements.put(announcement(made.id, kind=AnnouncementKind.EVENT))
            work.events.put(made)
            occurrences = occurrences_of(made, datetime(2026, 3, 1, tzinfo=UTC))
            for at, each in enumerate(occurrences):
                is_off, place = at == 3, "Turku" if at == 5 else ""
                work.events.put_occurrence(replace(each, is_cancelled=is_off, place=place))
                held += not is_off
            work.sign_ups.put(sign_up("U1", to=occurrences[0].id, attendance=Attendance.GOING))
        work.commit()
    return held
