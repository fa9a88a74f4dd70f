"""The best pairs of a whole round: the matching of greatest weight, never the best pair first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

CANDIDATES = 25
"""How many others each person is tried with: more of them change hardly a pair, and cost time."""
FINENESS = 1000
"""Weights are told apart to one part in this many."""


def pairs_of(weights: NDArray[np.float64], candidates: int = CANDIDATES) -> list[tuple[int, int]]:
    """Pairs of rows, nobody in two, whose weights add up to most. No pair where a weight is not above zero.

    `weights` is symmetric, shape (n, n).
    """
    graph: rx.PyGraph[int, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(weights)))
    graph.add_edges_from([(one, other, _whole(weights[one, other])) for one, other in _edges(weights, candidates)])
    found = rx.max_weight_matching(graph, weight_fn=int)
    return sorted((min(pair), max(pair)) for pair in found)


def _edges(weights: NDArray[np.float64], candidates: int) -> Sequence[tuple[int, int]]:
    most = min(candidates, len(weights))
    if most == 0:
        return []
    # In a fixed order where weights are equal, so that the same round gives the same pairs.
    best = np.argsort(-weights, axis=1, kind="stable")[:, :most]
    rows = np.repeat(np.arange(len(weights)), most)
    columns = best.ravel()
    good = weights[rows, columns] > 0
    ends = np.sort(np.stack([rows[good], columns[good]], axis=1), axis=1)
    return [(int(one), int(other)) for one, other in np.unique(ends, axis=0)]


def _whole(weight: float) -> int:
    return max(1, round(weight * FINENESS))
