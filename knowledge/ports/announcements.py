"""Where announcements, their copies and the letters about them are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementState,
    ChannelId,
    ChannelRule,
    Copy,
    Letter,
    LetterKind,
    MemberId,
    ReminderWishes,
)


class AnnouncementRepository(Protocol):
    """Announcements, where their copies stand, and what channels ask of them."""

    def put(self, announcement: Announcement) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def get(self, announcement: AnnouncementId) -> Announcement:
        """Raise NotFoundError where there is none."""
        ...

    def lock(self, announcement: AnnouncementId) -> Announcement:
        """As `get`, and nobody else changes it before this transaction ends."""
        ...

    def remove(self, announcement: AnnouncementId) -> None:
        """Erase it with its event, sign-ups and copies."""
        ...

    def touch(self, announcement: AnnouncementId) -> None:
        """Raise its revision: what its copies show has changed."""
        ...

    def within(self, states: Collection[AnnouncementState]) -> Sequence[Announcement]:
        """Those in any of these states, the newest first."""
        ...

    def unshown(self) -> Sequence[AnnouncementId]:
        """Those that are out and whose copies have not all been brought to their revision, the oldest first."""
        ...

    def mark_shown(self, announcement: AnnouncementId, revision: int) -> None:
        """Keep in mind that every copy shows this revision."""
        ...

    def put_copy(self, copy: Copy) -> None:
        """Store, or replace the copy in the same channel."""
        ...

    def copies(self, announcement: AnnouncementId) -> Sequence[Copy]:
        """By channel."""
        ...

    def remove_copy(self, announcement: AnnouncementId, channel: ChannelId) -> None:
        """Forget that it stands there."""
        ...

    def put_rule(self, rule: ChannelRule) -> None:
        """Store, or replace the channel's rule."""
        ...

    def rules(self) -> Sequence[ChannelRule]:
        """Every rule that has been set."""
        ...


class LetterRepository(Protocol):
    """Private messages that are to be sent, each once."""

    def add(self, letter: Letter) -> bool:
        """Write down; false where it was written before, which stays as it is."""
        ...

    def put(self, letter: Letter) -> None:
        """Store how far sending has come."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[Letter]:
        """Unsent ones whose time has come, the one that waits longest first."""
        ...

    def drop(self, subject: str, kinds: Collection[LetterKind]) -> None:
        """Forget unsent ones about a subject."""
        ...

    def of(self, person: MemberId) -> Sequence[Letter]:
        """All to somebody, sent or not, in the order of their time."""
        ...

    def forget(self, before: datetime) -> None:
        """Erase what was sent before this moment."""
        ...

    def put_wishes(self, wishes: ReminderWishes) -> None:
        """Store, or replace the person's wishes."""
        ...

    def wishes(self, person: MemberId) -> ReminderWishes:
        """When somebody wants to be reminded; the usual where they said nothing."""
        ...

    def wishes_of(self, people: Collection[MemberId]) -> Mapping[MemberId, ReminderWishes]:
        """The same of each of them."""
        ...


@dataclass(frozen=True, slots=True)
class Lease:
    """Whose turn a work is, and until when its holder said it would be."""

    name: str
    holder: str
    until: datetime


class LeaseRepository(Protocol):
    """Work that one process does at a time."""

    def take(self, lease: Lease) -> bool:
        """Take it where nobody has it, or extend one's own; false where another has it, however long ago it ended."""
        ...

    def give_back(self, name: str, holder: str) -> None:
        """End the holder's lease."""
        ...

    def put(self, lease: Lease) -> None:
        """Store, or replace what is stored under the same name, whoever holds it."""
        ...

    def extend(self, lease: Lease) -> bool:
        """Store a later end; false where it is not this holder's any more."""
        ...

    def end(self, lease: Lease) -> bool:
        """End exactly this lease; false where it was extended or ended meanwhile."""
        ...

    def named(self, beginning: str) -> Sequence[Lease]:
        """All whose names begin so, in the order of their names."""
        ...
