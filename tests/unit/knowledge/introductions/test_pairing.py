"""The best pairs of a round: as good as trying every way of pairing, which greed is not."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.introductions.pairing import pairs_of


def _best_sum(weights: NDArray[np.float64]) -> float:
    """By trying every way; for few rows."""
    if len(weights) < 2:
        return 0.0
    rest = range(1, len(weights))
    sums = [_best_sum(weights[np.ix_(rest, rest)])]
    for other in rest:
        left = [number for number in rest if number != other]
        sums.append(float(weights[0, other]) + _best_sum(weights[np.ix_(left, left)]))
    return max(sums)


def _symmetric(values: list[int], size: int) -> NDArray[np.float64]:
    table = np.zeros((size, size))
    table[np.triu_indices(size, 1)] = values[: size * (size - 1) // 2]
    return (table + table.T) / 10


@given(st.integers(0, 6).flatmap(lambda size: st.tuples(st.just(size), st.lists(st.integers(0, 9), min_size=15))))
def test_no_other_pairs_are_worth_more(drawn: tuple[int, list[int]]) -> None:
    """The sum is the greatest there is, nobody is in two pairs, and no worthless pair is made."""
    size, values = drawn
    weights = _symmetric(values, size)
    pairs = pairs_of(weights)
    assert abs(sum(weights[pair] for pair in pairs) - _best_sum(weights)) < 1e-9
    assert len({person for pair in pairs for person in pair}) == 2 * len(pairs)
    assert all(weights[pair] > 0 for pair in pairs)


def test_the_best_pair_is_given_up_for_the_whole() -> None:
    """0 and 1 fit best, yet two pairs of .8 are worth more than one of .9 and one of .1."""
    weights = np.zeros((4, 4))
    for one, other, weight in ((0, 1, 0.9), (0, 2, 0.8), (1, 3, 0.8), (2, 3, 0.1)):
        weights[one, other] = weights[other, one] = weight
    assert pairs_of(weights) == [(0, 2), (1, 3)]


def test_few_candidates_are_enough_for_pairs() -> None:
    """With one candidate each, whoever is somebody's best is still tried."""
    weights = np.zeros((3, 3))
    weights[0, 1] = weights[1, 0] = 0.9
    weights[1, 2] = weights[2, 1] = 0.5
    assert pairs_of(weights, candidates=1) == [(0, 1)]


def test_nobody_is_paired_where_there_is_nobody() -> None:
    """No rows, and one."""
    assert pairs_of(np.zeros((0, 0))) == []
    assert pairs_of(np.zeros((1, 1))) == []
