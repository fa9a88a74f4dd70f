"""One score from many: the log-odds that a passage answers, by how its words and its vector fit the question."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.learned import learned
from knowledge.model import Language
from knowledge.ports import Candidates

FEATURES = ("lift", "behind_in_lift", "lemma", "behind_in_lemma", "gram", "behind_in_gram")
"""Each score by itself, and how far it is behind the best candidate's."""


def fuse(candidates: Candidates, question: Language) -> NDArray[np.float32]:
    """The fused score of every candidate, comparable across languages within one question; shape (candidates,).

    Within a language words tell most; across languages only names, numbers and codes are shared, so that a model of
    its own weighs the same features there.
    """
    described = features(candidates)
    cases = np.array([language_pair(question, language) for language in candidates.languages])
    fused = np.zeros(len(described), dtype=np.float32)
    for case, model in learned("fusion").items():
        fused[cases == case] = model.log_odds(described[cases == case])
    return fused


def language_pair(question: Language, passage: Language) -> str:
    """Which of two models applies: `same`, also where a language is not known, or `other`."""
    return "same" if question is passage or Language.UNKNOWN in {question, passage} else "other"


def features(candidates: Candidates) -> NDArray[np.float64]:
    """What the models look at, in the order of FEATURES; shape (candidates, features)."""
    scores = (candidates.lift, candidates.lemma / candidates.lemma_ideal, candidates.gram / candidates.gram_ideal)
    columns = [column for score in scores for column in (score, _best(score) - score)]
    return np.stack(columns, axis=1).astype(np.float64)


def _best(scores: NDArray[np.float32]) -> float:
    return float(scores.max()) if len(scores) else 0.0
