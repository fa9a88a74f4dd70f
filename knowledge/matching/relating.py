"""How related members are: a number for every two, and the nearest to one with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.comparing import Comparison, as_score
from knowledge.matching.grounds import common_ground
from knowledge.matching.statements import Card
from knowledge.model import CommonGround, MemberId

__all__ = ["Related", "common_ground", "related", "scores"]

AT_ONCE = 256
"""Cards compared with all others at once: what bounds the memory."""


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody near, 0 to 1. `ground` is None where nothing is strong enough to be said aloud."""

    member: MemberId
    score: float
    ground: CommonGround | None


def scores(cards: Sequence[Card]) -> NDArray[np.float64]:
    """How related every two are, shape (cards, cards): symmetric, 0 to 1, zero on the diagonal.

    Above a half are those who clearly have something in common. Whether they may meet is not asked.
    """
    count = len(cards)
    found = np.zeros((count, count))
    if count:
        comparison = Comparison(cards)
        for start in range(0, count, AT_ONCE):
            end = min(count, start + AT_ONCE)
            found[start:end, start:] = _between(comparison, start, end, count)
    return np.maximum(found, found.T)


def related(card: Card, among: Sequence[Card], limit: int) -> list[Related]:
    """The nearest to a card, best first, at most so many; a card of the same member is passed over."""
    others = [other for other in among if other.member != card.member]
    if not others:
        return []
    found = _between(Comparison([card, *others]), 0, 1, len(others) + 1)[0, 1:]
    best = np.argsort(-found, kind="stable")[:limit]
    return [Related(others[at].member, float(found[at]), common_ground(card, others[at])) for at in best]


def _between(comparison: Comparison, start: int, end: int, count: int) -> NDArray[np.float64]:
    """The best fit of any two units of each pair of cards, as scores.

    Rows are the cards from `start` to `end`, columns those from `start` on.
    """
    owners = comparison.units.card
    rows = np.flatnonzero((owners >= start) & (owners < end))
    best = np.full((end - start, count - start), -np.inf)
    if len(rows):
        likeness = comparison.against_all(rows, int(rows[0]))
        columns, firsts = np.unique(owners[rows[0] :], return_index=True)
        by_column = np.maximum.reduceat(likeness, firsts, axis=1)
        own, own_firsts = np.unique(owners[rows], return_index=True)
        best[np.ix_(own - start, columns - start)] = np.maximum.reduceat(by_column, own_firsts, axis=0)
    return as_score(best)
