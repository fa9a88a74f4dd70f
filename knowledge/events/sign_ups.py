"""Signing up: who comes, who waits, and what becomes of a seat that is not wanted any more.

Each method is one transaction, and may be repeated: said twice, it changes nothing the second time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.events.admission import (
    REPLIES,
    Refusal,
    Said,
    SignUpRefusedError,
    Table,
    Visitor,
    after,
    check,
    locked_table,
    standing,
    table_of,
    unsaid,
)
from knowledge.events.meetings import Hindrance, hindrance
from knowledge.events.seats import OFFER, end_offers, fill_seats, free_seats
from knowledge.model import HOLDS_A_SEAT, NEVER, Attendance, MemberId, OccurrenceId, SignUp
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import Personal, personal_data_in

LONGEST_ANSWER = 300


class SignUps:
    """What people say about occurrences. `offer` is how long a free seat is kept for whoever waits, at most."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, offer: timedelta = OFFER) -> None:
        self._uow = uow
        self._clock = clock
        self._offer = offer

    def say(self, occurrence: OccurrenceId, visitor: Visitor, reply: Attendance, answer: str | None = None) -> Said:
        """Going, maybe or not going; raises SignUpRefusedError. An `answer` replaces the one given before.

        Who says going gets a seat while there is one, else a place at the end of the waitlist.
        """
        if reply not in REPLIES:
            message = f"expected going, maybe or not going, got {reply}"
            raise ValueError(message)
        if answer and (found := personal_data_in(answer)):
            raise SignUpRefusedError(Refusal.PATIENT if found is Personal.PATIENT else Refusal.PRIVATE)
        with self._uow() as work:
            now = self._clock()
            table = locked_table(work, occurrence)
            is_changed = self._settle(work, table, now)
            before = work.sign_ups.find(occurrence, visitor.person) or unsaid(occurrence, visitor.person, now)
            check(table, before, reply, visitor, now)
            said = self._said(work, table, before, reply, now)
            if answer is not None:
                said = replace(said, answer=answer.strip()[:LONGEST_ANSWER])
            if said != before:
                work.sign_ups.put(said)
            if (said.attendance, said.number) != (before.attendance, before.number):
                is_changed = True
                if before.attendance in HOLDS_A_SEAT:
                    self._settle(work, table, now)
            if is_changed:
                work.announcements.touch(table.announcement.id)
            told = standing(work, table, said)
            work.commit()
        return told

    def standing(self, occurrence: OccurrenceId, visitor: Visitor) -> Said:
        """How what they said stands; raises SignUpRefusedError where it is gone or not for them."""
        with self._uow.reading() as work:
            table = table_of(work, occurrence)
            found = work.sign_ups.find(occurrence, visitor.person)
            if not table.is_seen_by(visitor) and found is None:
                raise SignUpRefusedError(Refusal.HIDDEN if table.announcement.is_out else Refusal.GONE)
            return standing(work, table, found or unsaid(occurrence, visitor.person, self._clock()))

    def has_to_ask(self, occurrence: OccurrenceId, visitor: Visitor) -> bool:
        """Whether the organiser's question comes before they sign up; raises SignUpRefusedError where they cannot."""
        with self._uow.reading() as work:
            table = table_of(work, occurrence)
            if not table.event.question.strip():
                return False
            found = work.sign_ups.find(occurrence, visitor.person)
        before = found or unsaid(occurrence, visitor.person, self._clock())
        check(table, before, Attendance.GOING, visitor, self._clock())
        return before.attendance not in HOLDS_A_SEAT | {Attendance.WAITING}

    def prefer(self, occurrence: OccurrenceId, person: MemberId, *, is_visible: bool, wants_to_meet: bool) -> Hindrance:
        """Whether others who come may see them, and whether they wish to meet somebody. Who said nothing is nowhere.

        Returns what stands against a wish to meet somebody that is new.
        """
        with self._uow() as work:
            locked_table(work, occurrence)
            found = work.sign_ups.find(occurrence, person)
            if found is None:
                return Hindrance.NONE
            work.sign_ups.put(replace(found, is_visible=is_visible, wants_to_meet=wants_to_meet))
            is_new = wants_to_meet and not found.wants_to_meet
            lack = hindrance(work, person, self._clock()) if is_new else Hindrance.NONE
            work.commit()
        return lack

    def withdraw(self, occurrence: OccurrenceId, person: MemberId) -> None:
        """Take somebody off an occurrence, and pass their seat on; who does not come is left as they are."""
        with self._uow() as work:
            table, now = locked_table(work, occurrence), self._clock()
            found = work.sign_ups.find(occurrence, person)
            if found is None or found.attendance not in _MATTERS:
                return
            work.sign_ups.put(replace(found, attendance=Attendance.NOT_GOING, since=now, offered_until=NEVER))
            self._settle(work, table, now)
            work.announcements.touch(table.announcement.id)
            work.commit()

    def withdraw_all(self, person: MemberId) -> None:
        """Free every seat and place of somebody who leaves; call it before what they said is erased."""
        with self._uow.reading() as work:
            theirs = [each.occurrence for each in work.sign_ups.by(person) if each.attendance in _MATTERS]
        # One after the other: whoever held several occurrences at once could wait for somebody who waits for them.
        for occurrence in theirs:
            self.withdraw(occurrence, person)

    def let_offers_run_out(self) -> None:
        """Pass on every seat whose offer was not taken up in time."""
        with self._uow.reading() as work:
            over = dict.fromkeys(each.occurrence for each in work.sign_ups.offers_over(self._clock()))
        for occurrence in over:
            with self._uow() as work:
                table = locked_table(work, occurrence)
                if self._settle(work, table, self._clock()):
                    work.announcements.touch(table.announcement.id)
                work.commit()

    def _settle(self, work: UnitOfWork, table: Table, now: datetime) -> bool:
        """Pass on what is free; returns whether anything was."""
        has_ended = end_offers(work, table.occurrence, now, is_told=table.is_held)
        moved = table.is_held and fill_seats(work, table.event, table.occurrence, now, self._offer)
        return has_ended or moved

    def _said(self, work: UnitOfWork, table: Table, before: SignUp, reply: Attendance, now: datetime) -> SignUp:
        attendance = after(before, reply)
        if before.number and attendance is before.attendance:
            return before
        if attendance is not Attendance.GOING or before.attendance in HOLDS_A_SEAT:
            number = before.number or work.sign_ups.next_number(table.occurrence.id)
        else:
            number = work.sign_ups.next_number(table.occurrence.id)
            counts = work.sign_ups.counts([table.occurrence.id]).get(table.occurrence.id, {})
            attendance = Attendance.GOING if free_seats(table.event, counts) > 0 else Attendance.WAITING
        return replace(before, attendance=attendance, number=number, since=now, offered_until=NEVER)


_MATTERS = HOLDS_A_SEAT | {Attendance.WAITING, Attendance.MAYBE}
"""What others can see the end of."""
