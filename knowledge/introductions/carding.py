"""Members compared by their cards: what a round needs to know of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.cards import Card, Cards
from knowledge.matching.relating import common_ground, scores
from knowledge.model import CommonGround, Member


class CardComparison:
    """See `knowledge.introductions.rounds.Comparison`."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = cards

    @property
    def scores(self) -> NDArray[np.float64]:
        """How related every two are."""
        return scores(self._cards)

    def ground(self, one: int, other: int) -> CommonGround | None:
        """The best reason, quoted from both."""
        return common_ground(self._cards[one], self._cards[other])


class CardMatching:
    """A `knowledge.introductions.rounds.Matching` by cards."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards

    def compare(self, members: Sequence[Member]) -> CardComparison:
        """Make a card for each."""
        return CardComparison(self._cards.of(members))
