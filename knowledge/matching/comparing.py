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

WEIGHTS = {"meaning": 1.0, "words": 0.5, "concepts": 0.5}
"""What each sense of being like counts."""
HELPS = 1.35
"""What it counts for when one has what the other looks for."""
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
    """Mean and standard deviation of each kind against each other, shape (kinds, kinds)."""

    mean: Matrix
    spread: Matrix

    def lift(self, likeness: Matrix, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Matrix:
        """How far each stands above the usual of its kinds, in standard deviations."""
        lifted = np.empty_like(likeness)
        # Kind by kind, so that what is usual is looked up for columns alone: for every pair it would take most time.
        for kind in np.unique(rows):
            own = np.flatnonzero(rows == kind)
            lifted[own] = (likeness[own] - self.mean[kind, columns]) * (1 / self.spread[kind, columns])
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
        sample = _sample(self.units.kind)[: 0 if alone else None]
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
            total += np.float32(WEIGHTS[sense]) * self._usual[sense].lift(likeness, *kinds)
        total /= np.float32(np.linalg.norm(list(WEIGHTS.values())))
        fits = np.outer(units.wish[rows], units.help[columns]) | np.outer(units.help[rows], units.wish[columns])
        total[fits & (total > 0)] *= np.float32(HELPS)
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


def _sample(kind: NDArray[np.int64]) -> NDArray[np.int64]:
    """Units of every kind, spread evenly over the cards."""
    chosen = []
    for each in np.unique(kind):
        places = np.flatnonzero(kind == each)
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
        mean, spread = USUAL[sense][one % 2 + other % 2][int(one // 2 != other // 2)]
        count = len(found) + KNOWN_PAIRS
        middle = (found.sum() + KNOWN_PAIRS * mean) / count
        square = (np.square(found - middle).sum() + KNOWN_PAIRS * (spread**2 + (mean - middle) ** 2)) / count
        usual.mean[one, other], usual.spread[one, other] = middle, np.sqrt(square)
    return usual
