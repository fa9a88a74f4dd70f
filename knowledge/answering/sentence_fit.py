"""How well each sentence of a passage fits a question: what a small logistic model looks at to choose the quote."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.wanted import Wanted, measures, offers, wanted
from knowledge.language.analysis import lemma_terms, words
from knowledge.model import Language
from knowledge.searching.coverage import coverage, lemmas_of

KINDS = tuple(kind for kind in Wanted if kind is not Wanted.ANYTHING)
FEATURES = (
    "covers",
    "covers_to_best",
    "covers_news",
    "covers_news_to_best",
    "before_covers",
    "after_covers",
    "asks",
    "answers_asked",
    "new_words",
    "heading",
    "in_table",
    "number_if_measured",
    *(f"offers_{kind.value}" for kind in KINDS),
)
MEANING_FEATURES = (*FEATURES, "behind_nearest", "nearer_than_mean", "before_nearer_than_mean")
HEADING = 60
"""Characters below which a sentence without an end mark is taken for a heading."""


def describe(question: str, sentences: Sequence[str], language: Language, above: str) -> NDArray[np.float64]:
    """What the words tell, in the order of FEATURES; shape (sentences, features).

    `above` is title and headings: words of the question that stand there say what the whole passage is about, and the
    sentence that answers need not repeat them. `covers_news` looks at the other words alone.
    """
    covers = np.array(coverage(question, sentences, language))
    news = np.array(coverage(_news(question, language, above), sentences, language))
    asks = np.array([float(sentence.rstrip().endswith("?")) for sentence in sentences])
    known = set(lemma_terms(question, language))
    kind = wanted(question)
    columns = [
        covers,
        _to_best(covers),
        news,
        _to_best(news),
        _before(covers),
        _after(covers),
        asks,
        _before(asks * covers),
        np.array([math.log1p(len(lemmas_of(each, language) - known)) for each in sentences]),
        np.array([float(_is_heading(sentence)) for sentence in sentences]),
        np.array([float(sentence.startswith("|")) for sentence in sentences]),
        np.array([float(measures(kind) and any(map(str.isdigit, sentence))) for sentence in sentences]),
    ]
    offered = np.array([float(offers(sentence, kind)) for sentence in sentences])
    columns += [offered if kind is each else np.zeros(len(sentences)) for each in KINDS]
    return np.stack(columns, axis=1)


def describe_meaning(described: NDArray[np.float64], cosines: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same with what the vectors tell, in the order of MEANING_FEATURES."""
    ahead = cosines - cosines.mean()
    return np.column_stack([described, cosines - cosines.max(), ahead, _before(ahead)])


def _news(question: str, language: Language, above: str) -> str:
    known = set(lemma_terms(above, language))
    return " ".join(word for word in words(question) if not known.issuperset(lemma_terms(word, language)))


def _to_best(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values / max(float(values.max(initial=0.0)), 1e-9)


def _before(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each sentence's neighbour's value, 0 for the first."""
    return np.concatenate([[0.0], values[:-1]])


def _after(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([values[1:], [0.0]])


def _is_heading(sentence: str) -> bool:
    plain = sentence.rstrip()
    return plain.startswith("#") or (len(plain) < HEADING and not plain.endswith((".", "!", "?", ":", "|")))
