"""Who comes, as far as each may be seen by whoever looks: others who come, the organisers, and people themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.events.admission import Refusal, Said, SignUpRefusedError, Table, Visitor, standing, table_of
from knowledge.events.scenes import Held, held_of
from knowledge.model import Attendance, Audience, MemberId, OccurrenceId, SignUp, shown
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Attendee:
    """What somebody said, and the name of their organisation where they show it to others."""

    sign_up: SignUp
    organisation: str


@dataclass(frozen=True, slots=True)
class Company:
    """Who comes to an occurrence. `people` are those who agreed to be seen, by the order in which they signed up."""

    table: Table
    held: Held
    people: tuple[Attendee, ...]

    @property
    def unseen(self) -> int:
        """How many more come."""
        return self.held.counts.get(Attendance.GOING, 0) - len(self.people)


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who said something about an occurrence: for those who organise it."""

    table: Table
    people: tuple[Attendee, ...]

    def place(self, attendee: Attendee) -> int:
        """Their place on the waitlist, 0 where they are not on it."""
        waiting = [each for each in self.people if each.sign_up.attendance is Attendance.WAITING]
        return waiting.index(attendee) + 1 if attendee in waiting else 0


class Attending:
    """Looks at who comes, and changes nothing."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def company(self, occurrence: OccurrenceId, visitor: Visitor) -> Company:
        """Who else comes; raises SignUpRefusedError where the event is gone or not meant for the visitor."""
        with self._uow.reading() as work:
            table = table_of(work, occurrence)
            if not table.is_seen_by(visitor):
                raise SignUpRefusedError(Refusal.HIDDEN if table.announcement.is_out else Refusal.GONE)
            counts = work.sign_ups.counts([occurrence]).get(occurrence, {})
            seen = [each for each in work.sign_ups.of(occurrence) if each.is_visible and _comes(each)]
            return Company(table, held_of(table.event, table.occurrence, counts), _attendees(work, seen))

    def roll(self, occurrence: OccurrenceId) -> Roll:
        """Everybody's word; raises SignUpRefusedError where it is gone. Only for coordinators and admins."""
        with self._uow.reading() as work:
            return Roll(table_of(work, occurrence), _attendees(work, work.sign_ups.of(occurrence)))

    def own(self, person: MemberId, audience_of: Callable[[MemberId], Audience]) -> Sequence[Said]:
        """What somebody comes to, waits for, or may come to, as far as it is still held and for them: soonest first.

        `audience_of` tells what they may see now, and may raise.
        """
        now = self._clock()
        with self._uow.reading() as work:
            told = [
                standing(work, table_of(work, each.occurrence), each)
                for each in work.sign_ups.by(person)
                if each.attendance is not Attendance.NOT_GOING
            ]
        ahead = [each for each in told if each.table.is_held and each.table.occurrence.ends_at > now]
        if any(each.table.announcement.audience is not Audience.PUBLIC for each in ahead):
            # Asked outside the transaction, and only where it matters: it is Slack that knows.
            visitor = Visitor(person, audience_of(person))
            ahead = [each for each in ahead if each.table.is_seen_by(visitor)]
        return sorted(ahead, key=lambda each: (each.table.occurrence.starts_at, each.table.occurrence.id))


def _comes(sign_up: SignUp) -> bool:
    return sign_up.attendance is Attendance.GOING


def _attendees(work: UnitOfWork, sign_ups: Sequence[SignUp]) -> tuple[Attendee, ...]:
    members = work.members.have([each.person for each in sign_ups])
    names: Mapping[str, str] = {each.id: each.name for each in work.organisations.all()}
    seen = {member.id: names.get(shown(member).organisation, "") for member in members.values()}
    return tuple(Attendee(each, seen.get(each.person, "")) for each in sign_ups)
