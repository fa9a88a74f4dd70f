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
from knowledge.searching.coverage import shares

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
    return np.array([[*hit.parts.described, *_coverage(hit, candidates)] for hit in hits])


def _coverage(hit: Hit, candidates: Candidates) -> tuple[float, ...]:
    """The shares of the question that its best sentence, its best two neighbours, all of it and what is above cover.

    By n-grams alone: to look for them in a string is many times faster than to find the lemmas of all its words.
    """
    sentences = [gram_string(text) for text in split_sentences(hit.passage.text, hit.passage.language)]
    above = gram_string(" ".join((hit.document.title, *hit.passage.headings)))
    pairs = [sentences[at] + sentences[at + 1] for at in range(len(sentences) - 1)] or sentences
    rarity = candidates.gram_rarity
    return (
        max(shares(rarity, sentences), default=0.0),
        max(shares(rarity, pairs), default=0.0),
        *shares(rarity, ["".join(sentences), above]),
    )
