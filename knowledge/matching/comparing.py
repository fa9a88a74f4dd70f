"""How like units are: in meaning and in words, each measured against what is usual for their languages and lengths.

Two Finnish texts share words by being Finnish, a Finnish and a Swedish one hardly any; a sentence lies farther from a
use case than two use cases from each other. So every likeness is told in standard deviations of such pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.statements import Card
from knowledge.matching.units import LANGUAGES, Units
from knowledge.matching.words import concept_matrix, word_matrix
from knowledge.ports import Vectors

MEANING = "meaning"
WEIGHTS = {MEANING: (1.0, 1.0), "words": (0.75, 0.5), "concepts": (0.25, 0.75)}
"""What each sense of being like counts, in one language and in two: there concepts say what words cannot."""
HELPS = 1.35
"""What it counts for when one has what the other looks for."""
MOST_BY_TOPICS = 2.2
"""Likeness that a topic can bring: that both care for home care is less than what they say of it."""
SAMPLED = 120
"""Units of a kind whose pairs tell what is usual."""
KNOWN_PAIRS = 50
"""Pairs that the usual values of use cases and profiles, as measured once, are worth."""
ENOUGH = 20
"""Units of a kind from which their own centre counts half."""
USUAL: Mapping[str, tuple[tuple[tuple[float, float], tuple[float, float]], ...]] = {
    "meaning": (((0.19, 0.11), (0.16, 0.1)), ((-0.02, 0.09), (0.0, 0.075)), ((-0.01, 0.105), (0.0, 0.085))),
    "words": (((0.025, 0.035), (0.003, 0.009)), ((0.045, 0.035), (0.005, 0.006)), ((0.145, 0.04), (0.02, 0.01))),
    "concepts": (((0.01, 0.05), (0.01, 0.05)), ((0.02, 0.06), (0.02, 0.06)), ((0.08, 0.12), (0.08, 0.12))),
}
"""Mean and standard deviation of the sample's pairs: of none, one and two use cases, in one language and in two."""
MIDDLE = 2.6
"""The likeness that is as often right as wrong, and becomes a half."""
WIDTH = 0.6
"""How slowly the score rises around it."""
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual in one sense: its mean for each kind against each other, shape (kinds, kinds).

    `scale` is what a standard deviation above it counts, per unit of likeness.
    """

    mean: Matrix
    scale: Matrix

    def lift(self, likeness: Matrix, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Matrix:
        """How much it counts that each stands above the usual of its kinds."""
        lifted = np.empty_like(likeness)
        # Kind by kind, so that what is usual is looked up for columns alone: for every pair it would take most time.
        for kind in np.unique(rows):
            own = np.flatnonzero(rows == kind)
            lifted[own] = (likeness[own] - self.mean[kind, columns]) * self.scale[kind, columns]
        return lifted


def as_score(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Likeness in standard deviations as a number from 0 to 1; nothing to compare is 0."""
    score: NDArray[np.float64] = 1 / (1 + np.exp(np.clip((MIDDLE - likeness) / WIDTH, -50, 50)))
    return np.where(np.isneginf(likeness), 0, score)


class Comparison:
    """All units of some cards, ready to be compared.

    What is usual is learned from the cards, but where `alone`: then from the sample, and a score does not depend on
    who else is there.
    """

    def __init__(self, cards: Sequence[Card], *, alone: bool = False) -> None:
        self.units = Units.of(cards)
        self._vectors = self.units.vectors if alone else _centred(self.units)
        self._words = word_matrix(self.units.statements)
        self._concepts = concept_matrix(self.units.statements)
        sample = _sample(self.units)[: 0 if alone else None]
        self._usual = {
            sense: _usual(likeness, self.units, sample, sense)
            for sense, likeness in self._likeness(sample, sample).items()
        }

    def against_all(self, rows: NDArray[np.int64], first: int = 0) -> Matrix:
        """How like these units are to every unit from `first` on, shape (rows, units - first).

        Units of the same card are as unlike as can be.
        """
        units, columns = self.units, slice(first, None)
        kinds = units.kind[rows], units.kind[columns]
        total = np.zeros((len(rows), len(kinds[1])), dtype=np.float32)
        for sense, likeness in self._likeness(rows, columns).items():
            lift = self._usual[sense].lift(likeness, *kinds)
            if sense == MEANING:
                # Single words lie near each other whatever they mean.
                lift[:, units.topics[columns]] = 0
                lift[units.topics[rows]] = 0
            total += lift
        fits = np.outer(units.wish[rows], units.help[columns]) | np.outer(units.help[rows], units.wish[columns])
        total[fits & (total > 0)] *= np.float32(HELPS)
        named = units.topics[rows][:, None] | units.topics[columns][None, :]
        total[named] = np.minimum(total[named], np.float32(MOST_BY_TOPICS))
        total[units.card[rows][:, None] == units.card[columns]] = -np.inf
        return total

    def _likeness(self, rows: NDArray[np.int64], columns: slice | NDArray[np.int64]) -> Mapping[str, Matrix]:
        """How like the units of rows and columns are, in each sense."""
        return {
            "meaning": self._vectors[rows] @ self._vectors[columns].T,
            "words": (self._words[rows] @ self._words[columns].T).toarray(),
            "concepts": (self._concepts[rows] @ self._concepts[columns].T).toarray(),
        }


def _centred(units: Units) -> Vectors:
    """The vectors without what all of their kind have in common; the fewer there are, the less is taken."""
    centred = units.vectors.copy()
    for kind in np.unique(units.kind):
        own = units.kind == kind
        centred[own] -= centred[own].sum(axis=0) / (own.sum() + ENOUGH)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    unit: Vectors = np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)
    return unit


def _sample(units: Units) -> NDArray[np.int64]:
    """Units of every kind, spread evenly over the cards."""
    chosen = []
    for each in np.unique(units.kind[~units.topics]):
        places = np.flatnonzero((units.kind == each) & ~units.topics)
        chosen.append(places[np.unique(np.linspace(0, len(places) - 1, SAMPLED).astype(np.int64))])
    return np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)


def _usual(likeness: Matrix, units: Units, sample: NDArray[np.int64], sense: str) -> _Usual:
    """What is usual among the sample, and the fewer pairs there are, the more what is usual anywhere."""
    size = 2 * len(LANGUAGES)
    usual = _Usual(np.zeros((size, size), np.float32), np.ones((size, size), np.float32))
    kind, card = units.kind[sample], units.card[sample]
    for one, other in product(np.unique(units.kind), repeat=2):
        pairs = np.outer(kind == one, kind == other) & (card[:, None] != card[None, :])
        found = likeness[pairs].astype(np.float64)
        crossing = int(one // 2 != other // 2)
        mean, spread = USUAL[sense][one % 2 + other % 2][crossing]
        count = len(found) + KNOWN_PAIRS
        middle = (found.sum() + KNOWN_PAIRS * mean) / count
        square = (np.square(found - middle).sum() + KNOWN_PAIRS * (spread**2 + (mean - middle) ** 2)) / count
        usual.mean[one, other] = middle
        usual.scale[one, other] = WEIGHTS[sense][crossing] / _all_weights(crossing) / np.sqrt(square)
    return usual


def _all_weights(crossing: int) -> float:
    """The length of the weights: what their sum of independent likenesses spreads by."""
    return float(np.linalg.norm([weight[crossing] for weight in WEIGHTS.values()]))
