"""BM25 over one kind of terms, row by row beside the vectors: Lucene's formula over the postings of all segments.

Postings hold no score: what a term is worth depends on all passages of a generation, and segments outlive generations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.postings import Postings, digests

K1 = 0.9
B = 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """BM25 scores by row, shape (rows,), and the inverse document frequency of every term of the question."""

    scores: NDArray[np.float32]
    rarity: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Found:
    """The postings of the terms that a segment knows: `which` of those asked for, each with its number of postings."""

    which: NDArray[np.int64]
    sizes: NDArray[np.int64]
    places: NDArray[np.uint32]
    counts: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Part:
    """One segment's postings and where its rows are among all; `live` is None where all of them are."""

    postings: Postings
    rows: slice
    live: NDArray[np.bool_] | None

    def find(self, wanted: NDArray[np.uint64]) -> _Found:
        """What the segment has of these terms."""
        terms, starts = self.postings.terms, self.postings.starts
        numbers = np.searchsorted(terms, wanted)
        known = numbers < len(terms)
        known[known] = terms[numbers[known]] == wanted[known]
        begin, end = starts[numbers[known]], starts[numbers[known] + 1]
        spans = [slice(*span) for span in zip(begin.tolist(), end.tolist(), strict=True)]
        places, counts = self.postings.places, self.postings.counts
        return _Found(
            np.flatnonzero(known),
            end - begin,
            np.concatenate([places[:0], *(places[span] for span in spans)]),
            np.concatenate([counts[:0], *(counts[span] for span in spans)]),
        )

    def count(self, found: _Found, frequencies: NDArray[np.int64]) -> None:
        """Add how many live rows hold each term."""
        if self.live is None or not len(found.which):
            frequencies[found.which] += found.sizes
        else:
            begin = np.cumsum(found.sizes) - found.sizes
            frequencies[found.which] += np.add.reduceat(self.live[found.places], begin, dtype=np.int64)

    def score(self, found: _Found, weights: NDArray[np.float32], damping: NDArray[np.float32]) -> NDArray[np.float32]:
        """What each row's terms are worth together, shape (rows of this segment,)."""
        counts = found.counts.astype(np.float32)
        worth = np.repeat(weights[found.which], found.sizes) * counts
        worth /= counts + damping[self.rows][found.places]
        return np.bincount(found.places, worth, minlength=len(self.postings.lengths)).astype(np.float32)


class LexicalIndex:
    """The postings of a generation's segments, whose rows follow each other; only those marked as live count."""

    def __init__(self, segments: Sequence[Postings], live: NDArray[np.bool_]) -> None:
        self._parts: list[_Part] = []
        first = 0
        for postings in segments:
            rows = slice(first, first + len(postings.lengths))
            self._parts.append(_Part(postings, rows, None if live[rows].all() else live[rows]))
            first = rows.stop
        lengths = np.concatenate([np.zeros(0, dtype=np.uint32), *(postings.lengths for postings in segments)])
        self._live = int(live.sum())
        usual = float(lengths[live].mean()) if self._live else 0.0
        self._damping = (K1 * (1 - B + B * lengths / (usual or 1.0))).astype(np.float32)

    def match(self, terms: Sequence[str], also: Mapping[str, float] = MappingProxyType({})) -> Match:
        """The score of every row for these terms, 0 where none is shared; a term that no row has is the rarest.

        Terms of `also` that are not among them add their score times the weight given, and have no rarity.
        """
        asked = Counter(terms)
        weighed = {**also, **asked}
        wanted = digests(tuple(weighed))
        found = [part.find(wanted) for part in self._parts]
        frequencies = np.zeros(len(wanted), dtype=np.int64)
        for part, each in zip(self._parts, found, strict=True):
            part.count(each, frequencies)
        rarity = np.log(1 + (self._live - frequencies + 0.5) / (frequencies + 0.5))
        weights = (rarity * np.array(list(weighed.values()), dtype=np.float64)).astype(np.float32)
        scores = [part.score(each, weights, self._damping) for part, each in zip(self._parts, found, strict=True)]
        rarities = dict(zip(weighed, rarity.tolist(), strict=True))
        return Match(np.concatenate([np.zeros(0, dtype=np.float32), *scores]), {term: rarities[term] for term in asked})


def ideal(terms: Sequence[str], rarity: Mapping[str, float]) -> float:
    """About the score of a row of average length that holds every term once; 1 without terms."""
    return sum(rarity[term] for term in terms) / (1 + K1) if terms else 1.0
