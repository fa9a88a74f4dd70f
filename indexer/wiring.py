"""The indexer's composition root: the shared knowledge plus readers and sources, one process at a time."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from filelock import FileLock, Timeout

from indexer.pipeline import Pipeline
from indexer.reading.reader import Reader
from indexer.sources import open_source
from knowledge.errors import SolmuError
from knowledge.events.materials import sources_with_events
from knowledge.inquiries.shelving import add_sources
from knowledge.model import Source
from knowledge.publishing import Publisher
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge

LOCK = "indexer.lock"
EMBEDDING_THREADS = 2
"""Threads for embedding passages in bulk."""
MEGABYTE = 1024 * 1024


class IndexerBusyError(SolmuError):
    """Another process is indexing into the same data folder."""


@dataclass(frozen=True, slots=True)
class Indexer:
    """Everything an indexing command needs. `name` is what this machine's runs are claimed under."""

    knowledge: Knowledge
    publisher: Publisher
    pipeline: Pipeline
    name: str

    def sources(self) -> Sequence[Source]:
        """All that there are by now, the materials of events and people's answers among them."""
        with self.knowledge.store() as work:
            add_sources(work, self.knowledge.clock)
            found = sources_with_events(work, self.knowledge.clock)
            work.commit()
        return found


@contextmanager
def open_indexer(settings: Settings) -> Iterator[Indexer]:
    """An indexer over the settings' data folder; raises SolmuError. Leaving it ends the reading process."""
    knowledge = open_knowledge(settings, embedding_threads=EMBEDDING_THREADS)
    publisher = Publisher(knowledge.store, knowledge.shelf, knowledge.embedder)
    with Reader(
        seconds=settings.read_seconds,
        memory_mb=settings.read_memory_mb,
        max_bytes=settings.max_file_mb * MEGABYTE,
    ) as reader:
        pipeline = Pipeline(
            knowledge.store,
            publisher,
            reader,
            partial(open_source, settings=settings, uow=knowledge.store),
            knowledge.clock,
        )
        try:
            yield Indexer(knowledge, publisher, pipeline, platform.node())
        finally:
            knowledge.store.dispose()


@contextmanager
def alone(settings: Settings, patience: float) -> Iterator[None]:
    """Hold the data folder's lock, which dies with the process; raises IndexerBusyError after `patience` seconds."""
    lock = FileLock(settings.data_dir / LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        message = "Another indexer is at work in this data folder; `python -m indexer status` shows how far it is."
        raise IndexerBusyError(message) from error
    try:
        yield
    finally:
        lock.release()
