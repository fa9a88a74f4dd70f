"""Measures of a ranking and of a refusal, from their definitions."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np


def ndcg(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Normalised discounted cumulative gain with binary relevance (Järvelin and Kekäläinen, 2002), 0 to 1."""
    gain = sum(1 / math.log2(place + 2) for place, document in enumerate(ranked[:depth]) if document in relevant)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(relevant), depth)))
    return gain / ideal if ideal else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """The share of relevant documents among the first `depth`, 0 to 1."""
    return len(set(ranked[:depth]) & set(relevant)) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """One over the place of the first relevant document; 0 where none is among the first `depth`."""
    return next((1 / place for place, document in enumerate(ranked[:depth], 1) if document in relevant), 0.0)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The probability that a positive scores above a negative, ties counting half (Mann-Whitney U), 0 to 1."""
    low = np.sort(np.asarray(negative))
    high = np.asarray(positive)
    below = np.searchsorted(low, high, side="left")
    not_above = np.searchsorted(low, high, side="right")
    return float((below + not_above).sum() / (2 * len(high) * len(low)))


def refused_at(positive: Sequence[float], negative: Sequence[float], false_refusals: float) -> float:
    """The share of negatives below the threshold that refuses that share of the positives, 0 to 1."""
    threshold = float(np.quantile(np.asarray(positive), false_refusals))
    return float((np.asarray(negative) < threshold).mean())
