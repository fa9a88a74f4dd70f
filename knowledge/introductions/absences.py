"""Who belongs to the workspace no more, or does so again: kept with the profile, so that nobody meets them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.introductions.transitions import broken_off, ended
from knowledge.model import Introduction, IntroductionId, IntroductionState, MemberId
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory


class Absences:
    """Who is away. Each method may be repeated."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def everybody(self) -> Mapping[MemberId, bool]:
        """Of all who have a profile, whether they are away."""
        with self._uow.reading() as work:
            return {each.id: each.is_away for each in work.members.all()}

    def of(self, members: Collection[MemberId]) -> Mapping[MemberId, bool]:
        """The same of those of them who have a profile."""
        with self._uow.reading() as work:
            return {name: found.is_away for name, found in work.members.have(members).items()}

    def go(self, member: MemberId, since: datetime) -> Sequence[Introduction]:
        """Note that somebody is away, and end what is open of theirs; raises NotFoundError.

        Returns what has come to its end since then. So also whoever does this again, after having been cut off, learns
        who is to be told.
        """
        with self._uow() as work:
            work.members.put(replace(work.members.lock(member), is_away=True))
            for each in work.introductions.of(member):
                if each.is_open:
                    work.introductions.put(ended(work.introductions.lock(each.id), self._clock()))
            after = _ended_since(work, member, since)
            work.commit()
        return after

    def come_back(self, member: MemberId, since: datetime) -> Sequence[Introduction]:
        """Note that they are there again; raises NotFoundError. Returns what has come to its end, as `go` does."""
        with self._uow() as work:
            work.members.put(replace(work.members.lock(member), is_away=False))
            after = _ended_since(work, member, since)
            work.commit()
        return after

    def break_off(self, introduction: IntroductionId) -> None:
        """Keep two from being brought together of whom one is away; raises NotFoundError."""
        with self._uow() as work:
            work.introductions.put(broken_off(work.introductions.lock(introduction), self._clock()))
            work.commit()


def _ended_since(work: UnitOfWork, member: MemberId, since: datetime) -> list[Introduction]:
    found = work.introductions.of(member)
    return [each for each in found if each.state is IntroductionState.ENDED and each.due_at >= since]
