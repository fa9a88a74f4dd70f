"""The first module of a SentenceTransformer that runs in ONNX Runtime instead of torch."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules import InputModule
from sentencepiece import SentencePieceProcessor

GRAPH, PIECES = "model.onnx", "pieces.model"
MOST_TOKENS = 512
ERRORS_ONLY = 3
INPUT = "input_ids"
"""What the graph calls the token ids of one text."""


class OnnxTransformer(InputModule):
    """Texts to token vectors, each text run by itself.

    So nothing is computed for padding, and a text's vectors depend on no other's. `threads` texts run at once, each in
    one thread: that is faster than one text in several.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        super().__init__()
        self._folder = folder
        self._pieces = SentencePieceProcessor(model_file=str(folder / PIECES))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Every text has a length of its own: plans made for one would only pile up.
        options.enable_mem_pattern = False
        options.log_severity_level = ERRORS_ONLY
        self._session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
        self._pool = ThreadPoolExecutor(threads, "embed")

    @property
    def max_seq_length(self) -> int:
        """Tokens beyond which a text is cut."""
        return MOST_TOKENS

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids by row, padded, with a mask."""
        texts = [_normal(f"{prompt or ''}{text}") for text in inputs]
        begin, end = self._pieces.bos_id(), self._pieces.eos_id()
        rows = [[begin, *ids[: MOST_TOKENS - 2], end] for ids in self._pieces.encode(texts)]
        width = max(map(len, rows), default=0)
        ids, mask = np.zeros((2, len(rows), width), np.int64)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `token_embeddings`, shape (texts, tokens, hidden)."""
        ids, mask = features["input_ids"].numpy(), features["attention_mask"].numpy()
        rows = [row[:length][None] for row, length in zip(ids, mask.sum(1), strict=True)]
        found = [self._run(rows[0])] if len(rows) == 1 else list(self._pool.map(self._run, rows))
        vectors = np.zeros((*ids.shape, found[0].shape[-1]), np.float32)
        for number, row in enumerate(found):
            vectors[number, : row.shape[1]] = row[0]
        return {**features, "token_embeddings": torch.from_numpy(vectors)}

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the graph and the vocabulary."""
        for name in (GRAPH, PIECES):
            shutil.copyfile(self._folder / name, Path(output_path) / name)

    def _run(self, row: NDArray[np.int64]) -> NDArray[np.float32]:
        outputs: Sequence[NDArray[np.float32]] = self._session.run(None, {INPUT: row})
        return outputs[0]


def _normal(text: str) -> str:
    """The text as the vocabulary knows texts: compatibility forms composed, white space alike, no surrogates."""
    return " ".join(unicodedata.normalize("NFKC", text).encode(errors="ignore").decode().split())
