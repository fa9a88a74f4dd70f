"""The one door to embedding models: sentence-transformers, with the bundled model, a folder or a hub name."""

from __future__ import annotations

import hashlib
import importlib
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.e5_file import packaged_revision
from knowledge.adapters.language_means import language_means
from knowledge.errors import SolmuError
from knowledge.model import Language, ModelIdentity
from knowledge.ports import Embedder, Vectors

BUNDLED = "bundled"
BUNDLED_DIMENSION = 384
E5_PROMPTS = {"query": "query: ", "document": "passage: "}
BATCH = 16


class EmbeddingModelError(SolmuError):
    """The embedding model cannot be loaded."""


class SentenceTransformerEmbedder:
    """See `knowledge.ports.Embedder`. The model is loaded at the first need: a shell that needs none starts fast."""

    def __init__(self, model: str, revision: str, models_folder: Path, threads: int) -> None:
        self._name = model
        self._revision = revision
        self._models_folder = models_folder
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: Any = None
        self._identity: ModelIdentity | None = None
        self._means: Mapping[Language, NDArray[np.float32]] | None = None

    @property
    def identity(self) -> ModelIdentity:
        """Name, revision and dimension; only other models than the bundled one must be loaded to tell."""
        if self._identity is None:
            self._identity = self._identify()
        return self._identity

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        model = self._model()
        with self._lock:
            vectors = model.encode_document(
                list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, shape (dimension,)."""
        model = self._model()
        with self._lock:
            vector = model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    @property
    def language_means(self) -> Mapping[Language, NDArray[np.float32]]:
        """Made at the first need, then kept in the models' folder."""
        if self._means is None:
            self._means = language_means(self.embed_query, self.identity, self._models_folder)
        return self._means

    def _model(self) -> Any:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._load()
        return self._loaded

    def _load(self) -> Any:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        # Importing torch takes seconds; only who embeds pays for it.
        torch = importlib.import_module("torch")
        torch.set_num_threads(self._threads)
        library = importlib.import_module("sentence_transformers")
        _quiet()
        try:
            if self._name == BUNDLED:
                return self._load_bundled(library)
            revision = self._revision or None
            return library.SentenceTransformer(self._name, revision=revision, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            message = (
                f"The embedding model {self._name} cannot be loaded ({_first_line(error)}); "
                f"set SOLMU_EMBEDDING_MODEL to `bundled`, to a model folder or to a hub name within reach."
            )
            raise EmbeddingModelError(message) from error

    def _load_bundled(self, library: Any) -> Any:
        bundled = importlib.import_module("knowledge.adapters.bundled_model")
        onnx = importlib.import_module("knowledge.adapters.onnx_transformer")
        modules = importlib.import_module("sentence_transformers.sentence_transformer.modules")
        transformer = onnx.OnnxTransformer(bundled.unpack_bundled_model(self._models_folder), self._threads)
        pooling = modules.Pooling(BUNDLED_DIMENSION, pooling_mode="mean")
        return library.SentenceTransformer(
            modules=[transformer, pooling, modules.Normalize()], prompts=E5_PROMPTS, device="cpu"
        )

    def _identify(self) -> ModelIdentity:
        if self._name == BUNDLED:
            return ModelIdentity(BUNDLED, packaged_revision(), BUNDLED_DIMENSION)
        model = self._model()
        dimension = int(model.get_embedding_dimension())
        folder = Path(self._name)
        if folder.is_dir():
            return ModelIdentity(folder.name, _fingerprint(folder), dimension)
        commit = getattr(model[0].auto_model.config, "_commit_hash", None) or self._revision or "main"
        return ModelIdentity(self._name, str(commit), dimension)


def open_embedder(model: str, revision: str, data_dir: Path, *, threads: int = 1) -> Embedder:
    """The model that the settings name; loaded when first used, with this many threads."""
    return SentenceTransformerEmbedder(model, revision, data_dir / "models", threads)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder)} {file.stat().st_size}\n".encode())
        if file.suffix == ".json":
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _quiet() -> None:
    logging = importlib.import_module("transformers.utils.logging")
    logging.set_verbosity_error()
    logging.disable_progress_bar()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
