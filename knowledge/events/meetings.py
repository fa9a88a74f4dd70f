"""At which events people who wish to meet somebody there are to be proposed to each other by now, and who cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from knowledge.introductions.rounds import meeting_at
from knowledge.introductions.rules import day_of, wishes_to_meet
from knowledge.model import Consent, MemberId, OccurrenceId
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

EARLIEST, LATEST = timedelta(days=5), timedelta(days=1)
"""How long before the start: enough to answer, and when most have signed up."""
PAIR = 2


class Hindrance(StrEnum):
    """What keeps somebody from being proposed to others, for them to mend."""

    NONE = "none"
    PROFILE = "profile"
    CONSENT = "consent"
    PAUSED = "paused"


def hindrance(work: UnitOfWork, person: MemberId, now: datetime) -> Hindrance:
    """The first of those that there are."""
    member = work.members.have([person]).get(person)
    if member is None:
        return Hindrance.PROFILE
    if Consent.ROUNDS not in member.consents:
        return Hindrance.CONSENT
    return Hindrance.PAUSED if member.available_from > day_of(now) else Hindrance.NONE


class Meetings:
    """Looks ahead."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def due(self) -> Sequence[OccurrenceId]:
        """Those that start in some days, where two at least wish it, and nobody was proposed yet."""
        now = self._clock()
        with self._uow.reading() as work:
            soon = work.events.between(now + LATEST, now + EARLIEST)
            held = {each.id for each in work.introductions.rounds()} if soon else set()
            open_ones = [each.id for each in soon if meeting_at(each.id) not in held]
            return [each for each in open_ones if sum(map(wishes_to_meet, work.sign_ups.of(each))) >= PAIR]
