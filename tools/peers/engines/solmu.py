"""Solmu, once with the engine that it brings along and once with sentence-transformers' default, as the peers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.embedder import open_embedder
from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.language_means import language_means
from knowledge.language.detecting import detect_language
from knowledge.model import (
    Audience,
    Document,
    DocumentId,
    DocumentKind,
    Language,
    ModelIdentity,
    PassageDraft,
    Source,
    SourceId,
    SourceKind,
)
from knowledge.ports import DocumentContent
from knowledge.publishing import Publisher
from knowledge.settings import Settings
from knowledge.store import open_store
from knowledge.wiring import INDEX_FOLDER, Knowledge, assemble, open_knowledge, utc_now
from tools.peers.embedders import PeerEmbedder
from tools.peers.workload import MODEL, Passage

SOURCE = "peers"


class _Known:
    """The port that Solmu asks for, over vectors made before."""

    def __init__(self, inner: PeerEmbedder, identity: ModelIdentity, folder: Path) -> None:
        self.identity = identity
        self.embed_passages = inner.passages
        self.embed_query = inner.question
        self._folder = folder

    @cached_property
    def language_means(self) -> Mapping[Language, NDArray[np.float32]]:
        """Made at the first question, as installed."""
        return language_means(self.embed_query, self.identity, self._folder)


class Bundled:
    """As installed."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language
        self._knowledge: Knowledge | None = None

    def load_model(self, workload: Path) -> PeerEmbedder | None:
        """Solmu loads its own when it is first needed."""
        del workload

    def build(self, passages: Sequence[Passage], embedder: PeerEmbedder) -> None:
        """SQL, vectors and words, published as a generation."""
        settings = self._settings()
        # Not beside the model: a start in earnest must make its own.
        known = _Known(embedder, self._identity(embedder), self._folder / "known-means")
        settings.data_dir.mkdir(parents=True)
        store = open_store(settings.database)
        shelf = GenerationShelf(settings.data_dir / INDEX_FOLDER, settings.keep_generations, utc_now)
        self._knowledge = assemble(settings, store, shelf, known, utc_now)
        self._put(passages)

    def open(self, embedder: PeerEmbedder | None) -> None:
        """As the bot does."""
        del embedder
        self._knowledge = open_knowledge(self._settings())

    def replace(self, passage: Passage) -> None:
        """One document put, and a new generation published."""
        self._put([passage])

    def search(self, text: str, count: int) -> list[str]:
        """Fused, ranked and loaded from SQL; of equal texts all, since a set judges only one."""
        found = self._opened().searcher.find(text, audience=Audience.PUBLIC, limit=count, merge_alike=False)
        return [hit.document.key for hit in found.hits]

    def _identity(self, embedder: PeerEmbedder) -> ModelIdentity:
        """Some models must be loaded to tell; that is booked as embedding, since no peer loads one to index here."""
        settings, started = self._settings(), time.perf_counter()
        identity = open_embedder(settings.embedding_model, "", settings.data_dir).identity
        embedder.seconds += time.perf_counter() - started
        return identity

    def _put(self, passages: Sequence[Passage]) -> None:
        knowledge = self._opened()
        with knowledge.store() as work:
            if work.sources.find(SOURCE) is None:
                work.sources.add(Source(SourceId(SOURCE), SourceKind.FILE, SOURCE, Audience.PUBLIC, utc_now()))
            for passage in passages:
                work.documents.put(_content(passage), utc_now())
            work.commit()
        Publisher(knowledge.store, knowledge.shelf, knowledge.embedder).publish()

    def _opened(self) -> Knowledge:
        if self._knowledge is None:
            message = "neither built nor opened"
            raise RuntimeError(message)
        return self._knowledge

    def _settings(self) -> Settings:
        return Settings(data_dir=self._folder / "data")


class OnTorch(Bundled):
    """With the exported model, as any other model that an operator names."""

    def _settings(self) -> Settings:
        return Settings(data_dir=self._folder / "data", embedding_model=str(self._folder.parent / MODEL))


def _content(passage: Passage) -> DocumentContent:
    """A document of this one passage, as it is: cut anew it would have another vector."""
    language = detect_language(passage.text)
    key, now = passage.id, utc_now()
    document = Document(
        DocumentId(key),
        SourceId(SOURCE),
        key,
        DocumentKind.DOCUMENT,
        passage.title,
        "",
        language,
        Audience.PUBLIC,
        "",
        None,
        now,
    )
    return DocumentContent(document, "", "", "", [PassageDraft(passage.text, None, (), language)], None)
