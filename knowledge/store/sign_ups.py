"""Who comes to what, and what they thought of it, in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from knowledge.model import Attendance, Feedback, MemberId, OccurrenceId, SignUp
from knowledge.store.chunks import chunks
from knowledge.store.event_tables import FeedbackRow, FeedRow, LetterRow, ReminderWishesRow, SignUpRow
from knowledge.store.upserting import upsert


class SqlSignUps:
    """See `knowledge.ports.SignUpRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, sign_up: SignUp) -> None:
        """Store, or replace what the person said before."""
        upsert(self._session, SignUpRow, asdict(sign_up) | {"attendance": sign_up.attendance.value})

    def find(self, occurrence: OccurrenceId, person: MemberId) -> SignUp | None:
        """What somebody said, if anything."""
        found = select(SignUpRow).where(SignUpRow.occurrence == occurrence, SignUpRow.person == person)
        return next(iter(self._many(found)), None)

    def of(self, occurrence: OccurrenceId) -> Sequence[SignUp]:
        """By number."""
        return self._many(select(SignUpRow).where(SignUpRow.occurrence == occurrence).order_by(SignUpRow.number))

    def counts(self, occurrences: Collection[OccurrenceId]) -> Mapping[OccurrenceId, Mapping[Attendance, int]]:
        """How many said what, for each occurrence that anybody said something about."""
        counted: dict[OccurrenceId, dict[Attendance, int]] = defaultdict(dict)
        columns = SignUpRow.occurrence, SignUpRow.attendance
        for chunk in chunks(sorted(set(occurrences))):
            found = select(*columns, func.count()).where(SignUpRow.occurrence.in_(chunk)).group_by(*columns)
            for occurrence, attendance, number in self._session.execute(found):
                counted[OccurrenceId(occurrence)][Attendance(attendance)] = number
        return dict(counted)

    def said(self, start: datetime, end: datetime) -> Mapping[Attendance, int]:
        """How many last said what at or after `start` and before `end`, of whatever event."""
        within = (SignUpRow.since >= start) & (SignUpRow.since < end)
        found = select(SignUpRow.attendance, func.count()).where(within).group_by(SignUpRow.attendance)
        return {Attendance(attendance): number for attendance, number in self._session.execute(found)}

    def by(self, person: MemberId) -> Sequence[SignUp]:
        """What somebody said, the latest word first."""
        return self._many(select(SignUpRow).where(SignUpRow.person == person).order_by(SignUpRow.since.desc()))

    def next_number(self, occurrence: OccurrenceId) -> int:
        """One more than any so far; with the occurrence locked, nobody else's."""
        highest = select(func.max(SignUpRow.number)).where(SignUpRow.occurrence == occurrence)
        return (self._session.scalars(highest).one() or 0) + 1

    def waiting_before(self, occurrence: OccurrenceId, number: int) -> int:
        """How many wait whose number is smaller."""
        waits = (SignUpRow.occurrence == occurrence) & (SignUpRow.attendance == Attendance.WAITING.value)
        return self._session.scalars(select(func.count()).where(waits, SignUpRow.number < number)).one()

    def offers_over(self, now: datetime) -> Sequence[SignUp]:
        """Offers that have run out by now."""
        is_over = (SignUpRow.attendance == Attendance.OFFERED.value) & (SignUpRow.offered_until <= now)
        return self._many(select(SignUpRow).where(is_over).order_by(SignUpRow.offered_until, SignUpRow.number))

    def rate(self, feedback: Feedback) -> None:
        """Store, or replace what the person thought before."""
        upsert(self._session, FeedbackRow, asdict(feedback))

    def ratings(self, occurrence: OccurrenceId) -> Sequence[Feedback]:
        """What people thought, the earliest first."""
        found = select(FeedbackRow).where(FeedbackRow.occurrence == occurrence)
        rows = self._session.scalars(found.order_by(FeedbackRow.at, FeedbackRow.person))
        return [Feedback(occurrence, MemberId(row.person), row.rating, row.words, row.at) for row in rows]

    def forget(self, person: MemberId) -> None:
        """Erase all that somebody said and thought, their letters, feeds and wishes."""
        for column in (
            SignUpRow.person,
            FeedbackRow.person,
            LetterRow.to,
            FeedRow.owner,
            ReminderWishesRow.person,
        ):
            self._session.execute(delete(column.class_).where(column == person))

    def _many(self, found: Select[SignUpRow]) -> Sequence[SignUp]:
        rows = self._session.scalars(found.execution_options(populate_existing=True))
        return [
            SignUp(
                OccurrenceId(row.occurrence),
                MemberId(row.person),
                Attendance(row.attendance),
                row.number,
                row.since,
                row.offered_until,
                row.answer,
                row.is_visible,
                row.wants_to_meet,
            )
            for row in rows
        ]
