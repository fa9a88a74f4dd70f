"""One transaction over all repositories, and the store that hands them out."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.store.announcements import SqlAnnouncements
from knowledge.store.audit import SqlAudit
from knowledge.store.care import SqlCare
from knowledge.store.channels import SqlLanguages, SqlManners, SqlTurns
from knowledge.store.conversations import SqlConversations
from knowledge.store.documents import SqlDocuments
from knowledge.store.engine import at_one_moment, open_engine
from knowledge.store.events import SqlEvents
from knowledge.store.failures import SqlFailures
from knowledge.store.feeds import SqlFeeds
from knowledge.store.inquiries import SqlInquiries
from knowledge.store.installations import SqlInstallations
from knowledge.store.introductions import SqlIntroductions
from knowledge.store.leases import SqlLeases
from knowledge.store.letters import SqlLetters
from knowledge.store.members import SqlMembers
from knowledge.store.migrate import migrate
from knowledge.store.organisations import SqlOrganisations
from knowledge.store.personal import SqlPersonal
from knowledge.store.quarantine import SqlQuarantine
from knowledge.store.questions import SqlQuestions
from knowledge.store.ratings import SqlRatings
from knowledge.store.replacements import SqlReplacements
from knowledge.store.runs import SqlRuns
from knowledge.store.sign_ups import SqlSignUps
from knowledge.store.sources import SqlSources
from knowledge.store.tables import MetaRow
from knowledge.store.tallies import SqlTallies
from knowledge.store.vectors import SqlVectors


class SqlUnitOfWork:
    """A session and its repositories; see `knowledge.ports.UnitOfWork`."""

    def __init__(self, engine: Engine) -> None:
        self._session = Session(engine, expire_on_commit=False)
        self.sources = SqlSources(self._session)
        self.documents = SqlDocuments(self._session)
        self.vectors = SqlVectors(self._session)
        self.failures = SqlFailures(self._session)
        self.runs = SqlRuns(self._session)
        self.questions = SqlQuestions(self._session)
        self.ratings = SqlRatings(self._session)
        self.inquiries = SqlInquiries(self._session)
        self.organisations = SqlOrganisations(self._session)
        self.members = SqlMembers(self._session)
        self.introductions = SqlIntroductions(self._session)
        self.announcements = SqlAnnouncements(self._session)
        self.events = SqlEvents(self._session)
        self.sign_ups = SqlSignUps(self._session)
        self.feeds = SqlFeeds(self._session)
        self.letters = SqlLetters(self._session)
        self.leases = SqlLeases(self._session)
        self.conversations = SqlConversations(self._session)
        self.quarantine = SqlQuarantine(self._session)
        self.personal = SqlPersonal(self._session)
        self.manners = SqlManners(self._session)
        self.turns = SqlTurns(self._session)
        self.languages = SqlLanguages(self._session)
        self.installations = SqlInstallations(self._session)
        self.care = SqlCare(self._session)
        self.replacements = SqlReplacements(self._session)
        self.audit = SqlAudit(self._session)
        self.tallies = SqlTallies(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Keep what was done since the last commit."""
        self._session.commit()

    def revision(self) -> int:
        """How often the searchable content has changed."""
        return self._session.scalars(select(MetaRow.revision)).one()


class Store:
    """A migrated database; calling it begins a unit of work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing, self._reading = engine.execution_options(writes=True), at_one_moment(engine)

    def __call__(self) -> SqlUnitOfWork:
        """A unit of work that may write; on SQLite writers wait for each other."""
        return SqlUnitOfWork(self._writing)

    def reading(self) -> SqlUnitOfWork:
        """A unit of work that only reads, all of it as it was at one moment."""
        return SqlUnitOfWork(self._reading)

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Open and migrate the database; raises StoreError, NewerDatabaseError where it was migrated by a newer Solmu."""
    engine = open_engine(url)
    migrate(engine)
    return Store(engine)
