"""Ways to make terms of a text, each judged by BM25 alone."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Mapping, Sequence

import bm25s
import numpy as np
import snowballstemmer

from knowledge.adapters.lexical_index import K1, B
from knowledge.evaluation.collection import Collection
from knowledge.evaluation.metrics import ndcg
from knowledge.language.analysis import gram_terms, lemma_terms, words
from knowledge.language.detecting import detect_language
from knowledge.language.lemmas import base_form
from knowledge.language.stop_words import STOP_WORDS
from knowledge.model import Language

Analyser = Callable[[str, Language], list[str]]
STEMMERS = {Language.FI: "finnish", Language.SV: "swedish", Language.EN: "english"}
DEPTH = 10
_BETWEEN = re.compile(r"[\W_]+")


def analysers(collections: Mapping[str, Collection], every: int) -> dict[str, dict[str, float]]:
    """The nDCG@10 of each analyser, by set; whole documents are searched."""
    return {
        name: {label: _judge(collection, every, analyse, k1, b) for label, (analyse, k1, b) in ANALYSERS.items()}
        for name, collection in collections.items()
    }


def _judge(collection: Collection, every: int, analyse: Analyser, k1: float, b: float) -> float:
    keys = [document.id for document in collection.documents]
    texts = [f"{document.title}\n{document.text}" for document in collection.documents]
    terms = [analyse(text, detect_language(text)) for text in texts]
    index = bm25s.BM25(method="lucene", k1=k1, b=b)
    index.index(terms, show_progress=False)
    gains = []
    for question in collection.questions[::every]:
        asked = [term for term in analyse(question.text, detect_language(question.text)) if term in index.vocab_dict]
        scores = index.get_scores(asked) if asked else np.zeros(len(keys))
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        gains.append(ndcg([keys[at] for at in best if scores[at] > 0], collection.relevant[question.id], DEPTH))
    return statistics.fmean(gains)


def _content(text: str, language: Language) -> list[str]:
    return [word for word in words(text) if word not in STOP_WORDS[language]]


def _stems(text: str, language: Language) -> list[str]:
    stemmer = snowballstemmer.stemmer(STEMMERS.get(language, "finnish"))
    stems: Sequence[str] = stemmer.stemWords(_content(text, language))
    return list(stems)


def _lemmas(text: str, language: Language) -> list[str]:
    return [base_form(word, language) for word in _content(text, language)]


def _plain_grams(size: int) -> Analyser:
    def analyse(text: str, language: Language) -> list[str]:
        del language
        bounded = [f"^{word}$" for word in words(text)]
        return [
            word[at : at + size] if len(word) > size else word
            for word in bounded
            for at in range(max(1, len(word) - size + 1))
        ]

    return analyse


def _running_grams(size: int) -> Analyser:
    def analyse(text: str, language: Language) -> list[str]:
        del language
        joined = f"_{_BETWEEN.sub('_', text.casefold())}_"
        return [joined[at : at + size] for at in range(len(joined) - size + 1)]

    return analyse


def _simplified(text: str, language: Language) -> list[str]:
    del language
    return gram_terms(text)


ANALYSERS: dict[str, tuple[Analyser, float, float]] = {
    "words as they stand": (_content, K1, B),
    "Snowball stems": (_stems, K1, B),
    "simplemma lemmas": (_lemmas, K1, B),
    "lemmas and compound parts (in use)": (lemma_terms, K1, B),
    "3-grams": (_plain_grams(3), K1, B),
    "4-grams": (_plain_grams(4), K1, B),
    "5-grams": (_plain_grams(5), K1, B),
    "6-grams": (_plain_grams(6), K1, B),
    "5-grams across words": (_running_grams(5), K1, B),
    "4-grams of simplified letters (in use)": (_simplified, K1, B),
    "the same with k1 1.2 and b 0.75": (_simplified, 1.2, 0.75),
}
