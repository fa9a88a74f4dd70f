"""`python -m tests.benchmark.vector_asking KIND FOLDER [ADDRESS]`: one kind of home for vectors.

Publishes the vectors that lie in the folder, asks, and prints what it took as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import AUDIENCES, LANGUAGES, Contents
from knowledge.adapters.vector_homes import GenerationVectors
from knowledge.model import Audience, Language, ModelIdentity, PassageId
from knowledge.ports import IndexContent, IndexEntry, IndexRow, Query
from knowledge.searching.search import PER_INDEX
from knowledge.settings import Settings
from knowledge.wiring import INDEX_FOLDER, open_shelf, utc_now, vector_home
from tests.benchmark.report import percentiles

ROWS, VECTORS, QUESTIONS = "rows.npy", "vectors.npy", "questions.npy"
FILL = "fill"
TOP = 10
WARM_UP = 5
READERS = Audience.MEMBERS.readable


def main(kind: str, folder: Path, address: str = "", part: str = "") -> None:
    """Fill in a process of its own, so that its memory does not count; then ask, and print JSON."""
    settings = Settings(data_dir=folder / kind, vectors=kind, vectors_url=address, database_url=address)
    if part == FILL:
        rows, vectors = np.load(folder / ROWS), np.load(folder / VECTORS, mmap_mode="r")
        open_shelf(settings, utc_now).publish(_content(rows, vectors.shape[1]), _Loading(rows, vectors))
        return
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", __spec__.name, kind, str(folder), address, FILL], check=True)
    filled = time.perf_counter() - started
    before = memory()
    [generation] = [path for path in (settings.data_dir / INDEX_FOLDER).iterdir() if path.is_dir()]
    contents = Contents(generation, {})
    opened = vector_home(settings).open(contents)
    questions = np.load(folder / QUESTIONS)
    took = [_seconds(opened, question) for question in [*questions[:WARM_UP], *questions]][WARM_UP:]
    middle, high = percentiles([1000 * each for each in took])
    facts = {"filled": filled, "p50": middle, "p95": high, "memory": memory() - before}
    vectors = np.load(folder / VECTORS, mmap_mode="r")
    print(json.dumps({**facts, "recall": _recall(opened, contents, vectors, questions)}))  # noqa: T201 - for its parent


def memory() -> float:
    """What this process holds, shared pages by their share, MB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class _Loading:
    """See `knowledge.ports.LoadRows`: a word, no sentences, and the vector."""

    def __init__(self, rows: NDArray[np.void], vectors: NDArray[np.float32]) -> None:
        self._rows = rows
        self._vectors = vectors
        self._no_sentences = np.zeros((0, vectors.shape[1]), dtype=np.float32)

    def __call__(self, ids: Sequence[PassageId]) -> Iterator[IndexRow]:
        """The rows, in this order."""
        for number, (_, audience, language) in zip(ids, self._rows[np.array(ids) - 1].tolist(), strict=True):
            vector = np.asarray(self._vectors[number - 1])
            where = (AUDIENCES[audience], LANGUAGES[language])
            yield IndexRow(number, *where, "sana", vector, self._no_sentences)


def _content(rows: NDArray[np.void], dimension: int) -> IndexContent:
    entries = [IndexEntry(PassageId(number), AUDIENCES[who], LANGUAGES[what]) for number, who, what in rows.tolist()]
    return IndexContent(entries, ModelIdentity("benchmark", "1", dimension), "1", 1, len(rows))


def _query(question: NDArray[np.float32]) -> Query:
    return Query("", Language.FI, question)


def _seconds(opened: GenerationVectors, question: NDArray[np.float32]) -> float:
    """As a question does: the nearest of each language, then the vectors of all of those."""
    started = time.perf_counter()
    found = opened.nearest(_query(question), PER_INDEX, READERS)
    opened.at(np.unique(np.concatenate(found)))
    return time.perf_counter() - started


def _recall(
    opened: GenerationVectors, contents: Contents, vectors: NDArray[np.float32], questions: NDArray[np.float32]
) -> float:
    """Which share of the ten truly nearest of each language is found, at the mean."""
    halves = vectors.astype(np.float16).astype(np.float32)[contents.table["id"] - 1]
    readable, shares = contents.readable(READERS), []
    for question in questions:
        cosines = halves @ question
        found = set(np.concatenate(opened.nearest(_query(question), PER_INDEX, READERS)).tolist())
        for language in np.unique(contents.table["language"]):
            rows = np.flatnonzero(readable & (contents.table["language"] == language))
            best = rows[np.argsort(-cosines[rows])[:TOP]]
            shares.append(len(found & set(best.tolist())) / len(best))
    return float(np.mean(shares))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
