"""Events on a newcomer's topics, over a real store and the model that Solmu comes with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.events.nearby import Nearby
from knowledge.members.topics import Topics
from knowledge.model import AnnouncementKind, AnnouncementState, Audience, MemberId
from knowledge.ports import Embedder
from knowledge.searching.synonyms import read_synonyms
from knowledge.store import Store, open_store
from tests import builders
from tests.fakes import SetClock

ME = MemberId("T1:U1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One in a temporary folder."""
    opened = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


def _announce(store: Store, name: str, *topics: str, days: int = 0, **changes: object) -> None:
    made = builders.announcement(name, kind=AnnouncementKind.EVENT, topics=topics, **changes)
    held = builders.occurrence(f"o-{name}", of=name)
    later = timedelta(days=days)
    with store() as work:
        work.announcements.put(made)
        work.events.put(builders.event(name))
        times = {"starts_at": held.starts_at + later, "ends_at": held.ends_at + later}
        work.events.put_occurrence(builders.occurrence(f"o-{name}", of=name, **times))
        work.commit()


def test_a_newcomer_is_shown_the_soonest_on_their_topics(store: Store, bundled_embedder: Embedder) -> None:
    """In another language too; not what is over, a draft, for coordinators only, answered, or of something else."""
    with store() as work:
        work.organisations.put(builders.organisation())
        work.members.put(builders.member("U1", topics=("kotihoito",)))
        work.commit()
    _announce(store, "later", "kotihoito", days=20)
    _announce(store, "last", "kotihoito", days=30)
    _announce(store, "swedish", "hemvård", days=10)
    _announce(store, "other", "radiologia")
    _announce(store, "over", "kotihoito", days=-300)
    _announce(store, "draft", "kotihoito", state=AnnouncementState.DRAFT)
    _announce(store, "staff", "kotihoito", audience=Audience.COORDINATORS)
    _announce(store, "answered", "kotihoito")
    with store() as work:
        work.sign_ups.put(builders.sign_up("U1", to="o-answered"))
        work.commit()
    nearby = Nearby(store, Topics(bundled_embedder, read_synonyms()), bundled_embedder, SetClock())
    assert [dated.announcement.id for dated in nearby.of(ME)] == ["swedish", "later"]
