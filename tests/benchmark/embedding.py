"""Passages embedded a second: Solmu's engine beside what sentence-transformers runs by default, same model."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging

from knowledge.adapters.embedder import E5_PROMPTS, open_embedder
from tests.benchmark.plan import Plan
from tests.benchmark.report import Result
from tests.exact_model import write_exact_model

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


def load_exact(folder: Path) -> SentenceTransformer:
    """The bundled model in 32-bit floats, written to a folder and loaded as sentence-transformers does by default."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    return SentenceTransformer(str(write_exact_model(folder)), device="cpu", prompts=E5_PROMPTS)


def embedding(plan: Plan) -> Result:
    """Both engines in turn, round after round, on passages as long as a collection's."""
    texts = plan.sample.texts()
    passages = [texts.passage().text for _ in range(plan.extent.embedded)]
    questions = plan.questions()[: plan.extent.embedded]
    exact = load_exact(plan.folder / "exact-model")
    cores = os.cpu_count() or 1
    fast = open_embedder("bundled", "", plan.sample.home, threads=cores)
    engines = {
        "torch, fp32": (
            lambda some: exact.encode_document(some, normalize_embeddings=True, show_progress_bar=False),
            lambda one: exact.encode_query(one, normalize_embeddings=True, show_progress_bar=False),
        ),
        "Solmu": (fast.embed_passages, fast.embed_query),
    }
    vectors = {name: embed(passages) for name, (embed, _) in engines.items()}
    bulk: dict[str, list[float]] = {name: [] for name in engines}
    single: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(plan.extent.rounds):
        for name, (embed, ask) in engines.items():
            bulk[name].append(len(passages) / _seconds(embed, passages))
            single[name] += [_seconds(ask, question) * 1000 for question in questions[:: plan.extent.rounds]]
    cosines = np.sum(vectors["torch, fp32"] * vectors["Solmu"], axis=1)
    return _result(bulk, single, cosines, cores, plan)


def _result(
    bulk: dict[str, list[float]], single: dict[str, list[float]], cosines: NDArray[np.float32], cores: int, plan: Plan
) -> Result:
    result = Result(
        "embedding",
        f"Embedding, {cores} threads",
        ("engine", "passages/s", "ratio", "a question, ms", "ratio", "cosine min", "cosine mean"),
        note=f"Medians of {plan.extent.rounds} rounds of {plan.extent.embedded} passages, the engines in turn. "
        "The cosine is that between both engines' vectors of the same passage.",
    )
    (slow, slow_one), (quick, quick_one) = ((median(bulk[name]), median(single[name])) for name in bulk)
    result.rows.append(("sentence-transformers' default (torch, fp32)", slow, 1.0, slow_one, 1.0, "", ""))
    likeness = (f"{cosines.min():.4f}", f"{cosines.mean():.4f}")
    result.rows.append(("Solmu (ONNX Runtime, int8)", quick, quick / slow, quick_one, slow_one / quick_one, *likeness))
    return result


def _seconds(do: Callable[..., object], what: object) -> float:
    started = time.perf_counter()
    do(what)
    return time.perf_counter() - started
