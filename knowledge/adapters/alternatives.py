"""Synonyms of a question's words as further terms, each phrase together weighing a part of what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from knowledge.analysis import gram_terms, lemma_terms
from knowledge.model import Language
from knowledge.ports import Alternative

SHARE = 0.5
"""What a synonym is worth of the word that was asked for."""


def alternative_lemmas(also: Sequence[Alternative]) -> Mapping[str, float]:
    """The lemmas of phrases in their own languages, with their weights."""
    return _weighed(also, lemma_terms)


def alternative_grams(also: Sequence[Alternative]) -> Mapping[str, float]:
    """The n-grams of phrases, with their weights."""
    return _weighed(also, lambda text, _language: gram_terms(text))


def _weighed(also: Sequence[Alternative], terms_of: Callable[[str, Language], Sequence[str]]) -> Mapping[str, float]:
    """A phrase of more terms than what it stands for would count for more; a term of several phrases counts once."""
    weights: dict[str, float] = {}
    for phrase in also:
        terms = terms_of(phrase.text, phrase.language)
        size = len(terms_of(phrase.instead_of, phrase.instead_language))
        for term in terms:
            weights[term] = max(weights.get(term, 0.0), SHARE * min(1.0, size / len(terms)))
    return weights
