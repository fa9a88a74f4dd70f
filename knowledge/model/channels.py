"""How Solmu behaves in a channel, and when the turn of a question comes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, time

from knowledge.model.documents import Audience, Language
from knowledge.model.identifiers import ChannelId, MemberId, QuestionId

NEVER_QUIET = time.min
"""Both ends of quiet hours that there are none of."""


class Initiative(enum.StrEnum):
    """What Solmu does about questions in a channel in which nobody mentions it."""

    MENTIONED = "mentioned"
    OFFER = "offer"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Manners:
    """How Solmu behaves in one channel.

    Without `languages` it minds questions in all of them. Replies there come from sources of `audience` at most, and
    no more than `hourly` an hour; 0 leaves that to the settings. Between `quiet_from` and `quiet_until`, in Finnish
    time, it speaks when it is mentioned only.
    """

    channel: ChannelId
    initiative: Initiative = Initiative.MENTIONED
    languages: tuple[Language, ...] = ()
    audience: Audience = Audience.MEMBERS
    quiet_from: time = NEVER_QUIET
    quiet_until: time = NEVER_QUIET
    hourly: int = 0

    def is_quiet(self, at: time) -> bool:
        """Whether that time of day is among the quiet hours, which may go past midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def minds(self, language: Language) -> bool:
        """Whether questions in this language are looked at unasked; those of no certain language are."""
        return not self.languages or language in {*self.languages, Language.UNKNOWN}


@dataclass(frozen=True, slots=True)
class QueueSlot:
    """When a question may be answered: at once, or where too much was asked, when there is room again."""

    question: QuestionId
    asker: MemberId
    place: str
    due_at: datetime
