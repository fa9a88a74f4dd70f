"""The order of the found passages: what fusion saw, and how well their best sentences cover the question."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge import fusion
from knowledge.analysis import gram_terms, lemma_terms
from knowledge.coverage import shares
from knowledge.learned import learned
from knowledge.model import Hit, Language
from knowledge.ports import Candidates
from knowledge.sentences import split_sentences

FEATURES = (
    *fusion.FEATURES,
    "best_sentence_covers",
    "best_two_cover",
    "lemmas_covered",
    "grams_covered",
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
    """The shares of the question that its best sentence, its best two neighbours, all of it and what is above cover."""
    language = hit.passage.language
    sentences = split_sentences(hit.passage.text, language)
    lemmas = [frozenset(lemma_terms(text, language)) for text in sentences]
    grams = [frozenset(gram_terms(text)) for text in sentences]
    above = " ".join((hit.document.title, *hit.passage.headings))
    pairs = [lemmas[at] | lemmas[at + 1] for at in range(len(lemmas) - 1)] or lemmas
    gram_pairs = [grams[at] | grams[at + 1] for at in range(len(grams) - 1)] or grams
    whole = [frozenset().union(*lemmas)], [frozenset().union(*grams)]
    return (
        max(_shares(candidates, lemmas, grams), default=0.0),
        max(_shares(candidates, pairs, gram_pairs), default=0.0),
        shares(candidates.lemma_rarity, whole[0])[0],
        shares(candidates.gram_rarity, whole[1])[0],
        _shares(candidates, [frozenset(lemma_terms(above, language))], [frozenset(gram_terms(above))])[0],
    )


def _shares(candidates: Candidates, lemmas: Sequence[frozenset[str]], grams: Sequence[frozenset[str]]) -> list[float]:
    by_lemma, by_gram = shares(candidates.lemma_rarity, lemmas), shares(candidates.gram_rarity, grams)
    return [(lemma + gram) / 2 for lemma, gram in zip(by_lemma, by_gram, strict=True)]
