"""Web pages that people come across: coordinators and admins make sources of them, others suggest them to admins."""

from __future__ import annotations

import enum
import hashlib
import secrets
from collections.abc import Collection

from knowledge.members.profiles import NotAllowedError
from knowledge.model import Audience, Letter, LetterKind, MemberId, Source, SourceKind
from knowledge.ports import Clock, UnitOfWorkFactory


class Outcome(enum.StrEnum):
    """What came of it."""

    ADDED = "added"
    KNOWN = "known"
    SUGGESTED = "suggested"


class Suggestions:
    """Takes pages in. `staff` may add them, `readers` are told what others suggest."""

    def __init__(
        self, uow: UnitOfWorkFactory, clock: Clock, staff: frozenset[MemberId], readers: Collection[MemberId]
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._staff = staff
        self._readers = sorted(readers)

    def may_add(self, by: MemberId) -> bool:
        """Whether they look after the sources."""
        return by in self._staff

    def add(self, url: str, audience: Audience, by: MemberId) -> Outcome:
        """Make a source of the page and ask for an indexing run; raises NotAllowedError. A known one stays as it is."""
        if not self.may_add(by):
            message = f"{by} may not add sources."
            raise NotAllowedError(message)
        with self._uow() as work:
            if work.sources.find(url) is not None:
                return Outcome.KNOWN
            work.sources.add(Source(work.sources.next_id(), SourceKind.WEB, url, audience, self._clock()))
            work.runs.request(secrets.token_hex(8), by, self._clock())
            work.letters.drop(_subject(url), [LetterKind.SUGGESTED])
            work.commit()
        return Outcome.ADDED

    def suggest(self, url: str) -> Outcome:
        """Write to the readers about the page, once however often it is suggested, and not by whom."""
        with self._uow() as work:
            if work.sources.find(url) is not None:
                return Outcome.KNOWN
            subject, now = _subject(url), self._clock()
            for reader in self._readers:
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
