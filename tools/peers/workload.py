"""What every engine is given: the same passages, questions and vectors, as files that any environment can read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CONTENT, VECTORS, MODEL = "workload.json", "vectors.npz", "model"


@dataclass(frozen=True)
class Passage:
    """A piece of a document; `indexed` is title and text, which is what is embedded and searched."""

    id: str
    document: str
    title: str
    text: str

    @property
    def indexed(self) -> str:
        """As Solmu joins them."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True)
class Question:
    """A question and the documents that answer it."""

    id: str
    text: str
    relevant: Sequence[str]


@dataclass(frozen=True)
class Workload:
    """Everything but the vectors.

    `padding` are made-up passages that make the collection large where time counts, and are left out where quality
    does. `changed` is a passage's new version, `language` most passages'.
    """

    passages: Sequence[Passage]
    padding: Sequence[Passage]
    questions: Sequence[Question]
    changed: Passage
    language: str


def write_workload(folder: Path, workload: Workload) -> None:
    """Into a folder, for `read_workload`."""
    (folder / CONTENT).write_text(json.dumps(asdict(workload), ensure_ascii=False), encoding="utf-8")


def read_workload(folder: Path) -> Workload:
    """What was written."""
    read = json.loads((folder / CONTENT).read_text(encoding="utf-8"))
    return Workload(
        [Passage(**each) for each in read["passages"]],
        [Passage(**each) for each in read["padding"]],
        [Question(**each) for each in read["questions"]],
        Passage(**read["changed"]),
        read["language"],
    )


def write_vectors(folder: Path, **named: tuple[Sequence[str], NDArray[np.float32]]) -> None:
    """Texts with their vectors, by kind: `passages`, their `sentences`, and `questions`.

    Questions are apart since a model may prompt them differently, sentences since an array of texts takes for each
    of them the room of the longest.
    """
    arrays = {f"{name}_texts": np.array(texts, dtype=np.str_) for name, (texts, _) in named.items()}
    np.savez(folder / VECTORS, **arrays, **{name: vectors for name, (_, vectors) in named.items()})


def read_vectors(path: Path, *names: str) -> dict[str, NDArray[np.float32]]:
    """The vectors of `passages`, `sentences` or `questions`, by text; none of what the file does not have."""
    read: dict[str, NDArray[np.float32]] = {}
    with np.load(path) as stored:
        for name in (name for name in names if name in stored):
            read.update(zip(stored[f"{name}_texts"].tolist(), stored[name], strict=True))
    return read
