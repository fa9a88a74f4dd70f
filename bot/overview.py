"""What is indexed, what the indexer does, and what it could not read."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.status import Shelf
from knowledge.errors import IndexMissingError
from knowledge.model import Audience, FailureRecord, IndexRun
from knowledge.ports import IndexShelf, UnitOfWorkFactory


class Overview:
    """Reads the state of things anew at every call."""

    def __init__(self, uow: UnitOfWorkFactory, shelf: IndexShelf) -> None:
        self._uow = uow
        self._shelf = shelf

    def shelf(self, audience: Audience = Audience.COORDINATORS) -> Shelf:
        """How much of what an audience may read is indexed, and since when."""
        with self._uow.reading() as work:
            counts = work.documents.counts(audience.readable)
        try:
            return Shelf(counts, self._shelf.current().manifest.built_at)
        except IndexMissingError:
            return Shelf(counts, None)

    def last_run(self) -> IndexRun | None:
        """The run asked for last."""
        with self._uow.reading() as work:
            return work.runs.latest()

    def failures(self) -> Sequence[FailureRecord]:
        """What could not be read."""
        with self._uow.reading() as work:
            return work.failures.all()
