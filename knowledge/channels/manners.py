"""How coordinators have Solmu behave in a channel, and what follows from that for a message there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from knowledge.members.profiles import NotAllowedError
from knowledge.model import Audience, ChannelId, Initiative, Language, Manners, MemberId
from knowledge.ports import UnitOfWorkFactory

ZONE = ZoneInfo("Europe/Helsinki")
"""By whose clock quiet hours are told: a channel has no zone of its own."""


class ChannelManners:
    """Kept and asked for. `staff` are those who may change them."""

    def __init__(self, uow: UnitOfWorkFactory, staff: frozenset[MemberId]) -> None:
        self._uow = uow
        self._staff = staff

    def set(self, manners: Manners, by: MemberId) -> None:
        """Keep; raises NotAllowedError."""
        if by not in self._staff:
            message = f"{by} looks after no channel."
            raise NotAllowedError(message)
        with self._uow() as work:
            work.manners.put(manners)
            work.commit()

    def all(self) -> Sequence[Manners]:
        """Every channel for which some were set."""
        with self._uow.reading() as work:
            return work.manners.all()

    def of(self, channel: ChannelId) -> Manners:
        """The channel's."""
        with self._uow.reading() as work:
            return work.manners.of(channel)

    def initiative(self, channel: ChannelId, language: Language, now: datetime) -> Initiative:
        """What to do now about a question in which nobody mentions Solmu."""
        manners = self.of(channel)
        if manners.is_quiet(now.astimezone(ZONE).time()) or not manners.minds(language):
            return Initiative.MENTIONED
        return manners.initiative

    def narrowed(self, channel: ChannelId, audience: Audience) -> Audience:
        """The audience of a reply that everybody in the channel reads, who could all see what `audience` may."""
        return min(audience, self.of(channel).audience, key=list(Audience).index)
