"""Data folders of so many passages: the sample with its real vectors, and made-up documents with likely ones."""

from __future__ import annotations

import shutil
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from knowledge.model import (
    Audience,
    Document,
    DocumentId,
    DocumentKind,
    Language,
    ModelIdentity,
    Passage,
    Source,
    SourceId,
    SourceKind,
)
from knowledge.ports import DocumentContent
from knowledge.publishing import Publisher
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge, utc_now
from tests.benchmark.texts import Texts
from tests.benchmark.watch import SENTENCES, Watch, timed_embedder

PER_DOCUMENT = 10
DOCUMENTS_PER_COMMIT = 200
NOISE = 0.45
"""Length of what is added to a real vector: leaves a cosine of about .9 to it, as between passages on one matter."""
SEED = 20260312
MADE_UP = SourceId("made-up")


class LikelyEmbedder:
    """Vectors near those of real passages, without the cost of a model; its identity is the real model's."""

    language_means: Mapping[Language, NDArray[np.float32]] = MappingProxyType({})
    """Such vectors know no languages."""

    def __init__(self, identity: ModelIdentity, real: NDArray[np.float32]) -> None:
        self.identity = identity
        self._real = real

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, the same for the same texts; shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        digests = np.array([zlib.crc32(text.encode()) for text in texts])
        noise = np.random.default_rng(digests).standard_normal((len(texts), self.identity.dimension), np.float32)
        near = self._real[digests % len(self._real)] + noise * (NOISE / np.sqrt(self.identity.dimension))
        return np.asarray(near / np.linalg.norm(near, axis=1, keepdims=True), dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one text, shape (dimension,)."""
        return self.embed_passages([text])[0]


@dataclass(frozen=True)
class Sample:
    """The sample as indexed: its folder, its passages, and their vectors row by row."""

    home: Path
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
    model: ModelIdentity

    def embedder(self) -> LikelyEmbedder:
        """Vectors like these."""
        return LikelyEmbedder(self.model, self.vectors)

    def texts(self, seed: int = SEED) -> Texts:
        """Texts like these."""
        return Texts(self.passages, seed)


@dataclass(frozen=True)
class Holding:
    """A data folder, how many passages it has, and what it took to store and to publish them, without embedding."""

    home: Path
    passages: int
    storing: float
    publishing: float


def open_sample(home: Path) -> Sample:
    """What an indexed sample holds."""
    knowledge = open_knowledge(Settings(data_dir=home))
    with knowledge.store.reading() as work:
        passages = [passage for passage, _ in work.documents.live_passages()]
        model = knowledge.embedder.identity
        vectors = work.vectors.get({passage.text_hash for passage in passages}, model)
    knowledge.store.dispose()
    return Sample(home, passages, np.stack([vectors[passage.text_hash] for passage in passages]), model)


def copy_home(home: Path, to: Path) -> Path:
    """A data folder of one's own; the model is shared."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("models", "*.lock"))
    (to / "models").symlink_to((home / "models").resolve())
    return to


def build_holding(sample: Sample, folder: Path, size: int) -> Holding:
    """The sample and as many made-up passages as are missing to `size`, published."""
    home = copy_home(sample.home, folder)
    knowledge = open_knowledge(Settings(data_dir=home))
    started = time.perf_counter()
    _store(knowledge, sample.texts(), size - len(sample.passages))
    stored = time.perf_counter()
    watch = Watch()
    publisher = Publisher(knowledge.store, knowledge.shelf, timed_embedder(sample.embedder(), watch))
    passages = publisher.publish().passages
    published = time.perf_counter() - watch.lap()[SENTENCES]
    knowledge.store.dispose()
    return Holding(home, passages, stored - started, published - stored)


def _store(knowledge: Knowledge, texts: Texts, count: int) -> None:
    with knowledge.store() as work:
        work.sources.add(Source(MADE_UP, SourceKind.FILE, "/made-up", Audience.PUBLIC, utc_now()))
        for number, content in enumerate(_contents(texts, count), 1):
            work.documents.put(content, utc_now())
            if number % DOCUMENTS_PER_COMMIT == 0:
                work.commit()
        work.commit()


def _contents(texts: Texts, count: int) -> Iterator[DocumentContent]:
    for start in range(0, count, PER_DOCUMENT):
        drafts = [texts.passage() for _ in range(min(PER_DOCUMENT, count - start))]
        key = f"made-up-{start}"
        title = " ".join(drafts[0].text.split()[:6])
        document = Document(
            DocumentId(key),
            MADE_UP,
            key,
            DocumentKind.DOCUMENT,
            title,
            "",
            drafts[0].language,
            Audience.PUBLIC,
            "",
            None,
            utc_now(),
        )
        yield DocumentContent(document, "1", key, "1", drafts, None)
