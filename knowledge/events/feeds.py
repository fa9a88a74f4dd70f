"""Calendar feeds: whoever knows a secret address reads what its owner may see now, until the owner revokes it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from knowledge.events.calendar_series import Entry
from knowledge.events.calendars import Part, feed
from knowledge.events.texts import TEXTS
from knowledge.model import (
    AnnouncementKind,
    AnnouncementState,
    Attendance,
    Audience,
    Feed,
    FeedScope,
    Language,
    MemberId,
    OccurrenceId,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

LOOKING_BACK = timedelta(days=90)
"""How long what is over stays in a feed."""
TOKEN_BYTES = 32
_COMES = frozenset({Attendance.GOING, Attendance.MAYBE})


class Feeds:
    """What people do with their feeds, and what programs read from them.

    `audience_of` tells what somebody may see now, and may raise; `language_of` in which language.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        audience_of: Callable[[MemberId], Audience],
        language_of: Callable[[MemberId], Language],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._audience_of = audience_of
        self._language_of = language_of

    def make(self, owner: MemberId, scope: FeedScope, topic: str = "") -> str:
        """The secret of a new feed, which is kept nowhere; the one that its owner had of the same is revoked."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        made = Feed(_hash(token), owner, scope, topic if scope is FeedScope.TOPIC else "", self._clock())
        with self._uow() as work:
            for each in work.feeds.of(owner):
                if (each.scope, _key(each.topic)) == (made.scope, _key(made.topic)):
                    work.feeds.remove(each.token_hash)
            work.feeds.put(made)
            work.commit()
        return token

    def revoke(self, owner: MemberId, token_hash: str) -> None:
        """End a feed, if it is the owner's."""
        with self._uow() as work:
            if any(each.token_hash == token_hash for each in work.feeds.of(owner)):
                work.feeds.remove(token_hash)
            work.commit()

    def of(self, owner: MemberId) -> Sequence[Feed]:
        """Somebody's feeds, the oldest first."""
        with self._uow.reading() as work:
            return work.feeds.of(owner)

    def topics(self, person: MemberId) -> Sequence[str]:
        """The topics of events that somebody may see now, by name."""
        entries = self._entries(person)
        named = {_key(topic): topic.strip() for entry in entries for topic in entry.announcement.topics}
        return [named[key] for key in sorted(named)]

    def read(self, token: str) -> bytes | None:
        """The calendar behind a secret, or nothing where there is none; raises what `audience_of` raises."""
        with self._uow.reading() as work:
            found = work.feeds.find(_hash(token))
        return None if found is None else self._calendar(found)

    def _calendar(self, found: Feed) -> bytes:
        language = self._language_of(found.owner)
        name = TEXTS.get(f"calendar.feed.{found.scope.value}", language, topic=found.topic)
        entries = self._entries(found.owner)
        if found.scope is FeedScope.OWN:
            return feed(name, self._own(found.owner, entries), language)
        topic = _key(found.topic)
        shown = [each for each in entries if not topic or topic in map(_key, each.announcement.topics)]
        return feed(name, [Part(each) for each in shown], language)

    def _own(self, owner: MemberId, entries: Sequence[Entry]) -> list[Part]:
        with self._uow.reading() as work:
            said = {each.occurrence: each.attendance for each in work.sign_ups.by(owner) if each.attendance in _COMES}
        parts = (_part(each, said) for each in entries)
        return [part for part in parts if part.only]

    def _entries(self, person: MemberId) -> list[Entry]:
        # Asked before the transaction: it may be Slack that knows.
        readable = self._audience_of(person).readable
        with self._uow.reading() as work:
            return _entries(work, readable, self._clock() - LOOKING_BACK)


def _entries(work: UnitOfWork, readable: frozenset[Audience], since: datetime) -> list[Entry]:
    out = [
        each
        for each in work.announcements.within([AnnouncementState.PUBLISHED])
        if each.kind is AnnouncementKind.EVENT and each.audience in readable
    ]
    names = [each.id for each in out]
    events, occurrences = work.events.have(names), work.events.occurrences_of(names)
    made = (Entry(each, events[each.id], tuple(occurrences[each.id])) for each in out if each.id in occurrences)
    return [entry for entry in made if any(each.ends_at > since for each in entry.occurrences)]


def _part(entry: Entry, said: dict[OccurrenceId, Attendance]) -> Part:
    comes = tuple(each for each in entry.held if each.id in said)
    return Part(entry, comes, tuple(each for each in comes if said[each.id] is Attendance.MAYBE))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(topic: str) -> str:
    return " ".join(topic.split()).casefold()
