"""Private messages to be sent, and when people want them, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from knowledge.model import NEVER, Letter, LetterKind, MemberId, ReminderWishes
from knowledge.store.chunks import chunks
from knowledge.store.event_tables import LetterRow, ReminderWishesRow
from knowledge.store.upserting import insert_once, upsert

_UNSENT = LetterRow.sent_at == NEVER


class SqlLetters:
    """See `knowledge.ports.LetterRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, letter: Letter) -> bool:
        """Write down; false where it was written before, which stays as it is."""
        return insert_once(self._session, LetterRow, asdict(letter) | {"kind": letter.kind.value})

    def put(self, letter: Letter) -> None:
        """Store how far sending has come."""
        upsert(self._session, LetterRow, asdict(letter) | {"kind": letter.kind.value})

    def due(self, now: datetime, limit: int) -> Sequence[Letter]:
        """Unsent ones whose time has come, the one that waits longest first."""
        found = select(LetterRow).where(_UNSENT, LetterRow.due_at <= now)
        return self._many(found.order_by(LetterRow.due_at, LetterRow.id).limit(limit))

    def drop(self, subject: str, kinds: Collection[LetterKind]) -> None:
        """Forget unsent ones about a subject."""
        named = LetterRow.kind.in_([kind.value for kind in kinds])
        self._session.execute(delete(LetterRow).where(LetterRow.subject == subject, named, _UNSENT))

    def of(self, person: MemberId) -> Sequence[Letter]:
        """All to somebody, sent or not, in the order of their time."""
        return self._many(select(LetterRow).where(LetterRow.to == person).order_by(LetterRow.due_at, LetterRow.id))

    def forget(self, before: datetime) -> None:
        """Erase what was sent before this moment."""
        self._session.execute(delete(LetterRow).where(LetterRow.sent_at < before))

    def put_wishes(self, wishes: ReminderWishes) -> None:
        """Store, or replace the person's wishes."""
        times = {"quiet_from": wishes.quiet_from.isoformat(), "quiet_until": wishes.quiet_until.isoformat()}
        upsert(self._session, ReminderWishesRow, asdict(wishes) | times | {"minutes": list(wishes.minutes)})

    def wishes(self, person: MemberId) -> ReminderWishes:
        """When somebody wants to be reminded; the usual where they said nothing."""
        return self.wishes_of([person])[person]

    def wishes_of(self, people: Collection[MemberId]) -> Mapping[MemberId, ReminderWishes]:
        """The same of each of them."""
        wishes = {person: ReminderWishes(person, (), is_own=False) for person in people}
        for chunk in chunks(sorted(wishes)):
            found = select(ReminderWishesRow).where(ReminderWishesRow.person.in_(chunk))
            for row in self._session.scalars(found.execution_options(populate_existing=True)):
                person = MemberId(row.person)
                quiet = time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until)
                wishes[person] = ReminderWishes(person, tuple(row.minutes), row.is_own, *quiet)
        return wishes

    def _many(self, found: Select[LetterRow]) -> Sequence[Letter]:
        rows = self._session.scalars(found.execution_options(populate_existing=True))
        return [
            Letter(
                row.id,
                MemberId(row.to),
                LetterKind(row.kind),
                row.subject,
                row.details,
                row.due_at,
                row.tries,
                row.tried_at,
                row.sent_at,
            )
            for row in rows
        ]
