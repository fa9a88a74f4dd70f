"""How well a text fits a topic, whatever the words and the language: by its words, their synonyms and its meaning."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from knowledge.language.analysis import words
from knowledge.language.detecting import detect_language
from knowledge.members.terms import Word, all_terms, by_words
from knowledge.model import Language
from knowledge.ports import Alternative, Embedder, Vectors
from knowledge.searching.crossing import LANGUAGES, parallel_questions
from knowledge.searching.synonyms import SHIPPED, Synonyms, parse_groups

NEAR_SENTENCE, NEAR_PHRASE = 0.5, 0.65
"""The cosines, after what a language's texts share is taken out, that count as much as having all the words."""
IN_PARTS = 0.5
"""What a compound counts that is not there itself, where all of its parts are."""
FEW_WORDS = 4
"""Texts of fewer words are phrases, which models put elsewhere than sentences."""
MOST_TOGETHER = 50
"""Ways of saying several parts at once that are tried in each language."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it was typed: the ways to say it, each word by word, and its meaning as a vector of unit length."""

    text: str
    ways: tuple[tuple[Word, ...], ...]
    meaning: NDArray[np.float32]

    @property
    def terms(self) -> frozenset[str]:
        """All terms by which it could be told."""
        return frozenset(term for way in self.ways for word in way for term in word)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Texts made ready: their terms, their meanings, and the cosine that counts for each as having all the words.

    `places` are those of the texts that hold a term.
    """

    terms: tuple[frozenset[str], ...]
    places: Mapping[str, Sequence[int]]
    meanings: Vectors
    full: NDArray[np.float64]

    def fits(self, topic: Topic) -> NDArray[np.float64]:
        """How well each text fits: 1 where it holds all the words, or is near enough in meaning; shape (texts,)."""
        held = np.zeros(len(self.terms))
        if not self.terms:
            return held
        for place in {place for term in topic.terms for place in self.places.get(term, ())}:
            held[place] = covers(topic, self.terms[place])
        fits: NDArray[np.float64] = np.clip(held + np.clip(self.meanings @ topic.meaning / self.full, 0, 1), 0, 1)
        return fits


class Topics:
    """Reads topics, and holds texts against them."""

    def __init__(self, embedder: Embedder, synonyms: Synonyms) -> None:
        self._embedder = embedder
        self._synonyms = synonyms
        self._lock = threading.Lock()
        self._usual: Mapping[bool, Mapping[Language, NDArray[np.float32]]] = {}

    def read(self, texts: Sequence[str]) -> list[Topic]:
        """The topics of these texts, in their order."""
        meanings = self.meanings(texts, self._embedder.embed_passages(texts))
        return [Topic(text, self._ways(text), meaning) for text, meaning in zip(texts, meanings, strict=True)]

    def meanings(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """The vectors without what all texts of their language share, of unit length; shape (texts, dimension)."""
        if not len(texts):
            return vectors
        usual = self._usual_vectors()
        shared = np.stack([_of_language(usual[_is_phrase(text)], detect_language(text)) for text in texts])
        rest = vectors - shared
        unit: Vectors = (rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        return unit

    def prepare(self, texts: Sequence[str], vectors: Vectors) -> Prepared:
        """The texts as topics are held against them; `vectors` are the model's own, shape (texts, dimension)."""
        full = np.array([NEAR_PHRASE if _is_phrase(text) else NEAR_SENTENCE for text in texts])
        terms = tuple(all_terms(text) for text in texts)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, some in enumerate(terms):
            for term in some:
                places[term].append(place)
        return Prepared(terms, dict(places), self.meanings(texts, vectors), full)

    def _ways(self, text: str) -> tuple[tuple[Word, ...], ...]:
        """The text itself read in each language, and with a part of it said in another way."""
        ways = dict.fromkeys(by_words(text, language) for language in LANGUAGES)
        for language in LANGUAGES:
            others = self._synonyms.alternatives(text, language)
            for replaced in (*((other,) for other in others), *_together(others)):
                ways.setdefault(_replaced(text, language, replaced))
        return tuple(way for way in ways if way)

    def _usual_vectors(self) -> Mapping[bool, Mapping[Language, NDArray[np.float32]]]:
        """What phrases (True) and sentences (False) of each language have in common, made at the first need."""
        with self._lock:
            if not self._usual:
                groups = parse_groups(SHIPPED.read_text(encoding="utf-8").splitlines(), SHIPPED.name)
                phrases = {
                    language: [phrase.text for group in groups for phrase in group if phrase.language is language]
                    for language in LANGUAGES
                }
                self._usual = {True: self._means(phrases), False: self._means(parallel_questions())}
        return self._usual

    def _means(self, texts: Mapping[Language, Sequence[str]]) -> Mapping[Language, NDArray[np.float32]]:
        return {
            language: np.mean(self._embedder.embed_passages(some), axis=0, dtype=np.float32)
            for language, some in texts.items()
        }


def covers(topic: Topic, terms: Collection[str]) -> float:
    """The share of the topic's words that are among the terms, said in the way that fits best; 0 to 1."""
    return max((sum(_held(word, terms) for word in way) / len(way) for way in topic.ways), default=0.0)


def _held(word: Word, terms: Collection[str]) -> float:
    lemma, *parts = word
    if lemma in terms:
        return 1.0
    return IN_PARTS if parts and all(part in terms for part in parts) else 0.0


def _replaced(text: str, language: Language, others: Sequence[Alternative]) -> tuple[Word, ...]:
    """The words that are left without the phrases that mean the same, and those of the other phrases."""
    gone = {word[0] for other in others for word in by_words(other.instead_of, other.instead_language)}
    left = tuple(word for word in by_words(text, language) if word[0] not in gone)
    return left + tuple(word for other in others for word in by_words(other.text, other.language))


def _together(others: Sequence[Alternative]) -> Iterator[tuple[Alternative, ...]]:
    """Several parts of a topic said in one other language: `tekoälyn kilpailutus` as `AI procurement`."""
    for language in LANGUAGES:
        parts: defaultdict[str, list[Alternative]] = defaultdict(list)
        for other in others:
            if other.language is language:
                parts[other.instead_of].append(other)
        if len(parts) > 1:
            yield from islice(product(*parts.values()), MOST_TOGETHER)


def _is_phrase(text: str) -> bool:
    return len(words(text)) < FEW_WORDS


def _of_language(usual: Mapping[Language, NDArray[np.float32]], language: Language) -> NDArray[np.float32]:
    known = usual.get(language)
    return np.mean(list(usual.values()), axis=0, dtype=np.float32) if known is None else known
