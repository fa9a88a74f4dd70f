"""From SQL to a new index generation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from knowledge.documents import indexed_text
from knowledge.errors import IndexMissingError, ModelMismatchError
from knowledge.model import Document, ModelIdentity, Passage, TextHash
from knowledge.ports import Embedder, IndexRow, IndexShelf, Manifest, UnitOfWork, UnitOfWorkFactory
from knowledge.vectors import embed_missing

PAGE = 1000
"""Passages held in memory at once while a generation is written."""


class Publisher:
    """Publishes what SQL holds, when it holds something that no generation has."""

    def __init__(self, uow: UnitOfWorkFactory, shelf: IndexShelf, embedder: Embedder) -> None:
        self._uow = uow
        self._shelf = shelf
        self._embedder = embedder

    def refuse_other_model(self) -> None:
        """Raise ModelMismatchError when the current generation's vectors are of another model than the settings'."""
        try:
            made_with = self._shelf.current().manifest.model
        except IndexMissingError:
            return
        if made_with != self._embedder.identity:
            message = (
                f"The index was made with {_describe(made_with)}, the settings name "
                f"{_describe(self._embedder.identity)}; run `python -m indexer rebuild` to embed everything anew, "
                f"or set SOLMU_EMBEDDING_MODEL back."
            )
            raise ModelMismatchError(message)

    def is_current(self) -> bool:
        """Whether the newest generation, current or rolled back from, holds all that SQL holds."""
        kept = self._shelf.kept()
        with self._uow.reading() as work:
            revision = work.revision()
        return bool(kept) and kept[0].revision == revision and kept[0].model == self._embedder.identity

    def publish(self, embedded: Callable[[int], None] = lambda _count: None) -> Manifest:
        """Embed what still lacks a vector, build and publish a generation, then drop what none needs."""
        with self._uow.reading() as work:
            texts = {
                passage.text_hash: _text(passage, document) for passage, document in work.documents.live_passages()
            }
        embed_missing(texts, self._uow, self._embedder, embedded)
        with self._uow.reading() as work:
            manifest = self._shelf.publish(
                self._rows(work),
                self._embedder.identity,
                revision=work.revision(),
                documents=len(work.documents.live()),
            )
        self._purge()
        return manifest

    def _rows(self, work: UnitOfWork) -> Iterator[IndexRow]:
        for page in _pages(work.documents.live_passages()):
            hashes: set[TextHash] = {passage.text_hash for passage, _ in page}
            vectors = work.vectors.get(hashes, self._embedder.identity)
            for passage, document in page:
                yield IndexRow(
                    passage.id,
                    document.audience,
                    passage.language,
                    _text(passage, document),
                    vectors[passage.text_hash],
                )

    def _purge(self) -> None:
        """Passages retired before the oldest kept generation was built are in none that could be rolled back to."""
        oldest = self._shelf.kept()[-1].built_at
        with self._uow() as work:
            if work.documents.purge_retired(oldest):
                work.vectors.purge_unused(self._embedder.identity)
            work.commit()


def _text(passage: Passage, document: Document) -> str:
    return indexed_text(document.title, passage.headings, passage.text)


def _pages(passages: Iterable[tuple[Passage, Document]]) -> Iterator[list[tuple[Passage, Document]]]:
    rest = iter(passages)
    while page := list(islice(rest, PAGE)):
        yield page


def _describe(model: ModelIdentity) -> str:
    return f"{model.name} {model.revision} ({model.dimension} dimensions)"
