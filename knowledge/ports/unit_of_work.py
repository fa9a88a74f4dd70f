"""One transaction over everything that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from knowledge.model import (
    AskedQuestion,
    FailureRecord,
    IndexRun,
    MemberId,
    QuestionId,
    RunCounts,
    RunReport,
    RunState,
    RunTask,
    SourceId,
)
from knowledge.ports.administration import CareRepository, ReplacementRepository
from knowledge.ports.announcements import AnnouncementRepository, LeaseRepository, LetterRepository
from knowledge.ports.audit import AuditRepository
from knowledge.ports.channels import LanguageRepository, MannersRepository, TurnRepository
from knowledge.ports.conversations import ConversationRepository
from knowledge.ports.documents import DocumentRepository, SourceRepository, VectorRepository
from knowledge.ports.events import EventRepository, FeedRepository, SignUpRepository
from knowledge.ports.inquiries import InquiryRepository, RatingRepository
from knowledge.ports.installations import InstallationRepository
from knowledge.ports.members import IntroductionRepository, MemberRepository, OrganisationRepository
from knowledge.ports.personal import PersonalRepository
from knowledge.ports.quarantine import QuarantineRepository
from knowledge.ports.tallies import TallyRepository


class FailureRepository(Protocol):
    """The documents that could not be read, with the reason."""

    def record(self, failure: FailureRecord, revision: str) -> None: ...
    def clear(self, source: SourceId, key: str) -> None: ...
    def of(self, source: SourceId) -> Mapping[str, tuple[FailureRecord, str]]:
        """Failures by key, each with the revision that failed."""
        ...

    def all(self) -> Sequence[FailureRecord]: ...


class RunRepository(Protocol):
    """Indexing runs: the queue between the one who asks and the indexer, and its progress."""

    def request(
        self, run_id: str, requested_by: str, now: datetime, task: RunTask = RunTask.SYNC, source: str = ""
    ) -> IndexRun:
        """Queue a run; returns the queued one instead where one for the same already waits."""
        ...

    def begin(self, run_id: str, requested_by: str, worker: str, now: datetime) -> IndexRun:
        """A run that its asker does itself. Only one indexer runs under a worker's name, so its others are over."""
        ...

    def claim(self, worker: str, now: datetime, stale_before: datetime) -> IndexRun | None:
        """Take the oldest queued run, or a running one of this worker's name or with an older heartbeat.

        Atomic between processes.
        """
        ...

    def beat(self, run_id: str, worker: str, now: datetime) -> bool:
        """A sign of life; false where the run is over, or another worker's by now."""
        ...

    def progress(self, run_id: str, phase: str, done: int, total: int, now: datetime) -> None: ...
    def finish(
        self,
        run_id: str,
        state: RunState,
        counts: RunCounts,
        message: str,
        now: datetime,
        report: RunReport = RunReport(),  # noqa: B008 - frozen
    ) -> None: ...
    def get(self, run_id: str) -> IndexRun:
        """Raise NotFoundError where there is none."""
        ...

    def latest(self) -> IndexRun | None: ...
    def done_since(self, since: datetime) -> Sequence[IndexRun]:
        """Those that ended well and were asked for since then, the oldest first."""
        ...


class QuestionRepository(Protocol):
    """The questions asked and how they ended."""

    def add(self, question: AskedQuestion) -> None:
        """Store; a second time with the same id changes nothing."""
        ...

    def get(self, question: QuestionId) -> AskedQuestion:
        """Raise NotFoundError where there is none."""
        ...

    def count(self) -> int: ...
    def erase_words(self, question: QuestionId) -> None:
        """Empty the text of a question that was deleted, and of its changes, whose ids begin with the same."""
        ...

    def asked_by(self, asker: MemberId) -> Sequence[AskedQuestion]:
        """What somebody asked, as they put it last, the newest first."""
        ...

    def unanswered(self, since: datetime, limit: int) -> Sequence[AskedQuestion]:
        """To what nothing was found since then, as it was put last, the newest first."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[AskedQuestion]:
        """Those asked at or after `start` and before `end`, the oldest first."""
        ...


class UnitOfWork(Protocol):
    """One transaction: leaving rolls back, only `commit` keeps."""

    @property
    def sources(self) -> SourceRepository: ...
    @property
    def documents(self) -> DocumentRepository: ...
    @property
    def vectors(self) -> VectorRepository: ...
    @property
    def failures(self) -> FailureRepository: ...
    @property
    def runs(self) -> RunRepository: ...
    @property
    def questions(self) -> QuestionRepository: ...
    @property
    def ratings(self) -> RatingRepository: ...
    @property
    def inquiries(self) -> InquiryRepository: ...
    @property
    def organisations(self) -> OrganisationRepository: ...
    @property
    def members(self) -> MemberRepository: ...
    @property
    def introductions(self) -> IntroductionRepository: ...
    @property
    def announcements(self) -> AnnouncementRepository: ...
    @property
    def events(self) -> EventRepository: ...
    @property
    def sign_ups(self) -> SignUpRepository: ...
    @property
    def feeds(self) -> FeedRepository: ...
    @property
    def letters(self) -> LetterRepository: ...
    @property
    def leases(self) -> LeaseRepository: ...
    @property
    def conversations(self) -> ConversationRepository: ...
    @property
    def tallies(self) -> TallyRepository: ...
    @property
    def manners(self) -> MannersRepository: ...
    @property
    def turns(self) -> TurnRepository: ...
    @property
    def languages(self) -> LanguageRepository: ...
    @property
    def installations(self) -> InstallationRepository: ...
    @property
    def quarantine(self) -> QuarantineRepository: ...
    @property
    def personal(self) -> PersonalRepository: ...
    @property
    def care(self) -> CareRepository: ...
    @property
    def replacements(self) -> ReplacementRepository: ...
    @property
    def audit(self) -> AuditRepository: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def commit(self) -> None: ...
    def revision(self) -> int:
        """How often the searchable content has changed; grows with every put, retire, audience change and removal."""
        ...


class UnitOfWorkFactory(Protocol):
    """A fresh transaction per use case."""

    def __call__(self) -> UnitOfWork:
        """One that may write; writers wait for each other."""
        ...

    def reading(self) -> UnitOfWork:
        """One that only reads, as it was at one moment: it waits for nobody and nobody waits for it."""
        ...
