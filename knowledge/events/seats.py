"""Seats that come free go to those who wait, in their order: kept for them for a while, or given at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.model import (
    HOLDS_A_SEAT,
    NEVER,
    Attendance,
    Event,
    Letter,
    LetterKind,
    Occurrence,
    SignUp,
)
from knowledge.ports import UnitOfWork

OFFER = timedelta(hours=24)
"""How long a seat is kept for somebody at most, unless settings say otherwise."""
TOO_LATE_TO_ASK = timedelta(hours=4)
"""So close to the start a free seat is given at once: an offer that nobody sees would leave it empty."""


def fill_seats(work: UnitOfWork, event: Event, occurrence: Occurrence, now: datetime, offer: timedelta = OFFER) -> bool:
    """Give or offer every free seat to whoever waits longest; returns whether anybody moved up.

    To be called with the announcement and the occurrence locked, after anything that frees seats. The caller raises
    the announcement's revision where somebody did. Whoever has a seat keeps it, also where there are fewer now.
    """
    if occurrence.is_cancelled or occurrence.starts_at <= now:
        return False
    counts = work.sign_ups.counts([occurrence.id]).get(occurrence.id, {})
    free = free_seats(event, counts)
    if not counts.get(Attendance.WAITING) or free <= 0:
        return False
    waiting = [each for each in work.sign_ups.of(occurrence.id) if each.attendance is Attendance.WAITING]
    until = _kept_until(event, occurrence, now, offer)
    for each in waiting[:free]:
        _move_up(work, each, now, until)
    return True


def follow_change(work: UnitOfWork, event: Event, occurrence: Occurrence, now: datetime, offer: timedelta) -> None:
    """See to the seats of an occurrence that has another start, or an event that has another number of them.

    An offer that leaves nobody else time to say yes ends earlier, or where a seat is not offered any more, is given:
    it would outlive the start, and the seat stay empty. To be called as `fill_seats`.
    """
    if occurrence.is_cancelled or occurrence.starts_at <= now:
        return
    until = _kept_until(event, occurrence, now, offer)
    latest = now + (occurrence.starts_at - now) / 2 if event.capacity else now
    for each in work.sign_ups.of(occurrence.id):
        if each.attendance is Attendance.OFFERED and each.offered_until > latest:
            # Whoever was told of the offer is not told again: the letter is the same one.
            _move_up(work, each, now, until)
    fill_seats(work, event, occurrence, now, offer)


def end_offers(work: UnitOfWork, occurrence: Occurrence, now: datetime, *, is_told: bool) -> bool:
    """End the offers that have run out, and tell those who had them; returns whether there were any.

    They are taken to come maybe: what nobody answers must not come back again and again, and a click puts them on
    the list anew. To be called as `fill_seats`, and before it.
    """
    over = [each for each in work.sign_ups.offers_over(now) if each.occurrence == occurrence.id]
    for each in over:
        work.sign_ups.put(replace(each, attendance=Attendance.MAYBE, offered_until=NEVER))
        if is_told and occurrence.starts_at > now:
            work.letters.add(_letter(each, LetterKind.OFFER_OVER, now))
    return bool(over)


def free_seats(event: Event, counts: Mapping[Attendance, int]) -> int:
    """How many more can come; as many as wait, and one more, where seats are not counted."""
    if not event.capacity:
        return counts.get(Attendance.WAITING, 0) + 1
    return event.capacity - sum(counts.get(each, 0) for each in HOLDS_A_SEAT)


def _kept_until(event: Event, occurrence: Occurrence, now: datetime, offer: timedelta) -> datetime:
    """When an offer made now ends, NEVER where the seat is given instead of offered."""
    left = occurrence.starts_at - now
    if not event.capacity or left <= TOO_LATE_TO_ASK:
        return NEVER
    # Half of what is left: somebody else must have time to say yes as well.
    return now + min(offer, left / 2)


def _move_up(work: UnitOfWork, waiting: SignUp, now: datetime, until: datetime) -> None:
    given = until == NEVER
    attendance = Attendance.GOING if given else Attendance.OFFERED
    work.sign_ups.put(replace(waiting, attendance=attendance, offered_until=until))
    details = {} if given else {"until": until.isoformat()}
    work.letters.add(_letter(waiting, LetterKind.PROMOTED if given else LetterKind.OFFERED, now, details))


def letter_id(sign_up: SignUp, kind: LetterKind) -> str:
    """By which somebody is told once, each time that they joined the list: the number is another one then."""
    return f"{kind.value}:{sign_up.occurrence}:{sign_up.person}:{sign_up.number}"


def _letter(sign_up: SignUp, kind: LetterKind, now: datetime, details: Mapping[str, str] | None = None) -> Letter:
    return Letter(letter_id(sign_up, kind), sign_up.person, kind, sign_up.occurrence, dict(details or {}), now)
