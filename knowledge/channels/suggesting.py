"""Web pages that people come across: admins make sources of them, others suggest them to admins."""

from __future__ import annotations

import enum
import hashlib
import secrets

from knowledge.administering.acting import Acting
from knowledge.administering.pages import KnownSourceError
from knowledge.model import Act, Audience, Letter, LetterKind, MemberId, Source, SourceId, SourceKind, user_of
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.roles import widest_audience


class Outcome(enum.StrEnum):
    """What came of it."""

    ADDED = "added"
    KNOWN = "known"
    SUGGESTED = "suggested"
    UNHEARD = "unheard"
    """Nobody is an admin in Slack, who could decide."""


class Suggestions:
    """Takes pages in. Admins add them, as every other source, and hear what others suggest."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles
        self._acting = Acting(uow, roles.is_admin, clock)

    def may_add(self, by: MemberId) -> bool:
        """Whether they look after the sources; raises RolesUnknownError."""
        return self._roles.is_admin(by)

    def offers_adding(self, by: MemberId) -> bool:
        """Whether a window shows them what those who look after the sources may do."""
        return self._roles.sees_as_admin(by)

    def add(self, url: str, audience: Audience, by: MemberId) -> Outcome:
        """Make a source of the page and ask for an indexing run. A known one stays as it is.

        Raises NotAllowedError and RolesUnknownError.
        """
        try:
            with self._acting.act(by, Act.SOURCE_ADD) as deed:
                name = self._take_in(deed.work, url, audience)
                deed.work.runs.request(secrets.token_hex(8), user_of(by), self._clock())
                deed.subject = f"source:{name}"
        except KnownSourceError:
            return Outcome.KNOWN
        return Outcome.ADDED

    def suggest(self, url: str, by: MemberId) -> Outcome:
        """Write to the admins about the page, once however often it is suggested, and not by whom.

        Of a source that they may not read nobody learns that it is there: nothing is written, and that is not told.
        """
        readers = sorted(self._roles.admins())
        with self._uow() as work:
            known = work.sources.find(url)
            if known is not None and self._may_read(known, by):
                return Outcome.KNOWN
            if not readers:
                return Outcome.UNHEARD
            if known is not None:
                return Outcome.SUGGESTED
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

    def is_known_to(self, url: str, person: MemberId) -> bool:
        """Whether the page is a source that somebody may read."""
        with self._uow.reading() as work:
            known = work.sources.find(url)
        return known is not None and self._may_read(known, person)

    def _may_read(self, source: Source, person: MemberId) -> bool:
        return source.audience in widest_audience(self._roles, person).readable

    def _take_in(self, work: UnitOfWork, url: str, audience: Audience) -> SourceId:
        known = work.sources.find(url)
        if known is not None:
            raise KnownSourceError(known)
        name = work.sources.next_id()
        work.sources.add(Source(name, SourceKind.WEB, url, audience, self._clock()))
        work.letters.drop(_subject(url), [LetterKind.SUGGESTED])
        return name


def _subject(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:32]
