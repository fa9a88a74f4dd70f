"""How much of a question a sentence covers: the share of its words and of their letters, rare ones counting more."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from knowledge.language.analysis import gram_terms, lemma_terms
from knowledge.model import Language

CACHED_SENTENCES = 2048
"""One question looks several times at the sentences of a passage."""


def coverage(question: str, sentences: Sequence[str], language: Language) -> list[float]:
    """The share of the question that each sentence covers, words rare among the sentences counting more; 0 to 1."""
    lemmas = [lemmas_of(sentence, language) for sentence in sentences]
    grams = [_grams_of(sentence) for sentence in sentences]
    asked_lemmas = lemma_terms(question, language)
    asked_grams = gram_terms(" ".join(asked_lemmas) or question)
    by_lemma = shares(_rarity(asked_lemmas, lemmas), lemmas)
    by_gram = shares(_rarity(asked_grams, grams), grams)
    return [(lemma + gram) / 2 for lemma, gram in zip(by_lemma, by_gram, strict=True)]


@lru_cache(CACHED_SENTENCES)
def lemmas_of(sentence: str, language: Language) -> frozenset[str]:
    """The lemmas of a sentence."""
    return frozenset(lemma_terms(sentence, language))


@lru_cache(CACHED_SENTENCES)
def _grams_of(sentence: str) -> frozenset[str]:
    return frozenset(gram_terms(sentence))


def shares(rarity: Mapping[str, float], texts: Sequence[Collection[str]]) -> list[float]:
    """The share of the terms, weighed by their rarity, that each text holds; 0 to 1, 0 without terms."""
    total = sum(rarity.values())
    return [sum(rarity[term] for term in rarity if term in text) / total if total else 0.0 for text in texts]


def _rarity(terms: Collection[str], texts: Sequence[Collection[str]]) -> dict[str, float]:
    return {term: math.log(1 + (len(texts) + 1) / (0.5 + sum(term in text for text in texts))) for term in terms}
