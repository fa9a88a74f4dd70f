"""The mean vectors of the parallel questions, made once for a model and kept beside it."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language, ModelIdentity
from knowledge.searching.crossing import LANGUAGES, parallel_questions


def language_means(
    embed: Callable[[str], NDArray[np.float32]], model: ModelIdentity, folder: Path
) -> Mapping[Language, NDArray[np.float32]]:
    """The mean vector of the questions in each language; safe for two processes at once and at a SIGKILL."""
    questions = parallel_questions()
    path = folder / f"language-means-{_mark(questions, model)}.npy"
    try:
        means = np.load(path)
    except (OSError, ValueError):
        means = np.stack([np.mean([embed(text) for text in questions[language]], axis=0) for language in LANGUAGES])
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{path.name}-{secrets.token_hex(4)}"
        with aside.open("wb") as file:
            np.save(file, means)
        os.replace(aside, path)  # noqa: PTH105 - the atomic rename is the point
    return dict(zip(LANGUAGES, means.astype(np.float32), strict=True))


def _mark(questions: Mapping[Language, tuple[str, ...]], model: ModelIdentity) -> str:
    return hashlib.sha256(repr((model, sorted(questions.items()))).encode()).hexdigest()[:16]
