"""LlamaIndex as its documentation recommends: a vector index and BM25, fused by reciprocal ranks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import Stemmer
from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import PrivateAttr

from tools.peers.embedders import LoadedModel, PeerEmbedder
from tools.peers.workload import Passage

STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
STOP_WORDS = {"sv": "sv", "en": "en"}
"""The languages of ours whose stop words its BM25 knows."""
CANDIDATES = 50
"""What each retriever brings up before they are fused."""


class _Embedding(BaseEmbedding):
    _inner: PeerEmbedder = PrivateAttr()

    def __init__(self, inner: PeerEmbedder, **named: Any) -> None:
        super().__init__(model_name="exported", embed_batch_size=64, **named)
        self._inner = inner

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._inner.question(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._inner.passages(texts).tolist()
        return vectors


class LlamaIndex:
    """Its default stores, persisted as JSON."""

    def __init__(self, folder: Path, language: str) -> None:
        self._vectors, self._words = str(folder / "vectors"), str(folder / "words")
        self._language = language
        # It never writes queries of its own here, but will not start without a language model.
        Settings.llm = MockLLM()

    def load_model(self, workload: Path) -> PeerEmbedder:
        """By sentence-transformers."""
        return LoadedModel(workload)

    def build(self, passages: Sequence[Passage], embedder: PeerEmbedder) -> None:
        """Split by its default splitter, index, persist."""
        Settings.embed_model = _Embedding(embedder)
        self._index: Any = VectorStoreIndex.from_documents([_document(passage) for passage in passages])
        self._index.storage_context.persist(self._vectors)
        self._index_words()

    def open(self, embedder: PeerEmbedder | None) -> None:
        """Both halves from their folders."""
        if embedder:
            Settings.embed_model = _Embedding(embedder)
        self._index = load_index_from_storage(StorageContext.from_defaults(persist_dir=self._vectors))
        self._fuse(BM25Retriever.from_persist_dir(self._words))

    def replace(self, passage: Passage) -> None:
        """Update the vectors, and index the words anew: its BM25 knows no update."""
        self._index.update_ref_doc(_document(passage))
        self._index.storage_context.persist(self._vectors)
        self._index_words()

    def search(self, text: str, count: int) -> list[str]:
        """Fused."""
        return [str(hit.node.ref_doc_id) for hit in self._retriever.retrieve(text)[:count]]

    def _index_words(self) -> None:
        words = BM25Retriever.from_defaults(
            docstore=self._index.docstore,
            similarity_top_k=CANDIDATES,
            stemmer=Stemmer.Stemmer(STEMMERS[self._language]),
            language=STOP_WORDS.get(self._language, []),
        )
        words.persist(self._words)
        self._fuse(words)

    def _fuse(self, words: BM25Retriever) -> None:
        self._retriever = QueryFusionRetriever(
            [self._index.as_retriever(similarity_top_k=CANDIDATES), words],
            similarity_top_k=CANDIDATES,
            num_queries=1,
            mode="reciprocal_rerank",
            use_async=False,
        )


def _document(passage: Passage) -> Document:
    return Document(text=passage.indexed, doc_id=passage.id)
