"""The order of the found passages: what fusion saw, and how well their best sentences cover the question."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.language.analysis import gram_string
from knowledge.language.sentences import split_sentences
from knowledge.learned import learned
from knowledge.model import Hit, Language
from knowledge.ports import Candidates
from knowledge.searching import fusion

FEATURES = (
    *fusion.FEATURES,
    "best_sentence_covers",
    "best_two_cover",
    "passage_covers",
    "headings_cover",
)


def rank(hits: Sequence[Hit], candidates: Candidates, question: Language) -> list[Hit]:
    """The hits, best first, with the log-odds of answering as their scores; `score` was that of fusion before."""
    if not hits:
        return []
    described = features(hits, candidates)
    models = learned("ranking")
    scored = [
        dataclasses.replace(
            hit, score=float(models[fusion.language_pair(question, hit.passage.language)].log_odds(row))
        )
        for hit, row in zip(hits, described, strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score)


def features(hits: Sequence[Hit], candidates: Candidates) -> NDArray[np.float64]:
    """What the models look at, in the order of FEATURES; shape (hits, features)."""
    grams = list(candidates.gram_rarity)
    weights = np.array([candidates.gram_rarity[gram] for gram in grams])
    weights /= weights.sum() or 1.0
    return np.array([[*hit.parts.described, *_coverage(hit, grams, weights)] for hit in hits])


def _coverage(hit: Hit, grams: Sequence[str], weights: NDArray[np.float64]) -> tuple[float, ...]:
    """The shares of the question that its best sentence, its best two neighbours, all of it and what is above cover.

    By n-grams alone: to look for them in a string is many times faster than to find the lemmas of all its words. None
    reaches over the border of two words, so that several sentences hold just what each of them holds.
    """
    texts = split_sentences(hit.passage.text, hit.passage.language)
    held = np.array([_held(text, grams) for text in texts], dtype=np.bool_).reshape(len(texts), len(grams))
    above = np.array(_held(" ".join((hit.document.title, *hit.passage.headings)), grams), dtype=np.bool_)
    pairs = held[:-1] | held[1:] if len(held) > 1 else held
    return (
        float((held @ weights).max(initial=0.0)),
        float((pairs @ weights).max(initial=0.0)),
        float(held.any(axis=0) @ weights),
        float(above @ weights),
    )


def _held(text: str, grams: Sequence[str]) -> list[bool]:
    letters = gram_string(text)
    return [gram in letters for gram in grams]
