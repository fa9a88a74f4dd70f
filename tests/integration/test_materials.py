"""What there is to read about events is indexed with the event's name and audience, and goes when the event goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from knowledge.events.materials import Materials, sources_with_events
from knowledge.model import AnnouncementKind, AnnouncementState, Audience, Language, Material, RunState, Wording
from knowledge.settings import Settings
from tests import builders
from tests.fakes import SetClock
from tests.integration.indexing import Bench
from tests.integration.webserver import Page, Site, serving

HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = "<html><head><title>Esitys</title></head><body><p>Kirjaaminen nopeutui kuudella minuutilla.</p></body></html>"
EVENT = builders.announcement(
    kind=AnnouncementKind.EVENT, wordings=(Wording(Language.FI, "Kotihoidon webinaari", "Tule mukaan."),)
)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback with one presentation."""
    with serving() as running:
        running.pages["/esitys"] = Page(TEXT.encode(), headers=HTML)
        yield running


@pytest.fixture
def bench(tmp_path: Path, site: Site) -> Iterator[Bench]:
    """An event for members, to which the presentation was added."""
    made = Bench(tmp_path, SetClock())
    made.settings = Settings(data_dir=tmp_path, web_networks=(ip_network("127.0.0.0/8"),))
    with made.store() as work:
        work.announcements.put(EVENT)
        work.events.put(builders.event(materials=(Material("Kalvot", site.url("/esitys")),)))
        work.events.put_occurrence(builders.occurrence())
        work.commit()
    yield made
    made.store.dispose()


def _sync(bench: Bench) -> list[tuple[str, Audience]]:
    """The documents after an indexing run."""
    with bench.store() as work:
        sources = sources_with_events(work, bench.clock)
        work.commit()
    bench.pipeline().sync(sources, lambda *_: None)
    with bench.store.reading() as work:
        return [(each.title, each.audience) for each in work.documents.live()]


def test_a_material_is_called_by_its_event_and_has_its_audience(bench: Bench) -> None:
    """A citation then says which event it was, and when; nobody reads it who may not know of the event."""
    assert _sync(bench) == [("Kalvot (Kotihoidon webinaari, 9.12.2026)", Audience.MEMBERS)]


def test_indexing_is_asked_for_when_materials_come_and_go(bench: Bench) -> None:
    """Once for what is new, not again when it is read, and again when the event is taken back."""
    materials = Materials(bench.store, bench.clock)
    assert materials.ask_for_indexing()
    with bench.store.reading() as work:
        run = work.runs.latest()
    assert run is not None
    assert run.state is RunState.QUEUED
    _sync(bench)
    assert not materials.ask_for_indexing()
    with bench.store() as work:
        work.announcements.put(dataclasses.replace(EVENT, state=AnnouncementState.CANCELLED))
        work.commit()
    assert materials.ask_for_indexing()
    assert _sync(bench) == []
    assert not materials.ask_for_indexing()


def test_a_material_that_cannot_be_read_is_not_asked_for_for_ever(bench: Bench, site: Site) -> None:
    """What is not there is told among the failures, and no run after run is begun for it."""
    site.pages.clear()
    assert _sync(bench) == []
    assert not Materials(bench.store, bench.clock).ask_for_indexing()


def test_without_events_there_are_no_such_sources(tmp_path: Path) -> None:
    """Who announces nothing sees nothing of it in the list of sources."""
    bench = Bench(tmp_path, SetClock())
    with bench.store() as work:
        assert sources_with_events(work, bench.clock) == []
    bench.store.dispose()
