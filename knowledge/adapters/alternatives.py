"""Synonyms of a question's words as further lemmas, each phrase together weighing a part of what it stands for.

Lemmas alone: with the n-grams of synonyms, passages that only sound like one came before those that answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.language.analysis import lemma_terms
from knowledge.ports import Alternative

SHARE = 0.3
"""What a synonym is worth of the word that was asked for: with more, questions were answered worse."""


def alternative_lemmas(also: Sequence[Alternative]) -> Mapping[str, float]:
    """The lemmas of phrases in their own languages, with their weights.

    A phrase of more lemmas than what it stands for would count for more; a lemma of several phrases counts once.
    """
    weights: dict[str, float] = {}
    for phrase in also:
        terms = lemma_terms(phrase.text, phrase.language)
        size = len(lemma_terms(phrase.instead_of, phrase.instead_language))
        for term in terms:
            weights[term] = max(weights.get(term, 0.0), SHARE * min(1.0, size / len(terms)))
    return weights
