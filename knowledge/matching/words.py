"""Which words texts share: lemmas, pieces of words, and what means the same in three languages, by their rarity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from scipy import sparse

from knowledge.language.analysis import gram_terms, lemma_terms
from knowledge.matching.statements import Statement
from knowledge.model import Language
from knowledge.searching.synonyms import Synonyms

CACHED = 100_000
"""Texts whose terms are remembered: the same profiles are compared again and again."""
MANY = 20
"""Texts that are pretended to be there without a term: among a few, a shared term would pass for a common one."""
LITTLE = 3.0
"""Weight that is pretended to be in every text: one shared word of two is less than ten of twenty."""
COMMON = 0.15
"""Share of many texts from which a term tells too little to be worth its time."""
_Counts = Mapping[str, int]


def word_matrix(texts: Sequence[Sequence[Statement]]) -> sparse.csr_array:
    """A row for each text, so that the product of two rows tells how like they are spelt: 0 to 1."""
    parts = [_weighted([_sum(kind(each) for each in statements) for statements in texts]) for kind in (_lemmas, _grams)]
    joined: sparse.csr_array = sparse.hstack(parts, format="csr") * np.float32(1 / np.sqrt(len(parts)))
    return joined


def concept_matrix(texts: Sequence[Sequence[Statement]]) -> sparse.csr_array:
    """A row for each text, so that the product of two rows tells how much both name, in whichever language: 0 to 1."""
    return _weighted([_sum(_concepts(each) for each in statements) for statements in texts])


@lru_cache(CACHED)
def concepts(text: str, language: Language, synonyms: Synonyms) -> frozenset[str]:
    """What the text names that has a name in other languages too, or another name; the same for each of the names."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for other in synonyms.alternatives(text, language):
        named[other.instead_of.casefold()].add(other.text.casefold())
    return frozenset(min({phrase, *others}) for phrase, others in named.items())


def _lemmas(statement: Statement) -> _Counts:
    return _lemmas_of(statement.text, statement.language)


def _grams(statement: Statement) -> _Counts:
    return _grams_of(statement.text)


def _concepts(statement: Statement) -> _Counts:
    return dict.fromkeys(statement.concepts, 1)


@lru_cache(CACHED)
def _lemmas_of(text: str, language: Language) -> _Counts:
    return Counter(f"{language.value}:{term}" for term in lemma_terms(text, language))


@lru_cache(CACHED)
def _grams_of(text: str) -> _Counts:
    return Counter(gram_terms(text))


def _sum(counts: Iterable[_Counts]) -> _Counts:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total


def _weighted(texts: Sequence[_Counts]) -> sparse.csr_array:
    """Logarithms of counts, times rarity, in rows of unit length."""
    columns = {term: number for number, term in enumerate(sorted({term for text in texts for term in text}))}
    counts = sparse.csr_array(
        (
            np.array([count for text in texts for count in text.values()], dtype=np.float32),
            np.array([columns[term] for text in texts for term in text], dtype=np.int32),
            np.cumsum([0, *map(len, texts)]),
        ),
        shape=(len(texts), len(columns)),
    )
    counts.data = np.log1p(counts.data)
    there = np.bincount(counts.indices, minlength=len(columns))
    rarity = np.log((len(texts) + MANY) / (there + 1))
    rarity[there > max(10 * MANY, COMMON * len(texts))] = 0
    weighted = (counts * rarity.astype(np.float32)).tocsr()
    weighted.eliminate_zeros()
    length = np.sqrt(np.asarray((weighted * weighted).sum(axis=1)).ravel() + LITTLE**2)
    weighted.data /= np.repeat(length, np.diff(weighted.indptr)).astype(np.float32)
    return weighted
