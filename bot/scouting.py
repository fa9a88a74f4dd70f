"""Showing somebody who has just made a profile who and what is near them: once, privately, in their language."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.blocks.surroundings import Coming, surroundings_message
from bot.delivery import Delivery, Outgoing
from bot.lookup import Lookup
from bot.naming import Naming
from bot.once import Once, Saying
from knowledge.events.nearby import Nearby
from knowledge.introductions.surroundings import Scouting
from knowledge.members.profiles import Profiles
from knowledge.model import MemberId, user_of
from knowledge.ports import Clock, UnitOfWorkFactory

EARLIER = 3600
"""Seconds by which Slack's clock may be behind."""


@dataclass(frozen=True, slots=True)
class Settler:
    """Somebody who saved a profile, at `saved_at` in seconds."""

    member: str
    saved_at: float

    @property
    def id(self) -> str:
        """The same however often they save."""
        return f"near:{self.member}"

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)


class Guide:
    """Shows members around, each the first time that they save a profile; safe to try again at any point."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        scouting: Scouting,
        nearby: Nearby,
        profiles: Profiles,
        lookup: Lookup,
        delivery: Delivery,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._scouting = scouting
        self._nearby = nearby
        self._profiles = profiles
        self._naming = Naming(lookup)
        self._once = Once(lookup, delivery)
        self._clock = clock

    def show(self, settler: Settler, *, doubtful: bool) -> bool:
        """Show it, unless that was done; false where it is to be tried later. `doubtful`: it may have been posted."""
        member = MemberId(settler.member)
        saying = Saying(
            user_of(member),
            settler.id,
            settler.saved_at - EARLIER,
            lambda: self._message(member),
            lambda keep: self._is_due(member, keep=keep),
        )
        return self._once.say(saying, doubtful=doubtful)

    def _message(self, member: MemberId) -> Outgoing:
        around = self._scouting.around(member)
        names = self._naming.names(each.seen for each in around.relatives)
        coming = Coming(self._clock(), self._nearby.of(member))
        return surroundings_message(around, coming, names, self._profiles.language_of(member))

    def _is_due(self, member: MemberId, *, keep: bool) -> bool:
        with self._uow() as work:
            due = work.members.orient(member, self._clock())
            if keep:
                work.commit()
        return due
