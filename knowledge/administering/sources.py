"""Sources as admins look after them: how each fares, who may see it, when it is read, and that it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.administering.acting import Acting
from knowledge.administering.schedules import next_time, read_timetable
from knowledge.administering.uploads import FileShelf
from knowledge.errors import IndexMissingError, NotFoundError
from knowledge.model import (
    OFF,
    Act,
    Audience,
    FailureRecord,
    GenerationId,
    IndexRun,
    MemberId,
    QuarantinedDocument,
    Source,
    SourceCare,
    SourceId,
    SourceKind,
)
from knowledge.ports import IndexShelf, UnitOfWork
from knowledge.quarantine import release, released_subject

EVERYTHING = "all"
MADE_BY_SOLMU = frozenset({SourceKind.EVENTS, SourceKind.CURATED})
"""Kinds that come from what people do here: they can be neither removed nor given another audience."""


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source with how much is in it, what of it could not be read, and how it fares."""

    source: Source
    documents: int
    failures: tuple[FailureRecord, ...]
    care: SourceCare
    quarantined: tuple[QuarantinedDocument, ...] = ()

    @property
    def is_managed(self) -> bool:
        """Whether an admin may change who sees it, and remove it."""
        return self.source.kind not in MADE_BY_SOLMU


@dataclass(frozen=True, slots=True)
class KeptGeneration:
    """An index generation on the shelf."""

    id: GenerationId
    built_at: datetime
    passages: int
    size: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class SourcesOverview:
    """Everything at a glance. `indexer_seen` is None where no indexer ever gave a sign of life."""

    cards: tuple[SourceCard, ...]
    passages: int
    size: int
    generations: tuple[KeptGeneration, ...]
    last_run: IndexRun | None
    indexer_seen: datetime | None


class SourceDesk:
    """Admins' hands on the sources; every act raises NotAllowedError for others."""

    def __init__(
        self, acting: Acting, shelf: IndexShelf, size_of: Callable[[GenerationId], int], files: FileShelf
    ) -> None:
        self._acting = acting
        self._shelf = shelf
        self._size_of = size_of
        self._files = files

    def check(self, by: MemberId) -> None:
        """Raise NotAllowedError for others, before they are shown a form."""
        self._acting.refuse_others(by)

    def check_adding(self, by: MemberId) -> None:
        """The same once they have handed something over; that they tried is kept."""
        self._acting.admit(by, Act.SOURCE_ADD)

    def overview(self, by: MemberId) -> SourcesOverview:
        """How everything fares."""
        generations = self.generations(by)
        with self._acting.look(by) as work:
            return SourcesOverview(
                tuple(_cards(work)),
                work.documents.counts()["passages"],
                sum(each.size for each in generations),
                generations,
                work.runs.latest(),
                work.care.last_seen(),
            )

    def card(self, source: SourceId, by: MemberId) -> SourceCard:
        """How one source fares; raises NotFoundError."""
        with self._acting.look(by) as work:
            work.sources.get(source)
            return next(each for each in _cards(work) if each.source.id == source)

    def set_audience(self, source: SourceId, audience: Audience, by: MemberId) -> None:
        """Change who may see it, at once; raises NotFoundError."""
        subject = f"{source}:{audience.value}"
        self._acting.admit(by, Act.SOURCE_AUDIENCE, subject)
        if self.card(source, by).source.audience is audience:
            return
        with self._acting.act(by, Act.SOURCE_AUDIENCE, subject) as deed:
            _managed(deed.work, source)
            deed.work.sources.set_audience(source, audience)

    def set_schedule(self, source: SourceId, schedule: str, by: MemberId) -> None:
        """Have it read by a schedule; raises ScheduleRefusedError and NotFoundError."""
        subject = f"{source}:schedule"
        self._acting.admit(by, Act.SOURCE_CHANGE, subject)
        plain = str(read_timetable(schedule) or OFF)
        if self.card(source, by).care.schedule == plain:
            return
        due_at = next_time(plain, self._acting.clock())
        with self._acting.act(by, Act.SOURCE_CHANGE, subject) as deed:
            deed.work.sources.get(source)
            deed.work.care.schedule(source, plain, due_at)

    def remove(self, source: SourceId, by: MemberId) -> Source:
        """Erase it with everything read from it; raises NotFoundError. Its passages leave with the next generation."""
        with self._acting.act(by, Act.SOURCE_REMOVE, source) as deed:
            gone = _managed(deed.work, source)
            deed.work.sources.remove(source)
        self._files.remove(gone.location)
        return gone

    def release(self, source: SourceId, content_hash: str, by: MemberId) -> None:
        """Let in a document that was kept out by a false alarm, as it was then; raises NotFoundError."""
        with self._acting.act(by, Act.QUARANTINE_RELEASE) as deed:
            waiting = [each for each in deed.work.quarantine.all() if each.source == source]
            found = next((each for each in waiting if each.content_hash == content_hash), None)
            if found is None:
                message = f"Source {source} has no such document in quarantine."
                raise NotFoundError(message)
            release(deed.work, source, found.key, by, self._acting.clock())
            deed.subject = released_subject(found)

    def check_request(self, source: str, by: MemberId) -> None:
        """Before a run is asked for, of one source or, where none is named, of all; raises NotFoundError.

        The audit log learns of it where it is written down, and here of whoever may not.
        """
        self._acting.admit(by, Act.REINDEX, source or EVERYTHING)
        with self._acting.look(by) as work:
            if source:
                work.sources.get(SourceId(source))

    def generations(self, by: MemberId) -> tuple[KeptGeneration, ...]:
        """The generations on the shelf, newest first."""
        self._acting.refuse_others(by)
        try:
            current = self._shelf.current().manifest.generation
        except IndexMissingError:
            return ()
        return tuple(
            KeptGeneration(
                each.generation,
                each.built_at,
                each.passages,
                self._size_of(each.generation),
                each.generation == current,
            )
            for each in self._shelf.kept()
        )

    def roll_back(self, generation: GenerationId, by: MemberId) -> KeptGeneration:
        """Make an earlier generation current; raises NotFoundError and IndexDamagedError."""
        with self._acting.act(by, Act.ROLL_BACK, generation):
            self._shelf.roll_back(generation)
        return next(each for each in self.generations(by) if each.id == generation)


def _cards(work: UnitOfWork) -> Sequence[SourceCard]:
    documents, cares = work.documents.by_source(), work.care.all()
    failures: dict[SourceId, list[FailureRecord]] = defaultdict(list)
    for each in work.failures.all():
        failures[each.source].append(each)
    kept_out: dict[SourceId, list[QuarantinedDocument]] = defaultdict(list)
    for document in work.quarantine.all():
        kept_out[document.source].append(document)
    return [
        SourceCard(
            each,
            documents.get(each.id, 0),
            tuple(failures[each.id]),
            cares.get(each.id, SourceCare(each.id)),
            tuple(kept_out[each.id]),
        )
        for each in work.sources.all()
    ]


def _managed(work: UnitOfWork, source: SourceId) -> Source:
    found = work.sources.get(source)
    if found.kind in MADE_BY_SOLMU:
        message = f"Source {source} comes from what people do in Solmu and is not an admin's to change."
        raise NotFoundError(message)
    return found
