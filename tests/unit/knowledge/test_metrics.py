"""Measures of ranking and refusal, worked out by hand."""

from __future__ import annotations

import pytest

from knowledge.evaluation.metrics import auroc, ndcg, recall, reciprocal_rank, refused_at

RANKED = ("a", "b", "c", "d")


def test_ndcg_discounts_by_the_logarithm_of_the_place() -> None:
    """Found at places 2 and 4 of two: (1 / log2 3 + 1 / log2 5) / (1 + 1 / log2 3) = 1.0616 / 1.6309."""
    assert ndcg(RANKED, {"b", "d"}, 10) == pytest.approx(0.6509, abs=1e-4)
    assert ndcg(RANKED, {"a", "b"}, 10) == 1
    assert ndcg(RANKED, {"c"}, 10) == pytest.approx(0.5)


def test_ndcg_looks_no_deeper_than_told() -> None:
    """What stands below the depth gains nothing, and the ideal holds no more than the depth."""
    assert ndcg(RANKED, {"c"}, 2) == 0
    assert ndcg(RANKED, {"a", "b", "c"}, 2) == 1
    assert ndcg((), {"a"}, 10) == 0
    assert ndcg(RANKED, (), 10) == 0


def test_recall_is_the_share_found() -> None:
    """One of two within the depth is a half."""
    assert recall(RANKED, {"b", "d"}, 3) == 0.5
    assert recall(RANKED, {"b", "d"}, 4) == 1
    assert recall(RANKED, (), 4) == 0


def test_the_reciprocal_rank_is_that_of_the_first() -> None:
    """Found at place 2 is a half, below the depth nothing."""
    assert reciprocal_rank(RANKED, {"b", "d"}, 10) == 0.5
    assert reciprocal_rank(RANKED, {"d"}, 3) == 0


def test_auroc_is_the_share_of_pairs_in_order() -> None:
    """Of the pairs of 3, 1 with 2, 1: 3 beats both, 1 loses to 2 and ties with 1: 2.5 of 4."""
    assert auroc([3, 1], [2, 1]) == 0.625
    assert auroc([2, 3], [0, 1]) == 1
    assert auroc([0, 1], [2, 3]) == 0
    assert auroc([1, 1], [1]) == 0.5


def test_refusals_are_counted_below_the_threshold_that_costs_so_many_answers() -> None:
    """With answers scored 0 to 100, refusing 5 percent of them means refusing below 5: two of four there."""
    assert refused_at(list(range(101)), [1, 4.9, 5, 50], 0.05) == 0.5
