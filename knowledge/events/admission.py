"""Who may say what about an occurrence, and how what they said stands."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from knowledge.errors import NotFoundError, SolmuError
from knowledge.events.scenes import Held, held_of
from knowledge.model import (
    NEVER,
    Announcement,
    AnnouncementState,
    Attendance,
    Audience,
    Event,
    MemberId,
    Occurrence,
    OccurrenceId,
    SignUp,
)
from knowledge.ports import UnitOfWork

REPLIES = frozenset({Attendance.GOING, Attendance.MAYBE, Attendance.NOT_GOING})
"""What people say themselves; whether that is a seat or a place on the list is found out."""


class Refusal(enum.StrEnum):
    """Why somebody cannot sign up, or not any more."""

    GONE = "gone"
    HIDDEN = "hidden"
    CANCELLED = "cancelled"
    BEGUN = "begun"
    CLOSED = "closed"
    PRIVATE = "private"
    PATIENT = "patient"


class SignUpRefusedError(SolmuError):
    """Something cannot be said about an occurrence, and nothing was changed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"This cannot be said about the event: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody, and the widest audience that they belong to at this moment."""

    person: MemberId
    audience: Audience


@dataclass(frozen=True, slots=True)
class Table:
    """An occurrence with its event and announcement, as they are in this transaction."""

    announcement: Announcement
    event: Event
    occurrence: Occurrence

    @property
    def is_held(self) -> bool:
        """Whether it takes place, as far as is known."""
        return self.announcement.state is AnnouncementState.PUBLISHED and not self.occurrence.is_cancelled

    def is_seen_by(self, visitor: Visitor) -> bool:
        """Whether it is meant for them."""
        return self.announcement.is_out and self.announcement.audience in visitor.audience.readable


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, and where that puts them. `place` counts from 1 on the waitlist, 0 for who is not on it.

    The number of `sign_up` is 0 where nothing was said.
    """

    table: Table
    held: Held
    sign_up: SignUp
    place: int

    @property
    def is_anything(self) -> bool:
        """Whether anything was said."""
        return self.sign_up.number > 0


def table_of(work: UnitOfWork, occurrence: OccurrenceId) -> Table:
    """As it is; raises SignUpRefusedError where it is gone."""
    with _gone_where_missing():
        found = work.events.occurrence(occurrence)
        return Table(work.announcements.get(found.event), work.events.get(found.event), found)


def locked_table(work: UnitOfWork, occurrence: OccurrenceId) -> Table:
    """As `table_of`, and nobody else changes any of it before this transaction ends."""
    with _gone_where_missing():
        event = work.events.occurrence(occurrence).event
        # The announcement first, as whoever edits it does: two who wait for each other would wait forever.
        announcement = work.announcements.lock(event)
        return Table(announcement, work.events.get(event), work.events.lock_occurrence(occurrence))


def check(table: Table, before: SignUp, reply: Attendance, visitor: Visitor, now: datetime) -> None:
    """Raise SignUpRefusedError where this cannot be said. One may always stay at home, and take an offer up."""
    is_known = before.number > 0
    if not table.announcement.is_out:
        raise SignUpRefusedError(Refusal.GONE)
    if not table.is_seen_by(visitor) and not (is_known and reply is Attendance.NOT_GOING):
        raise SignUpRefusedError(Refusal.HIDDEN)
    if not table.is_held:
        raise SignUpRefusedError(Refusal.CANCELLED)
    if table.occurrence.starts_at <= now:
        raise SignUpRefusedError(Refusal.BEGUN)
    is_settled = is_known and (reply is Attendance.NOT_GOING or after(before, reply) is before.attendance)
    takes_up = before.attendance is Attendance.OFFERED and reply is Attendance.GOING
    if not (is_settled or takes_up) and not held_of(table.event, table.occurrence, {}).is_open(now):
        raise SignUpRefusedError(Refusal.CLOSED)


def after(before: SignUp, reply: Attendance) -> Attendance:
    """What a reply makes of what was said before: who waits already goes on waiting."""
    if reply is Attendance.GOING and before.number and before.attendance is Attendance.WAITING:
        return Attendance.WAITING
    return reply


def unsaid(occurrence: OccurrenceId, person: MemberId, now: datetime) -> SignUp:
    """What stands for somebody who said nothing."""
    return SignUp(occurrence, person, Attendance.NOT_GOING, 0, now, NEVER)


def standing(work: UnitOfWork, table: Table, sign_up: SignUp) -> Said:
    """What was said, among what the others said."""
    counts: Mapping[Attendance, int] = work.sign_ups.counts([table.occurrence.id]).get(table.occurrence.id, {})
    waits = sign_up.attendance is Attendance.WAITING
    place = work.sign_ups.waiting_before(table.occurrence.id, sign_up.number) + 1 if waits else 0
    return Said(table, held_of(table.event, table.occurrence, counts), sign_up, place)


@contextmanager
def _gone_where_missing() -> Iterator[None]:
    try:
        yield
    except NotFoundError as error:
        raise SignUpRefusedError(Refusal.GONE) from error
