"""How far cosines stand above those of any passages, so that passages of different languages can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import LANGUAGES
from knowledge.model import Language
from knowledge.ports import SENTENCE_COLUMNS, Query, Vectors

LEAST_SPREAD = 0.01
"""Standard deviation of cosines below which there are too few passages to tell."""
ENOUGH_SEEN = 32
"""Passages of a language from which its usual cosine is told; of fewer, in part from the figures below."""
USUAL, USUAL_ACROSS, USUAL_SPREAD = 0.78, 0.75, 0.02
"""Mean cosine of a question and any passage of its language and of another, and its deviation: the bundled model's."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Cosines of passages, their lifts, and the lifts of their sentences, in the order of SENTENCE_COLUMNS."""

    cosine: NDArray[np.float32]
    lift: NDArray[np.float32]
    sentences: NDArray[np.float32]


class Background:
    """Vectors of some passages of each language: what cosine any passage has with a question."""

    def __init__(self, samples: Mapping[int, Vectors]) -> None:
        self._samples = samples

    def meaning(
        self,
        query: Query,
        languages: NDArray[np.uint8],
        vectors: Vectors,
        sentences: Vectors,
        sizes: NDArray[np.int64],
    ) -> Meaning:
        """Of passages in these languages, whose sentences, `sizes` of each, follow one another."""
        count = len(languages)
        meaning = Meaning(
            np.zeros(count, dtype=np.float32),
            np.zeros(count, dtype=np.float32),
            np.zeros((count, len(SENTENCE_COLUMNS)), dtype=np.float32),
        )
        owners = np.repeat(languages, sizes)
        for language in self._samples:
            here = languages == language
            if here.any():
                own = sentences[owners == language]
                self._fill(meaning, query, language, here, vectors[here], own, sizes[here])
        return meaning

    def _fill(
        self,
        meaning: Meaning,
        query: Query,
        language: int,
        here: NDArray[np.bool_],
        vectors: Vectors,
        sentences: Vectors,
        sizes: NDArray[np.int64],
    ) -> None:
        toward = query.toward(LANGUAGES[language])
        is_own = query.language in {Language.UNKNOWN, LANGUAGES[language]}
        usual = self._usual(language, toward, is_own=is_own)
        meaning.cosine[here] = vectors @ toward
        # What is not embedded yet is as near as any passage.
        meaning.lift[here] = np.where(vectors.any(axis=1), _lift(meaning.cosine[here], *usual), 0)
        lifts = _lift(sentences @ toward, *usual)
        unmoved = lifts
        if toward is not query.vector:
            as_it_is = self._usual(language, query.vector, is_own=is_own)
            unmoved = _lift(sentences @ query.vector, *as_it_is)
        # A passage whose sentences are not known counts as one sentence.
        columns = [_best(lifts, sizes), _best_two(lifts, sizes), _mean(lifts, sizes), _best(unmoved, sizes)]
        known = (sizes > 0)[:, None]
        meaning.sentences[here] = np.where(known, np.stack(columns, axis=1), meaning.lift[here][:, None])

    def _usual(self, language: int, vector: NDArray[np.float32], *, is_own: bool) -> tuple[float, float]:
        """Mean and deviation of the cosines that any passages of the language have with the vector."""
        sample = self._samples[language]
        if not len(sample):
            return USUAL if is_own else USUAL_ACROSS, USUAL_SPREAD
        seen = sample @ vector
        share = min(1.0, len(sample) / ENOUGH_SEEN)
        usual = share * float(seen.mean()) + (1 - share) * (USUAL if is_own else USUAL_ACROSS)
        spread = share * float(seen.std()) + (1 - share) * USUAL_SPREAD
        return usual, max(spread, LEAST_SPREAD)


def _lift(cosines: NDArray[np.float32], usual: float, spread: float) -> NDArray[np.float32]:
    lift: NDArray[np.float32] = (cosines - usual) / spread
    return lift


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return (np.cumsum(sizes) - sizes)[sizes > 0]


def _best(values: NDArray[np.float32], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
    """The highest value of each group of consecutive values; 0 for an empty group."""
    best = np.zeros(len(sizes), dtype=np.float32)
    if len(values):
        best[sizes > 0] = np.maximum.reduceat(values, _starts(sizes))
    return best


def _best_two(values: NDArray[np.float32], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
    """The mean of each group's two highest values, of its only one where there is one."""
    best = _best(values, sizes)
    is_best = values == np.repeat(best, sizes)
    second = _best(np.where(is_best, -np.inf, values).astype(np.float32), sizes)
    # Where the best value stands twice, both of the best two are it.
    return np.where(np.isfinite(second), (best + second) / 2, best)


def _mean(values: NDArray[np.float32], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
    mean = np.zeros(len(sizes), dtype=np.float32)
    if len(values):
        mean[sizes > 0] = np.add.reduceat(values, _starts(sizes)) / sizes[sizes > 0]
    return mean
