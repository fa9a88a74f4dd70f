"""Words as topics are compared by them: lemmas, with compounds that the dictionary lacks put right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from knowledge.language.analysis import COMPOUNDING, lemma_terms, words
from knowledge.language.lemmas import base_form, is_known
from knowledge.model import Language
from knowledge.searching.crossing import LANGUAGES

SHORTEST_REST = 4
CACHED_WORDS = 50_000
Word = tuple[str, ...]
"""The lemma of a word, followed by those of its parts."""


def by_words(text: str, language: Language) -> tuple[Word, ...]:
    """The text's words in order, read in this language; stop words are left out."""
    return tuple(read for word in words(text) if (read := _read(word, language)))


def terms_of(text: str, language: Language) -> frozenset[str]:
    """All lemmas of the text and of its words' parts, read in this language."""
    return frozenset(_terms(text, language))


def all_terms(text: str) -> frozenset[str]:
    """The same for each language in turn: what few words are in cannot be told."""
    return frozenset(term for language in LANGUAGES for term in _terms(text, language))


def _terms(text: str, language: Language) -> Iterator[str]:
    return (term for word in by_words(text, language) for term in word)


@lru_cache(CACHED_WORDS)
def _read(word: str, language: Language) -> Word:
    """The dictionary takes a compound that it lacks for its first part: `kielimalli` would be any `kieli`."""
    terms = tuple(lemma_terms(word, language))
    rest = word[len(terms[0]) :] if terms and word.startswith(terms[0]) else ""
    if language in COMPOUNDING and len(rest) >= SHORTEST_REST and is_known(rest, language):
        last = base_form(rest, language)
        return (terms[0] + last, terms[0], last)
    return terms
