"""Synchronising: look at every source, read what changed, retire what is gone, publish what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.changes import Arrived, Change, Failed, Gone, Remembered, Unchanged, changes, failure_mark
from indexer.contents import RULES, read_content
from indexer.failures import IndexingFailure, ListingError, ReadFailure, unexpected
from indexer.inspecting import keep_out, quarantined, suspicion
from indexer.reading.reader import Reader
from indexer.report import Report, Tally, Trouble
from indexer.sources.base import Item, SourceReader
from knowledge.documents import document_id
from knowledge.inquiries.shelving import is_given
from knowledge.members.catalogue import take_in_organisations
from knowledge.model import FailureRecord, Source, SourceKind
from knowledge.ports import Clock, DocumentContent, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import kind_of_personal_data
from knowledge.publishing import Publisher

BATCH = 64
"""Passages gathered over small documents before they are stored."""
PARTLY_READ = "partly_read"
_log = logging.getLogger(__name__)
Tell = Callable[[str, int, int], None]
"""Told the phase, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that was read and is not stored yet."""

    source: Source
    arrived: Arrived
    content: DocumentContent
    notes: Sequence[str]


class Pipeline:
    """Brings sources into the store and publishes what came of it. One process at a time may run it."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        publisher: Publisher,
        reader: Reader,
        open_source: Callable[[Source], SourceReader],
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._publisher = publisher
        self._reader = reader
        self._open = open_source
        self._clock = clock

    def sync(self, sources: Sequence[Source], tell: Tell) -> Report:
        """Bring the store up to the sources and publish; raises ModelMismatchError before anything is touched.

        A source that cannot be listed and a document that cannot be read keep what was read of them before.
        """
        self._publisher.refuse_other_model()
        tally = Tally()
        waiting: list[_Waiting] = []
        for source, change in self._changes(sources, tally, lambda done, total: tell("reading", done, total)):
            self._apply(source, change, waiting, tally)
            if sum(len(each.content.passages) for each in waiting) >= BATCH:
                self._store(waiting, tally)
        self._store(waiting, tally)
        take_in_organisations(self._uow)
        tally.add(embedded=self.publish(tell))
        return tally.report(sources)

    def plan(self, sources: Sequence[Source], tell: Tell) -> Report:
        """What `sync` would do, without reading or writing anything."""
        tally = Tally()
        for source, change in self._changes(sources, tally, lambda done, total: tell("looking", done, total)):
            tally.count(source, change)
        return tally.report(sources)

    def publish(self, tell: Tell) -> int:
        """Publish a new generation where the newest one lacks something that SQL holds.

        Returns how many passages were embedded for it.
        """
        if self._publisher.is_current():
            return 0
        lacking, done = self._publisher.lacking(), 0

        def embedded(count: int) -> None:
            nonlocal done
            done += count
            tell("embedding", done, len(lacking))

        self._publisher.embed(lacking, embedded)
        with self._uow.reading() as work:
            passages = work.documents.counts()["passages"]
        tell("publishing", 0, passages)
        self._publisher.publish()
        tell("publishing", passages, passages)
        return done

    def _changes(
        self, sources: Sequence[Source], tally: Tally, tell: Callable[[int, int], None]
    ) -> Iterator[tuple[Source, Change]]:
        listed = [each for source in sources if (each := self._list(source, tally))]
        total = sum(len(items) for _, _, items in listed)
        done = 0
        for source, opened, items in listed:
            with self._uow.reading() as work:
                known = Remembered(work.documents.states(source.id), work.failures.of(source.id), RULES)
            for change in changes(opened, items, known):
                tell(done, total)
                yield source, change
                done += not isinstance(change, Gone)
        tell(done, total)

    def _list(self, source: Source, tally: Tally) -> tuple[Source, SourceReader, Sequence[Item]] | None:
        try:
            opened = self._open(source)
            return source, opened, self._nameable(source, opened.list(), tally)
        except ListingError as error:
            tally.troubles.append(Trouble(source, "", str(error)))
            return None

    def _nameable(self, source: Source, items: Sequence[Item], tally: Tally) -> Sequence[Item]:
        """Without documents whose very names are personal data: those would stand in every list and log."""
        kept = [item for item in items if not kind_of_personal_data(item.key)]
        if unnamed := len(items) - len(kept):
            sentence = f"{unnamed} documents are kept out: their names seem to hold personal data; rename them."
            tally.troubles.append(Trouble(source, "", sentence))
        return kept

    def _apply(self, source: Source, change: Change, waiting: list[_Waiting], tally: Tally) -> None:
        match change:
            case Arrived():
                change = self._read(source, change, waiting)
            case Unchanged() if (change.revision, change.url) != (change.state.revision, change.state.url):
                with self._uow() as work:
                    work.documents.touch(change.state.document, change.revision, change.url)
                    work.commit()
            case Gone():
                self._retire(source, change)
        if isinstance(change, Failed):
            with self._uow() as work:
                if not work.sources.hold(source.id):
                    return
                self._record(work, source, change.item, change.failure)
                work.commit()
        if not isinstance(change, Arrived):
            # That is counted once it is stored.
            tally.count(source, change)

    def _read(self, source: Source, arrived: Arrived, waiting: list[_Waiting]) -> Change:
        try:
            content, notes = read_content(source, arrived, self._reader, self._clock())
        except ReadFailure as error:
            return Failed(arrived.item, error)
        except Exception:  # noqa: BLE001 - one document that nobody foresaw must not keep all others out
            _log.exception(
                "reading document %s of source %s failed", document_id(source.id, arrived.item.key), source.id
            )
            return Failed(arrived.item, unexpected())
        with self._uow() as work:
            is_released = work.quarantine.is_released(content.content_hash)
            found = None if is_released else suspicion(content, self._clock())
            if found is not None:
                if work.sources.hold(source.id):
                    keep_out(work, content, found)
                    work.commit()
                return Failed(arrived.item, quarantined(found))
        waiting.append(_Waiting(source, arrived, content, notes))
        return arrived

    def _store(self, waiting: list[_Waiting], tally: Tally) -> None:
        """Write each document in one transaction; what of it is new is embedded when all are read.

        Those whose source was removed since it was looked at are passed over.
        """
        for each in waiting:
            with self._uow() as work:
                if work.sources.hold(each.source.id) and _is_there(work, each):
                    self._put(work, each, tally)
        waiting.clear()

    def _put(self, work: UnitOfWork, read: _Waiting, tally: Tally) -> None:
        source, item = read.source, read.arrived.item
        work.documents.put(read.content, self._clock())
        work.failures.clear(source.id, item.key)
        work.quarantine.clear(source.id, item.key)
        if read.notes:
            note = IndexingFailure(PARTLY_READ, " ".join(read.notes))
            self._record(work, source, item, note)
            tally.notes.append(Trouble(source, item.key, str(note)))
        work.commit()
        tally.count(source, read.arrived)
        tally.add(passages=len(read.content.passages))

    def _record(self, work: UnitOfWork, source: Source, item: Item, failure: IndexingFailure) -> None:
        record = FailureRecord(
            source.id, item.key, failure.code, str(failure), retriable=failure.retriable, failed_at=self._clock()
        )
        work.failures.record(record, failure_mark(RULES, item.revision))

    def _retire(self, source: Source, gone: Gone) -> None:
        with self._uow() as work:
            if gone.state is not None and source.kind is SourceKind.CURATED:
                # Nobody's own words stay with earlier generations once they are taken back.
                work.documents.erase(gone.state.document)
            elif gone.state is not None:
                work.documents.retire(gone.state.document, self._clock())
            work.failures.clear(source.id, gone.key)
            work.quarantine.clear(source.id, gone.key)
            work.commit()


def _is_there(work: UnitOfWork, read: _Waiting) -> bool:
    """Whether what was read is not somebody's answer which they took back after the run had listed it."""
    return read.source.kind is not SourceKind.CURATED or is_given(work, read.source, read.arrived.item.key)
