"""What a card is drawn from: what comes next of an event, what was cancelled alone, and what is over."""

from __future__ import annotations

from datetime import timedelta

from knowledge.events.scenes import Scene, scene_of
from knowledge.model import AnnouncementKind, Attendance
from knowledge.store import Store
from tests.builders import announcement, event, occurrence, sign_up
from tests.fakes import NOON, SetClock

WEEK = timedelta(days=7)


def _scene(store: Store, clock: SetClock) -> Scene:
    with store.reading() as work:
        return scene_of(work, work.announcements.get(announcement().id), clock())


def test_a_series_is_seen_from_its_next_date(store: Store, clock: SetClock) -> None:
    """Its first is over, its second cancelled, its third comes, with its own counts; then nothing comes."""
    first = occurrence().starts_at
    with store() as work:
        work.announcements.put(announcement(kind=AnnouncementKind.EVENT))
        work.events.put(event())
        for number in range(3):
            starts = first + number * WEEK
            times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "is_cancelled": number == 1}
            work.events.put_occurrence(occurrence(f"o{number}", **times))
        work.sign_ups.put(sign_up(to="o0"))
        work.sign_ups.put(sign_up(to="o2", attendance=Attendance.MAYBE))
        work.commit()
    clock.now = first + timedelta(hours=2)
    [gathering] = _scene(store, clock).gatherings
    assert [each.occurrence.id for each in gathering.coming] == ["o2"]
    assert [each.occurrence.id for each in gathering.called_off] == ["o1"]
    assert (gathering.last.occurrence.id, gathering.last.taken) == ("o0", 1)
    assert gathering.shown.counts == {Attendance.MAYBE: 1}
    clock.now = first + 3 * WEEK
    scene = _scene(store, clock)
    assert scene.is_over
    assert scene.gatherings[0].shown.occurrence.id == "o2"


def test_other_announcements_end_with_their_deadline(store: Store, clock: SetClock) -> None:
    """And have nothing to gather for."""
    with store() as work:
        work.announcements.put(announcement(deadline=NOON + timedelta(hours=1)))
        work.commit()
    assert not _scene(store, clock).is_over
    clock.advance(hours=1)
    assert (_scene(store, clock).is_over, _scene(store, clock).gatherings) == (True, ())
