"""Which passages hold which terms, and how often: arrays that are written once, mapped, and joined without sorting.

A term is kept as a 64-bit digest. Two of a million terms share one with a chance of one in 37 million.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

RUN = 8_000
"""Places whose postings are sorted at once; a longer collection is joined from such runs."""
BLOCK = 4_000_000
"""Postings copied at once while joining, so that memory stays bounded."""
MOST = 255
"""The highest count that fits a byte: by then a term is worth nearly all that it can be."""


@dataclass(frozen=True, slots=True)
class Postings:
    """For term number i, `places[starts[i]:starts[i + 1]]` hold it, as often as `counts` says.

    `terms` are digests in ascending order, each with at least one posting; `lengths` are the numbers of terms by place.
    """

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    places: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.uint32]

    def __post_init__(self) -> None:
        """Raise ValueError where the arrays do not belong together."""
        ends = int(self.starts[-1])
        if (len(self.starts), len(self.places), len(self.counts)) != (len(self.terms) + 1, ends, ends):
            message = f"expected {ends} postings of {len(self.starts) - 1} terms, got {len(self.places)}"
            raise ValueError(message)

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """All of it, for a file; in this order it is taken back."""
        return self.terms, self.starts, self.places, self.counts, self.lengths


class PostingsBuilder:
    """Collects the terms of one place after another."""

    def __init__(self) -> None:
        self._runs: list[Postings] = []
        self._begin()

    def _begin(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._held: array[int] = array("I")
        self._lengths: array[int] = array("I")

    def add(self, terms: Sequence[str]) -> None:
        """Take in the next place's terms."""
        self._held.extend(map(self._numbers.__getitem__, terms))
        self._lengths.append(len(terms))
        if len(self._lengths) == RUN:
            self._end()

    def built(self) -> Postings:
        """The postings of all places."""
        if self._lengths or not self._runs:
            self._end()
        return self._runs[0] if len(self._runs) == 1 else join([(run, _every(run)) for run in self._runs])

    def _end(self) -> None:
        terms, ranks = np.unique(digests(tuple(self._numbers)), return_inverse=True)
        lengths = np.array(self._lengths, dtype=np.uint32)
        places = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        pairs = ranks.astype(np.int64)[np.frombuffer(self._held, dtype=np.uint32)] * len(lengths) + places
        pairs, counts = np.unique(pairs, return_counts=True)
        held, places = np.divmod(pairs, max(len(lengths), 1))
        self._runs.append(
            Postings(
                terms,
                _starts(np.bincount(held, minlength=len(terms))),
                places.astype(np.uint32),
                counts.clip(max=MOST).astype(np.uint8),
                lengths,
            )
        )
        self._begin()


def digests(terms: Sequence[str]) -> NDArray[np.uint64]:
    """What the terms are kept as, in their order."""
    return np.frombuffer(b"".join(blake2b(term.encode(), digest_size=8).digest() for term in terms), dtype="<u8")


def join(parts: Sequence[tuple[Postings, NDArray[np.bool_]]]) -> Postings:
    """One for all parts: the places that each part keeps, renumbered one part after another."""
    terms = np.unique(np.concatenate([part.terms for part, _ in parts]))
    kept = [_frequencies(part, keep) for part, keep in parts]
    numbers = [np.searchsorted(terms, part.terms) for part, _ in parts]
    totals = np.zeros(len(terms), dtype=np.int64)
    for number, frequencies in zip(numbers, kept, strict=True):
        totals[number] += frequencies
    starts = _starts(totals)
    places, counts = np.empty(starts[-1], dtype=np.uint32), np.empty(starts[-1], dtype=np.uint8)
    free, first = starts[:-1].copy(), 0
    for (part, keep), number, frequencies in zip(parts, numbers, kept, strict=True):
        renumbered = (np.cumsum(keep) - 1 + first).astype(np.uint32)
        for block in _blocks(part):
            span = slice(part.starts[block.start], part.starts[block.stop])
            stays = keep[part.places[span]]
            to = _run_on(free[number[block]], frequencies[block])
            places[to] = renumbered[part.places[span][stays]]
            counts[to] = part.counts[span][stays]
        free[number] += frequencies
        first += int(keep.sum())
    lengths = np.concatenate([part.lengths[keep] for part, keep in parts])
    used = totals > 0
    return Postings(terms[used], _starts(totals[used]), places, counts, lengths)


def _frequencies(part: Postings, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many kept places hold each term."""
    if keep.all() or not len(part.terms):
        return np.diff(part.starts)
    found = [
        np.add.reduceat(
            keep[part.places[part.starts[block.start] : part.starts[block.stop]]],
            part.starts[block.start : block.stop] - part.starts[block.start],
            dtype=np.int64,
        )
        for block in _blocks(part)
    ]
    return np.concatenate(found)


def _blocks(part: Postings) -> Iterator[slice]:
    """Terms in slices of about BLOCK postings."""
    begin = 0
    while begin < len(part.terms):
        end = int(np.searchsorted(part.starts, part.starts[begin] + BLOCK, side="right")) - 1
        end = min(max(end, begin + 1), len(part.terms))
        yield slice(begin, end)
        begin = end


def _run_on(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start on, as many as its length, one after another."""
    before = _starts(lengths)
    return np.arange(before[-1]) + np.repeat(starts - before[:-1], lengths)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)])


def _every(part: Postings) -> NDArray[np.bool_]:
    return np.ones(len(part.lengths), dtype=np.bool_)
