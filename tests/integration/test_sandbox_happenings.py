"""The sample's events: around today, once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.sandbox.happenings import announce_events
from bot.sandbox.slack import utc_now
from knowledge.events.scenes import scene_of
from knowledge.model import AnnouncementKind, AnnouncementState, Copy
from knowledge.store import open_store


def test_the_sample_has_events_to_come_and_one_that_was(tmp_path: Path) -> None:
    """A second start adds nothing; somebody comes to each; nobody more than there are seats."""
    database = f"sqlite:///{tmp_path / 'solmu.sqlite'}"
    announce_events(database)
    announce_events(database)
    store = open_store(database)
    now = utc_now()
    with store.reading() as work:
        announced = work.announcements.within([AnnouncementState.PUBLISHED])
        scenes = [scene_of(work, each, now) for each in announced]
        coming = work.events.between(now, now + timedelta(weeks=30))
    store.dispose()
    events = [scene for scene in scenes if scene.announcement.kind is AnnouncementKind.EVENT]
    assert (len(scenes), len(events)) == (11, 8)
    assert [scene.announcement.id for scene in events if scene.is_over] == ["syysseminaari"]
    assert len(coming) > len(events)
    for scene in events:
        shown = scene.gatherings[0].shown
        assert shown.taken > 0
        assert not shown.is_full


def test_a_workspace_that_begins_anew_is_shown_everything_again(tmp_path: Path) -> None:
    """Its messages are gone with the one before; what the database says of them would be wrong."""
    database = f"sqlite:///{tmp_path / 'solmu.sqlite'}"
    announce_events(database)
    store = open_store(database)
    with store() as work:
        for name in work.announcements.unshown():
            shown = work.announcements.get(name)
            work.announcements.put_copy(Copy(name, shown.channels[0], "1.1", shown.revision, utc_now()))
            work.announcements.mark_shown(name, shown.revision)
        assert work.announcements.unshown() == []
        work.commit()
    announce_events(database)
    with store.reading() as work:
        assert len(work.announcements.unshown()) == 11
        assert all(work.announcements.copies(name) == [] for name in work.announcements.unshown())
    store.dispose()
