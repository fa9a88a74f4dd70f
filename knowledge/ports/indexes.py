"""The embedding model and the published indexes, as the use cases see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.model import (
    Audience,
    GenerationId,
    Language,
    ModelIdentity,
    PassageId,
)
from knowledge.ports.basics import Vectors


class Embedder(Protocol):
    """Text to vectors of unit length, with the model's own prompts for questions and passages."""

    @property
    def identity(self) -> ModelIdentity:
        """Name, revision and dimension, as stored with every vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, in the order given; shape (len(texts), dimension)."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question; shape (dimension,)."""
        ...

    @property
    def language_means(self) -> Mapping[Language, NDArray[np.float32]]:
        """The mean vector of the same questions in each language, of shape (dimension,); see `searching.crossing`."""
        ...


@dataclass(frozen=True, slots=True)
class Alternative:
    """A phrase that means the same as one of the question: what it is instead of, as the list of synonyms spells it."""

    text: str
    language: Language
    instead_of: str
    instead_language: Language


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the indexes see it.

    `moved` is its vector as it would be, were it asked in that language; absent where nothing sets them apart.
    `also` may stand in a passage in place of the question's own words.
    """

    text: str
    language: Language
    vector: NDArray[np.float32]
    moved: Mapping[Language, NDArray[np.float32]] = field(default_factory=dict)
    also: tuple[Alternative, ...] = ()

    def toward(self, language: Language) -> NDArray[np.float32]:
        """The vector to compare passages of a language with."""
        return self.moved.get(language, self.vector)


SENTENCE_COLUMNS = ("best", "two", "all", "unmoved")
"""Lift of the best sentence, mean of the best two and of all, and of the best by the question's vector as it is."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth fusing, column by column: row i of every array speaks of the same passage.

    `vector` is the cosine, `lemma` and `gram` BM25 scores (0 where no term is shared);
    every score is exact for every row, also where only one index brought the row up. `lift` says how far the cosine
    stands above that of any passages of the same language, in their standard deviations: models put texts of one
    language nearer to each other, and by the lift passages of different languages can be compared. `sentences` are
    such lifts of the passage's sentences, in the order of SENTENCE_COLUMNS. `lemma_ideal` and
    `gram_ideal` are about what a passage holding every term of the question once would score: a score
    divided by them tells how much of the question a passage covers, comparable between questions. The rarities are
    the question's terms with their inverse document frequency.
    """

    ids: NDArray[np.int64]
    vector: NDArray[np.float32]
    lemma: NDArray[np.float32]
    gram: NDArray[np.float32]
    lift: NDArray[np.float32]
    sentences: NDArray[np.float32]
    languages: tuple[Language, ...]
    lemma_ideal: float
    gram_ideal: float
    lemma_rarity: Mapping[str, float]
    gram_rarity: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A passage that a generation is to hold, and who may read it."""

    id: PassageId
    audience: Audience
    language: Language


@dataclass(frozen=True, slots=True)
class IndexRow(IndexEntry):
    """What is indexed of a passage that no generation has yet.

    `indexed_text` is title, headings and text; `sentence_vectors` has a row per sentence, and none where the
    sentences were not embedded. `vector` is all zeros where the passage is not embedded yet: only words find it.
    """

    indexed_text: str
    vector: NDArray[np.float32]
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class IndexContent:
    """What a generation is to hold, and what it was made by.

    `revision` is the store's, `documents` how many the passages are of; `rules` marks how texts become terms.
    `is_complete` says that every passage is embedded: what is not stands in until the next generation. `retired` are
    passages that the store still keeps for earlier generations: what is in neither was erased, and no file of the new
    generation may hold its words. None says nothing of that.
    """

    entries: Sequence[IndexEntry]
    model: ModelIdentity
    rules: str
    revision: int
    documents: int
    is_complete: bool = True
    retired: Sequence[PassageId] | None = None


LoadRows = Callable[[Sequence[PassageId]], Iterable[IndexRow]]
"""Gives the rows of these passages, all of them and in this order."""


class VectorKind(StrEnum):
    """Where the vectors of passages are kept and searched."""

    FAISS = "faiss"
    PGVECTOR = "pgvector"
    MILVUS = "milvus"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself: enough to refuse it before it is used."""

    generation: GenerationId
    model: ModelIdentity
    passages: int
    documents: int
    revision: int
    rules: str
    built_at: datetime
    checksums: Mapping[str, str]
    is_complete: bool = True
    vectors: VectorKind = VectorKind.FAISS


class PassageIndex(Protocol):
    """One published generation, read-only and safe to use from many threads."""

    @property
    def manifest(self) -> Manifest:
        """What is inside."""
        ...

    def candidates(self, query: Query, audiences: Collection[Audience], limit: int) -> Candidates:
        """The best passages of each index among those the audiences may read, united.

        `limit` passages by each kind of words, and by the vector up to `limit` in each language.
        """
        ...

    def sentence_vectors(self, passages: Collection[PassageId]) -> Mapping[PassageId, Vectors]:
        """The vectors of each passage's sentences in order, shape (sentences, dimension).

        Passages whose sentences are not known are absent.
        """
        ...


class IndexShelf(Protocol):
    """Every kept generation, one of them current."""

    @property
    def vectors(self) -> VectorKind:
        """Where the vectors of the next generation will be."""
        ...

    def current(self) -> PassageIndex:
        """The current generation, reopened when another process published; raises IndexMissingError."""
        ...

    def publish(self, content: IndexContent, load: LoadRows, *, anew: bool = False) -> Manifest:
        """Build aside, verify, make current by one atomic rename, drop the oldest beyond the number kept.

        Rows are loaded only of passages that the newest complete generation lacks; of all where it is to be made
        `anew` or its vectors are to move. A complete generation takes the place of those that stood in for it.
        """
        ...

    def kept(self) -> Sequence[Manifest]:
        """Manifests of the complete generations, newest first."""
        ...

    def roll_back(self, to: GenerationId | None = None) -> Manifest:
        """Make an earlier generation current (the one before the current where not named); raises NotFoundError."""
        ...
