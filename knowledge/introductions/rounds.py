"""A round: everybody who takes part, paired at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.introductions.pairing import pairs_of
from knowledge.introductions.rules import Rules, Standing, day_of
from knowledge.introductions.silence import waited_for
from knowledge.introductions.weighing import weights_of
from knowledge.model import MEETING, CommonGround, Member, MemberId, OccurrenceId, RoundId


class Comparison(Protocol):
    """What some members have in common; they go by their place among those that were compared."""

    @property
    def scores(self) -> NDArray[np.float64]:
        """How well each fits each: symmetric, 0 to 1, shape (n, n), zero on the diagonal."""
        ...

    def ground(self, one: int, other: int) -> CommonGround | None:
        """Why the two fit, in their own words; None where there is nothing to show."""
        ...


class Matching(Protocol):
    """Compares members by what they agreed to show."""

    def compare(self, members: Sequence[Member]) -> Comparison:
        """Look at all of them at once."""
        ...


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two members of a round and why."""

    first: Member
    second: Member
    ground: CommonGround


def round_of(moment: datetime) -> RoundId:
    """The name of a week's round, such as `2026-W48`."""
    year, week, _ = day_of(moment).isocalendar()
    return RoundId(f"{year}-W{week:02}")


def meeting_at(occurrence: OccurrenceId) -> RoundId:
    """The name of the round among those who come to an event."""
    return RoundId(f"{MEETING}{occurrence}")


def place_of(name: RoundId) -> OccurrenceId:
    """Where a round's pairs meet; empty for a week's round."""
    return OccurrenceId(name.removeprefix(MEETING) if name.startswith(MEETING) else "")


def taking_part(at: Standing, among: Collection[MemberId] | None = None) -> list[Member]:
    """Who may be proposed to others now, in a fixed order: in the week's round, or `among` those who asked for it."""
    rules = Rules(at)
    asked = at.members.keys() - waited_for(at) if among is None else among
    return [at.members[each] for each in sorted(asked) if rules.takes_part(each)]


def propose(at: Standing, members: Sequence[Member], matching: Matching) -> list[Proposed]:
    """The pairs of a round among these members. Two meet again only where neither is left with anybody new."""
    comparison = matching.compare(members)
    weights = weights_of(members, comparison.scores, at.introductions, at.now)
    new, again = Rules(at).tables(members)
    found = _paired(np.where(new, weights, 0.0), members, comparison)
    taken = [each.id for pair in found for each in (pair.first, pair.second)]
    free = ~np.isin([member.id for member in members], taken)
    return found + _paired(np.where(again & free[:, None] & free[None, :], weights, 0.0), members, comparison)


def _paired(weights: NDArray[np.float64], members: Sequence[Member], comparison: Comparison) -> list[Proposed]:
    """The best pairs. Those that turn out to have nothing to show are taken apart, and tried with who is left over."""
    found = []
    while pairs := pairs_of(weights):
        for one, other in pairs:
            ground = comparison.ground(one, other)
            weights[one, other] = weights[other, one] = 0.0
            if ground is not None:
                found.append(Proposed(members[one], members[other], ground))
                weights[[one, other], :] = weights[:, [one, other]] = 0.0
    return found
