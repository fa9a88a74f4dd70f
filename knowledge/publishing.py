"""From SQL to a new index generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import embedded_texts, indexed_text
from knowledge.errors import IndexDamagedError, IndexMissingError, ModelMismatchError
from knowledge.language.term_rules import term_rules
from knowledge.model import ModelIdentity, PassageId, TextHash
from knowledge.ports import (
    Embedder,
    IndexContent,
    IndexRow,
    IndexShelf,
    Manifest,
    UnitOfWork,
    UnitOfWorkFactory,
    Vectors,
)
from knowledge.vectors import embed_missing

PAGE = 1000
"""Passages loaded at once for a new generation."""
WORDS_FIRST = 256
"""Passages without vectors from which a generation that only words can search stands in while they are embedded."""


class Publisher:
    """Publishes what SQL holds, when it holds something that no generation has."""

    def __init__(self, uow: UnitOfWorkFactory, shelf: IndexShelf, embedder: Embedder) -> None:
        self._uow = uow
        self._shelf = shelf
        self._embedder = embedder

    def refuse_other_model(self) -> None:
        """Raise ModelMismatchError when the current generation's vectors are of another model than the settings'."""
        for made_with in self._made_with():
            if made_with != self._embedder.identity:
                message = (
                    f"The index was made with {_describe(made_with)}, the settings name "
                    f"{_describe(self._embedder.identity)}; run `python -m indexer rebuild` to embed everything anew, "
                    f"or set SOLMU_EMBEDDING_MODEL back."
                )
                raise ModelMismatchError(message)

    def _made_with(self) -> Sequence[ModelIdentity]:
        """The current generation's model, or none where nothing is published."""
        try:
            return [self._shelf.current().manifest.model]
        except IndexMissingError:
            return []
        except IndexDamagedError:
            return [manifest.model for manifest in self._shelf.kept()[:1]]

    def is_current(self) -> bool:
        """Whether the newest generation, current or rolled back from, holds all that SQL holds."""
        kept = self._shelf.kept()
        with self._uow.reading() as work:
            revision = work.revision()
        wanted = (revision, self._embedder.identity, term_rules(), self._shelf.vectors)
        newest = kept[0] if kept else None
        return (
            newest is not None
            and newest.is_complete
            and (newest.revision, newest.model, newest.rules, newest.vectors) == wanted
        )

    def publish(self, embedded: Callable[[int], None] = lambda _count: None, *, anew: bool = False) -> Manifest:
        """Embed what still lacks a vector, publish a generation, then drop what none needs.

        Only what the newest generation lacks is indexed; everything where the index is to be made `anew`.
        """
        self.embed(self.lacking(), embedded, anew=anew)
        manifest = self._build(anew=anew, is_complete=True)
        self._purge()
        return manifest

    def follow(self) -> bool:
        """Publish here what another machine read and embedded, unless something still waits for that.

        Tells whether there was something. Nothing is embedded and nothing purged: that is for who did the reading.
        """
        if self.is_current() or self.lacking():
            return False
        with self._uow.reading() as work:
            is_empty = not work.documents.counts()["passages"]
        if is_empty and not self._shelf.kept():
            return False
        self._build(anew=False, is_complete=True)
        return True

    def lacking(self) -> Sequence[PassageId]:
        """The live passages that are not embedded yet."""
        with self._uow.reading() as work:
            return work.vectors.lacking(self._embedder.identity)

    def embed(self, passages: Sequence[PassageId], embedded: Callable[[int], None], *, anew: bool = False) -> None:
        """Embed passages, told in steps to `embedded`. Where they are many they are found by their words meanwhile."""
        if len(passages) >= WORDS_FIRST:
            self._build(anew=anew, is_complete=False)
        for begin in range(0, len(passages), PAGE):
            self._embed(passages[begin : begin + PAGE], embedded)

    def _build(self, *, anew: bool, is_complete: bool) -> Manifest:
        with self._uow.reading() as work:
            counts = work.documents.counts()
            content = IndexContent(
                work.documents.live_entries(),
                self._embedder.identity,
                term_rules(),
                work.revision(),
                counts["documents"] + counts["usecases"],
                is_complete,
                work.documents.retired(),
            )
            rows = partial(self._rows, work, vectors_of=_known if is_complete else _known_or_nothing)
            return self._shelf.publish(content, rows, anew=anew)

    def _embed(self, ids: Sequence[PassageId], embedded: Callable[[int], None]) -> None:
        with self._uow.reading() as work:
            lacking = work.documents.passages(ids)
        texts = {
            passage.text_hash: embedded_texts(document.title, passage.headings, passage.text, passage.language)
            for passage, document in lacking.values()
        }
        embed_missing(texts, self._uow, self._embedder, embedded)

    def _rows(self, work: UnitOfWork, ids: Sequence[PassageId], *, vectors_of: _VectorsOf) -> Iterator[IndexRow]:
        for begin in range(0, len(ids), PAGE):
            page = ids[begin : begin + PAGE]
            passages = work.documents.passages(page)
            hashes = {passage.text_hash for passage, _ in passages.values()}
            vectors = work.vectors.get(hashes, self._embedder.identity)
            sentences = work.vectors.sentences(hashes, self._embedder.identity)
            for number in page:
                passage, document = passages[number]
                yield IndexRow(
                    passage.id,
                    document.audience,
                    passage.language,
                    indexed_text(document.title, passage.headings, passage.text),
                    *vectors_of(passage.text_hash, vectors, sentences, self._embedder.identity.dimension),
                )

    def _purge(self) -> None:
        """Passages retired before the oldest kept generation was built are in none that could be rolled back to."""
        oldest = self._shelf.kept()[-1].built_at
        with self._uow() as work:
            if work.documents.purge_retired(oldest):
                work.vectors.purge_unused(self._embedder.identity)
            work.commit()


_Texts = Mapping[TextHash, NDArray[np.float32]]
_VectorsOf = Callable[[TextHash, _Texts, _Texts, int], tuple[NDArray[np.float32], Vectors]]


def _known(text: TextHash, vectors: _Texts, sentences: _Texts, _dimension: int) -> tuple[NDArray[np.float32], Vectors]:
    return vectors[text], sentences[text]


def _known_or_nothing(
    text: TextHash, vectors: _Texts, sentences: _Texts, dimension: int
) -> tuple[NDArray[np.float32], Vectors]:
    """Of a text that is not embedded yet, no direction and no sentences."""
    if text in vectors and text in sentences:
        return vectors[text], sentences[text]
    return np.zeros(dimension, dtype=np.float32), np.zeros((0, dimension), dtype=np.float32)


def _describe(model: ModelIdentity) -> str:
    return f"{model.name} {model.revision} ({model.dimension} dimensions)"
