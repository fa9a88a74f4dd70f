"""What the vectors and the words tell by themselves, and ways to make one order of them.

What is learned is judged by cross-validation over documents: no question by a model that saw its document.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.evaluation.collection import Collection
from knowledge.evaluation.metrics import ndcg
from knowledge.evaluation.models import Example, Fit, by_rank, by_row, cross_validate, standard
from knowledge.model import Audience
from knowledge.ports import Candidates
from knowledge.searching import fusion, ranking
from knowledge.searching.search import PER_INDEX, RANKED
from knowledge.wiring import Knowledge

RECIPROCAL = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
DEPTH = 10
CASE = "all"


@dataclass(frozen=True, slots=True)
class Look:
    """What a question brought up: features of the candidates, of the first of them for ranking, and their documents."""

    rows: NDArray[np.float64]
    documents: tuple[str, ...]
    ranked: NDArray[np.float64]
    ranked_documents: tuple[str, ...]
    relevant: frozenset[str]


def look(knowledge: Knowledge, collection: Collection, every: int) -> list[Look]:
    """At every n-th question of a set, as the searcher does."""
    with knowledge.store.reading() as work:
        keys = {passage.id: document.key for passage, document in work.documents.live_passages()}
    looks = []
    for question in collection.questions[::every]:
        query = knowledge.searcher.query(question.text)
        candidates: Candidates = knowledge.shelf.current().candidates(query, Audience.PUBLIC.readable, PER_INDEX)
        fused = fusion.fuse(candidates, query.language)
        hits = knowledge.searcher.load(candidates, fused, Audience.PUBLIC, RANKED)
        looks.append(
            Look(
                fusion.features(candidates),
                tuple(keys[number] for number in candidates.ids.tolist()),
                ranking.features(hits, candidates),
                tuple(hit.document.key for hit in hits),
                collection.relevant[question.id],
            )
        )
    return looks


def singles(looks: Sequence[Look]) -> dict[str, float]:
    """The nDCG@10 of each feature of fusion by itself."""
    return {name: _judge(looks, _column(at)) for at, name in enumerate(fusion.FEATURES)}


def fusions(looks: Sequence[Look]) -> dict[str, float]:
    """The nDCG@10 of ways to fuse, from the simplest to the one in use."""
    vector, words = (fusion.FEATURES.index("lift"),), tuple(map(fusion.FEATURES.index, ("lemma", "gram")))
    sentences = tuple(at for at, name in enumerate(fusion.FEATURES) if name.startswith("sentence"))
    plain = (*vector, *words)
    every = (*vector, *sentences, *words)
    ranked = [Example(*_example(each.ranked, each.ranked_documents, each)) for each in looks]
    pairs = zip(looks, cross_validate(ranked, by_rank), strict=True)
    return {
        "reciprocal ranks, without sentences": _judge(looks, lambda each: _reciprocal(each.rows[:, plain])),
        "sum of standard scores, without sentences": _judge(looks, lambda each: _standard(each.rows[:, plain])),
        "learned row by row, without sentences": _learned(looks, plain, by_row),
        "learned by rank, without sentences": _learned(looks, plain, by_rank),
        "reciprocal ranks": _judge(looks, lambda each: _reciprocal(each.rows[:, every])),
        "sum of standard scores": _judge(looks, lambda each: _standard(each.rows[:, every])),
        "learned row by row": _learned(looks, every, by_row),
        "learned by rank (in use)": _learned(looks, every, by_rank),
        f"the first {RANKED} ranked by sentences' words too (in use)": statistics.fmean(
            _gain(each.ranked_documents, odds, each.relevant) for each, odds in pairs
        ),
    }


def _column(at: int) -> Callable[[Look], NDArray[np.float64]]:
    return lambda each: each.rows[:, at]


def _judge(looks: Sequence[Look], score: Callable[[Look], NDArray[np.float64]]) -> float:
    return statistics.fmean(_gain(each.documents, score(each), each.relevant) for each in looks)


def _learned(looks: Sequence[Look], columns: tuple[int, ...], method: Fit) -> float:
    examples = [Example(*_example(each.rows[:, columns], each.documents, each)) for each in looks]
    pairs = zip(looks, cross_validate(examples, method), strict=True)
    return statistics.fmean(_gain(each.documents, odds, each.relevant) for each, odds in pairs)


def _example(
    rows: NDArray[np.float64], documents: Sequence[str], each: Look
) -> tuple[str, NDArray[np.float64], NDArray[np.str_], NDArray[np.bool_]]:
    label = np.array([document in each.relevant for document in documents])
    return min(each.relevant), rows, np.full(len(rows), CASE), label


def _gain(documents: Sequence[str], scores: NDArray[np.float64], relevant: frozenset[str]) -> float:
    order = np.argsort(-scores, kind="stable")
    return ndcg(list(dict.fromkeys(documents[at] for at in order)), relevant, DEPTH)


def _reciprocal(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    places = np.argsort(np.argsort(-rows, axis=0, kind="stable"), axis=0)
    total: NDArray[np.float64] = (1 / (RECIPROCAL + 1 + places)).sum(axis=1)
    return total


def _standard(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    means, scales = standard(rows)
    total: NDArray[np.float64] = ((rows - means) / scales).sum(axis=1)
    return total
