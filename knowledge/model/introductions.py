"""Introductions between two members, why they were proposed, and how they went."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.model.documents import Language
from knowledge.model.identifiers import IntroductionId, MemberId, OrganisationId, RoundId
from knowledge.model.members import NO_ORGANISATION

NO_ROUND = RoundId("")
MEETING = "meet-"
"""Begins the names of rounds among those who come to an event; the occurrence follows."""


class Aspect(enum.StrEnum):
    """What two sides have in common: one offers what the other seeks, or both have the same."""

    SUPPLY = "supply"
    PROBLEM = "problem"
    DATA = "data"
    TECHNOLOGY = "technology"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One side's own words: verbatim from a profile, or from the use case of this title and stage.

    `organisation` is the one whose use case it is.
    """

    text: str
    language: Language
    use_case: str = ""
    stage: str = ""
    organisation: OrganisationId = NO_ORGANISATION


@dataclass(frozen=True, slots=True)
class CommonGround:
    """Why two sides fit, quoted from both. `strength` is 0 to 1.

    `shared` are topics that both named, as the first side does; `named` are for each of them the second side's words,
    and empty where both use the same.
    """

    aspect: Aspect
    first: Excerpt
    second: Excerpt
    strength: float
    shared: tuple[str, ...] = ()
    named: tuple[tuple[str, ...], ...] = ()


class Origin(enum.StrEnum):
    """Who had the idea; EVENT where both come to one, and wish to meet somebody there."""

    ASKED = "asked"
    ROUND = "round"
    COORDINATOR = "coordinator"
    EVENT = "event"


class Reply(enum.StrEnum):
    """What a side said to the proposal."""

    OPEN = "open"
    YES = "yes"
    NO = "no"


class IntroductionState(enum.StrEnum):
    """Where an introduction stands.

    PROPOSED until both said yes (MADE), one said no (DECLINED), the time ran out (EXPIRED), or one left or
    did not want it any more (ENDED).
    """

    PROPOSED = "proposed"
    MADE = "made"
    DECLINED = "declined"
    EXPIRED = "expired"
    ENDED = "ended"


class Outcome(enum.StrEnum):
    """What a side told afterwards; ASKED until it does."""

    UNKNOWN = "unknown"
    ASKED = "asked"
    NOT_MET = "not_met"
    MET = "met"
    USEFUL = "useful"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. Where `is_held`, they paused after their yes: it waits until they are back."""

    member: MemberId
    reply: Reply = Reply.OPEN
    outcome: Outcome = Outcome.UNKNOWN
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Introduction:
    """A proposal that two members meet. `asked_by` is NOBODY for a round's.

    `due_at` is when it expires; once it is made, when both are asked how it went; in every other state, when it ended.
    """

    id: IntroductionId
    first: Side
    second: Side
    origin: Origin
    asked_by: MemberId
    round: RoundId
    ground: CommonGround
    state: IntroductionState
    proposed_at: datetime
    due_at: datetime

    @property
    def members(self) -> tuple[MemberId, MemberId]:
        """Both, the first side's first."""
        return self.first.member, self.second.member

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.first, self.second

    @property
    def is_open(self) -> bool:
        """Whether a side has yet to answer."""
        return self.state is IntroductionState.PROPOSED

    def held_by(self, member: MemberId) -> Introduction:
        """With the member's yes held back, where it is open and they said so."""
        first, second = (
            replace(side, is_held=True) if side.member == member and side.reply is Reply.YES else side
            for side in self.sides
        )
        return replace(self, first=first, second=second) if self.is_open else self


@dataclass(frozen=True, slots=True)
class Round:
    """A round of proposals: how many took part, how many pairs were proposed."""

    id: RoundId
    held_at: datetime
    taking_part: int
    pairs: int
