"""Web pages that people come across: coordinators and admins make sources of them, others suggest them to admins."""

from __future__ import annotations

import enum
import hashlib
import secrets

from knowledge.model import Act, Audience, AuditEntry, Letter, LetterKind, MemberId, Source, SourceKind
from knowledge.ports import Clock, Roles, UnitOfWorkFactory
from knowledge.roles import admit_staff


class Outcome(enum.StrEnum):
    """What came of it."""

    ADDED = "added"
    KNOWN = "known"
    SUGGESTED = "suggested"


class Suggestions:
    """Takes pages in. Staff add them; admins, or coordinators where there are none, hear what others suggest."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles

    def may_add(self, by: MemberId) -> bool:
        """Whether they look after the sources; raises RolesUnknownError."""
        return self._roles.is_staff(by)

    def offers_adding(self, by: MemberId) -> bool:
        """Whether a window shows them what those who look after the sources may do."""
        return self._roles.sees_as_staff(by)

    def add(self, url: str, audience: Audience, by: MemberId) -> Outcome:
        """Make a source of the page and ask for an indexing run. A known one stays as it is.

        Raises NotAllowedError and RolesUnknownError.
        """
        admit_staff(self._roles, by)
        with self._uow() as work:
            if work.sources.find(url) is not None:
                return Outcome.KNOWN
            name = work.sources.next_id()
            work.sources.add(Source(name, SourceKind.WEB, url, audience, self._clock()))
            work.audit.add(AuditEntry(self._clock(), by, Act.SOURCE_ADD, f"source:{name}"))
            work.runs.request(secrets.token_hex(8), by, self._clock())
            work.letters.drop(_subject(url), [LetterKind.SUGGESTED])
            work.commit()
        return Outcome.ADDED

    def suggest(self, url: str) -> Outcome:
        """Write to the readers about the page, once however often it is suggested, and not by whom."""
        readers = sorted(self._roles.admins() or self._roles.staff())
        with self._uow() as work:
            if work.sources.find(url) is not None:
                return Outcome.KNOWN
            subject, now = _subject(url), self._clock()
            for reader in readers:
                name = f"suggested:{subject}:{reader}"
                work.letters.add(Letter(name, reader, LetterKind.SUGGESTED, subject, {"url": url}, now))
            work.commit()
        return Outcome.SUGGESTED

    def is_source(self, url: str) -> bool:
        """Whether the page is one already."""
        with self._uow.reading() as work:
            return work.sources.find(url) is not None


def _subject(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:32]
