"""The order of the found passages: what fusion said, and how well their best sentences cover the question."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis import gram_terms, lemma_terms
from knowledge.coverage import shares
from knowledge.fusion import language_pair
from knowledge.learned import learned
from knowledge.model import Hit, Language
from knowledge.ports import Candidates
from knowledge.sentences import split_sentences

FEATURES = ("fused", "sentence", "two_sentences", "headings")


def rank(hits: Sequence[Hit], candidates: Candidates, question: Language) -> list[Hit]:
    """The hits, best first, with the log-odds of answering as their scores; `score` was that of fusion before."""
    if not hits:
        return []
    described = features(hits, candidates)
    models = learned("ranking")
    scored = [
        dataclasses.replace(hit, score=float(models[language_pair(question, hit.passage.language)].log_odds(row)))
        for hit, row in zip(hits, described, strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score)


def features(hits: Sequence[Hit], candidates: Candidates) -> NDArray[np.float64]:
    """What the models look at, in the order of FEATURES; shape (hits, features)."""
    return np.array([[hit.score, *_coverage(hit, candidates)] for hit in hits])


def _coverage(hit: Hit, candidates: Candidates) -> tuple[float, float, float]:
    """The share of the question in the best sentence, in the best two neighbours, and in title and headings."""
    language = hit.passage.language
    sentences = split_sentences(hit.passage.text, language)
    texts = [*sentences, " ".join((hit.document.title, *hit.passage.headings))]
    lemmas = [set(lemma_terms(text, language)) for text in texts]
    grams = [set(gram_terms(text)) for text in texts]
    pairs = [set.union(*lemmas[at : at + 2]) for at in range(len(sentences))]
    pair_grams = [set.union(*grams[at : at + 2]) for at in range(len(sentences))]
    single = _shares(candidates, lemmas, grams)
    double = _shares(candidates, pairs, pair_grams)
    return max(single[:-1], default=0.0), max(double, default=0.0), single[-1]


def _shares(candidates: Candidates, lemmas: Sequence[set[str]], grams: Sequence[set[str]]) -> list[float]:
    by_lemma, by_gram = shares(candidates.lemma_rarity, lemmas), shares(candidates.gram_rarity, grams)
    return [(lemma + gram) / 2 for lemma, gram in zip(by_lemma, by_gram, strict=True)]
