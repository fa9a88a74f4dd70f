"""Where events, their occurrences, who comes, and calendar feeds are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import (
    AnnouncementId,
    Attendance,
    Event,
    Feed,
    Feedback,
    MemberId,
    Occurrence,
    OccurrenceId,
    SignUp,
)


class EventRepository(Protocol):
    """Events and their occurrences; they go with their announcement."""

    def put(self, event: Event) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def get(self, event: AnnouncementId) -> Event:
        """Raise NotFoundError where there is none."""
        ...

    def have(self, events: Collection[AnnouncementId]) -> Mapping[AnnouncementId, Event]:
        """Those of them that there are."""
        ...

    def put_occurrence(self, occurrence: Occurrence) -> None:
        """Store, or replace what is stored under the same id."""
        ...

    def occurrence(self, occurrence: OccurrenceId) -> Occurrence:
        """Raise NotFoundError where there is none."""
        ...

    def lock_occurrence(self, occurrence: OccurrenceId) -> Occurrence:
        """As `occurrence`, and nobody else changes it or its sign-ups before this transaction ends."""
        ...

    def occurrences(self, event: AnnouncementId) -> Sequence[Occurrence]:
        """By start, cancelled ones too."""
        ...

    def occurrences_of(self, events: Collection[AnnouncementId]) -> Mapping[AnnouncementId, Sequence[Occurrence]]:
        """As `occurrences`, of many events at once; those without any are left out."""
        ...

    def remove_occurrence(self, occurrence: OccurrenceId) -> None:
        """Erase it with its sign-ups."""
        ...

    def between(self, start: datetime, end: datetime) -> Sequence[Occurrence]:
        """Those of published events that start at or after `start` and before `end`, not cancelled, by start."""
        ...

    def ended(self, after: datetime, until: datetime) -> Sequence[Occurrence]:
        """Those of published events that ended after the one moment and by the other, not cancelled, by end."""
        ...


class SignUpRepository(Protocol):
    """What people said about occurrences, before and after."""

    def put(self, sign_up: SignUp) -> None:
        """Store, or replace what the person said before."""
        ...

    def find(self, occurrence: OccurrenceId, person: MemberId) -> SignUp | None:
        """What somebody said, if anything."""
        ...

    def of(self, occurrence: OccurrenceId) -> Sequence[SignUp]:
        """By number."""
        ...

    def counts(self, occurrences: Collection[OccurrenceId]) -> Mapping[OccurrenceId, Mapping[Attendance, int]]:
        """How many said what, for each occurrence that anybody said something about."""
        ...

    def said(self, start: datetime, end: datetime) -> Mapping[Attendance, int]:
        """How many last said what at or after `start` and before `end`, of whatever event."""
        ...

    def by(self, person: MemberId) -> Sequence[SignUp]:
        """What somebody said, the latest word first."""
        ...

    def next_number(self, occurrence: OccurrenceId) -> int:
        """One more than any so far; with the occurrence locked, nobody else's."""
        ...

    def waiting_before(self, occurrence: OccurrenceId, number: int) -> int:
        """How many wait whose number is smaller."""
        ...

    def offers_over(self, now: datetime) -> Sequence[SignUp]:
        """Offers that have run out by now."""
        ...

    def rate(self, feedback: Feedback) -> None:
        """Store, or replace what the person thought before."""
        ...

    def ratings(self, occurrence: OccurrenceId) -> Sequence[Feedback]:
        """What people thought, the earliest first."""
        ...

    def forget(self, person: MemberId) -> None:
        """Erase all that somebody said and thought, their letters, feeds and wishes."""
        ...


class FeedRepository(Protocol):
    """Calendar feeds."""

    def put(self, feed: Feed) -> None:
        """Store a feed."""
        ...

    def find(self, token_hash: str) -> Feed | None:
        """The feed of this secret, if there is one."""
        ...

    def of(self, owner: MemberId) -> Sequence[Feed]:
        """Somebody's, the oldest first."""
        ...

    def remove(self, token_hash: str) -> None:
        """Revoke it."""
        ...
