"""One score from many: the log-odds that a passage answers, by how its words and its vector fit the question."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.learned import learned
from knowledge.model import Language
from knowledge.ports import Candidates

FEATURES = ("lift", "lemma", "gram", "lift_among", "lemma_among", "gram_among")
"""Each score by itself, words as shares of their ideal, and among the candidates of the same pair of languages."""
ENOUGH_CANDIDATES = 32
"""Candidates of a pair of languages from which its mean and deviation are told."""


def fuse(candidates: Candidates, question: Language) -> NDArray[np.float32]:
    """The fused score of every candidate, comparable across languages within one question; shape (candidates,).

    Within a language words tell most; across languages only names, numbers and codes are shared, so that a model of
    its own weighs the same features there.
    """
    described = features(candidates, question)
    cases = language_pairs(candidates, question)
    fused = np.zeros(len(described), dtype=np.float32)
    for case, model in learned("fusion").items():
        fused[cases == case] = model.log_odds(described[cases == case])
    return fused


def language_pair(question: Language, passage: Language) -> str:
    """Which of two models applies: `same`, also where a language is not known, or `other`."""
    return "same" if question is passage or Language.UNKNOWN in {question, passage} else "other"


def language_pairs(candidates: Candidates, question: Language) -> NDArray[np.str_]:
    """The pair of the question with every candidate; shape (candidates,)."""
    return np.array([language_pair(question, language) for language in candidates.languages], dtype=np.str_)


def features(candidates: Candidates, question: Language) -> NDArray[np.float64]:
    """What the models look at, in the order of FEATURES; shape (candidates, features)."""
    scores = (candidates.lift, candidates.lemma / candidates.lemma_ideal, candidates.gram / candidates.gram_ideal)
    pairs = language_pairs(candidates, question)
    among = [_among(score, pairs, column) for column, score in enumerate(scores)]
    return np.stack([*scores, *among], axis=1).astype(np.float64)


def _among(scores: NDArray[np.float32], pairs: NDArray[np.str_], column: int) -> NDArray[np.float32]:
    """How far each score stands above the mean of its pair, in standard deviations; 0 where that tells nothing.

    Few candidates cannot tell what is usual: the fewer they are, the more the figures of the question sets count.
    """
    result = np.zeros_like(scores)
    for pair in np.unique(pairs):
        here = pairs == pair
        usual = learned("fusion")[str(pair)]
        share = min(1.0, int(here.sum()) / ENOUGH_CANDIDATES)
        mean = share * float(scores[here].mean()) + (1 - share) * float(usual.means[column])
        spread = share * float(scores[here].std()) + (1 - share) * float(usual.scales[column])
        result[here] = (scores[here] - mean) / spread if spread > 0 else 0
    return result
