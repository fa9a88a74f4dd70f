"""The sources' repository, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.events.materials import source_of as event_source
from knowledge.inquiries.shelving import source_of as curated_source
from knowledge.model import Audience, QuarantinedDocument, SourceId, SourceKind
from knowledge.store import Store
from tests.builders import content, document, failure, source
from tests.fakes import NOON


def test_a_source_is_read_back_as_it_was_stored(store: Store) -> None:
    """Every field of a source survives, its time in UTC and its columns as pairs."""
    catalogue = dataclasses.replace(
        source(7, Audience.COORDINATORS, "/srv/cases.xlsx"),
        kind=SourceKind.USECASES,
        columns=(("organisation", "Yritys"), ("title", "Nimi")),
        link="https://example.org/cases/",
    )
    with store() as work:
        work.sources.add(catalogue)
        work.commit()
    with store.reading() as work:
        assert work.sources.get(SourceId("s7")) == catalogue
        assert work.sources.find("/srv/cases.xlsx") == catalogue


def test_without_commit_nothing_is_kept(store: Store) -> None:
    """Leaving a unit of work rolls back; only `commit` keeps."""
    with store() as work:
        work.sources.add(source())
    with store.reading() as work:
        assert list(work.sources.all()) == []


def test_what_does_not_exist_is_told(store: Store) -> None:
    """A missing source is found as None by location, and refused with the command that lists sources by id."""
    with store() as work:
        assert work.sources.find("/nowhere") is None
        for use in (
            lambda: work.sources.get(SourceId("s9")),
            lambda: work.sources.remove(SourceId("s9")),
            lambda: work.sources.set_audience(SourceId("s9"), Audience.PUBLIC),
            lambda: work.sources.set_link(SourceId("s9"), "https://example.org"),
        ):
            with pytest.raises(NotFoundError, match=r"no source s9.*indexer list"):
                use()


def test_sources_come_in_the_order_they_were_added(store: Store) -> None:
    """The list follows the time of adding, not the id."""
    late = dataclasses.replace(source(1), added_at=NOON + timedelta(hours=1))
    with store() as work:
        for each in (late, source(2)):
            work.sources.add(each)
        assert [each.id for each in work.sources.all()] == ["s2", "s1"]


def test_an_id_is_never_given_twice(store: Store) -> None:
    """A removed source's id is not used again: notes and logs keep meaning what they meant."""
    with store() as work:
        first = work.sources.next_id()
        work.sources.add(source(int(first.removeprefix("s"))))
        work.sources.remove(first)
        second = work.sources.next_id()
        work.commit()
    with store() as work:
        assert (first, second, work.sources.next_id()) == ("s1", "s2", "s3")


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("named", [curated_source, event_source])
def test_what_is_made_by_itself_has_room_for_its_name(
    store: Store, named: Callable[[Audience], SourceId], audience: Audience
) -> None:
    """The ids of curated answers and of events fit wherever a source is named, for every audience."""
    made = named(audience)
    home = dataclasses.replace(source(audience=audience, location=made), id=made)
    read = document(of=home)
    with store() as work:
        work.sources.add(home)
        work.documents.put(content(read, "Vastaus."), NOON)
        work.failures.record(failure(of=made), "r1")
        work.quarantine.put(QuarantinedDocument(made, "k", "0" * 64, "health", None, "", NOON))
        work.care.synced(made, NOON)
        work.runs.request("run", "test", NOON, source=made)
        work.commit()
    with store.reading() as work:
        assert [each.id for each in work.sources.all()] == [made]
        assert [each.source for each in work.documents.live()] == [made]


def test_an_audience_holds_for_all_that_was_read_at_once(store: Store) -> None:
    """Changing a source's audience changes every document read from it, and counts as a change of content."""
    with store() as work:
        work.sources.add(source(audience=Audience.PUBLIC))
        work.documents.put(content(document(), "Pilotti alkoi."), NOON)
        before = work.revision()
        work.sources.set_audience(SourceId("s1"), Audience.COORDINATORS)
        assert work.revision() > before
        assert [each.audience for each in work.documents.live()] == [Audience.COORDINATORS]
        assert [each.audience for _, each in work.documents.live_passages()] == [Audience.COORDINATORS]


def test_removal_erases_everything_read_and_nothing_else(store: Store) -> None:
    """Documents, live and retired passages, use cases and failures of the source are gone, those of others are not."""
    gone, stays = document("gone", of=source(1)), document("stays", of=source(2))
    with store() as work:
        for home, read in ((source(1), gone), (source(2), stays)):
            work.sources.add(home)
            work.documents.put(content(read, "Vanha teksti.", case=True), NOON)
            work.documents.put(content(read, "Uusi teksti.", case=True), NOON)
            work.failures.record(failure(of=home.id), "r1")
        before = work.revision()
        numbers = [1, 2, 3, 4]
        kept = {number for number, (_, read) in work.documents.passages(numbers).items() if read.key == "stays"}
        work.sources.remove(SourceId("s1"))
        work.commit()
    with store.reading() as work:
        assert work.revision() > before
        assert [each.id for each in work.sources.all()] == ["s2"]
        assert [each.id for each in work.documents.live()] == [stays.id]
        assert work.documents.passages(numbers).keys() == kept
        assert len(kept) == 2
        assert set(work.documents.use_cases([gone.id, stays.id])) == {stays.id}
        assert [each.source for each in work.failures.all()] == ["s2"]
