"""How sure it is that the answer is in what was found: a logistic model over what retrieval saw.

The coefficients are fitted by `python -m knowledge.evaluation.fitting`, on questions whose answer is indexed against
the same questions with their document taken out. Two of three examples lack the answer,
and `ENOUGH` is the probability below which the bot says "not found": where about one in ten questions with an answer
is refused.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.sentence_fit import describe
from knowledge.documents import indexed_text
from knowledge.language.analysis import gram_string, gram_terms, lemma_terms
from knowledge.language.sentences import split_sentences
from knowledge.learned import learned
from knowledge.model import Hit
from knowledge.searching import fusion
from knowledge.searching.search import Found

ENOUGH = 0.18
NEAR = 0.11
"""The probability from which the nearest quotes are shown with the sentence that nothing sure was found."""
DEPTH = 12
"""Hits looked at, whatever the number searched for."""
ALIKE = 0.6
"""Share of a word's n-grams from which it counts as there by that share, though not in this spelling."""
SENTENCE = fusion.FEATURES.index("sentence_best")
FEATURES = (
    "lift_best",
    "lift_first",
    "lift_ahead",
    "cosine_first",
    "sentence_best",
    "sentence_first",
    "sentence_ahead",
    "lemma_best",
    "lemma_first",
    "lemma_ahead",
    "gram_best",
    "gram_first",
    "gram_ahead",
    "score_first",
    "score_ahead",
    "score_ahead_of_fifth",
    "words_covered",
    "rarest_missing",
    "quotable",
)


def evidence(found: Found) -> float:
    """The probability that the hits hold the answer, 0 to 1; 0 without hits."""
    if not found.hits:
        return 0.0
    model = learned("evidence")[fusion.language_pair(found.language, found.hits[0].passage.language)]
    return round(float(model.probability(features(found))), 4)


def features(found: Found) -> NDArray[np.float64]:
    """What the model looks at, in the order of FEATURES; there must be a hit."""
    hits = found.hits[:DEPTH]
    lifts = np.array([hit.parts.lift for hit in hits])
    sentences = np.array([hit.parts.described[SENTENCE] for hit in hits])
    lemmas = np.array([hit.parts.lemma for hit in hits]) / found.lemma_ideal
    grams = np.array([hit.parts.gram for hit in hits]) / found.gram_ideal
    scores = [hit.score for hit in hits]
    return np.array(
        [
            *_standing(lifts),
            hits[0].parts.vector,
            *_standing(sentences),
            *_standing(lemmas),
            *_standing(grams),
            scores[0],
            scores[0] - scores[min(1, len(scores) - 1)],
            scores[0] - scores[min(4, len(scores) - 1)],
            *_words_there(found, hits[0]),
            _quotable(found, hits[0]),
        ]
    )


def _words_there(found: Found, hit: Hit) -> tuple[float, float]:
    """The share of the question's words that the passage holds, and of its rarest word's weight what is missing."""
    text = indexed_text(hit.document.title, hit.passage.headings, hit.passage.text)
    lemmas, letters = set(lemma_terms(text, hit.passage.language)), gram_string(text)
    held = {term: 1.0 if term in lemmas else _spelt_alike(term, letters) for term in found.rarity}
    total, most = sum(found.rarity.values()), max(found.rarity.values(), default=0.0)
    covered = sum(weight * held[term] for term, weight in found.rarity.items())
    missing = max((weight * (1 - held[term]) for term, weight in found.rarity.items()), default=0.0)
    return covered / total if total else 0.0, missing / most if most else 0.0


def _spelt_alike(term: str, letters: str) -> float:
    """How much of a word that was misspelt, or is a loanword of another language, the passage holds."""
    grams = gram_terms(term)
    share = sum(gram in letters for gram in grams) / len(grams) if grams else 0.0
    return share if share >= ALIKE else 0.0


def _quotable(found: Found, hit: Hit) -> float:
    """The log-odds of the passage's best sentence to hold the answer, by its words."""
    sentences = split_sentences(hit.passage.text, hit.passage.language)
    above = " ".join((hit.document.title, *hit.passage.headings))
    described = describe(found.question, sentences, hit.passage.language, above)
    return float(learned("quoting")["words"].log_odds(described).max())


def _standing(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """The best value, the first hit's, and how far the first hit's is ahead of the others' mean."""
    others = float(values[1:].mean()) if len(values) > 1 else 0.0
    return float(values.max()), float(values[0]), float(values[0]) - others
