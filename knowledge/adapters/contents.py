"""What lies in a generation's folder: its manifest, its segments, and a table of the rows that they hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.manifests import read_manifest
from knowledge.adapters.segment import Segment
from knowledge.errors import IndexDamagedError
from knowledge.model import Audience, Language
from knowledge.ports import IndexEntry

ROWS = "rows.npy"
SEGMENT = "segment-"
ROW_TYPE = np.dtype([("id", "<i8"), ("audience", "u1"), ("language", "u1")])
AUDIENCES = tuple(Audience)
LANGUAGES = tuple(Language)
GONE = -1
"""The id of a row that a segment still holds and the generation does not."""


class Contents:
    """An open folder; raises IndexDamagedError. Holds its files open: deleting the folder does not disturb it."""

    def __init__(self, folder: Path, opened: Mapping[str, Segment]) -> None:
        """Segments that are open already, by name, are not opened again."""
        self.folder = folder
        self.manifest = read_manifest(folder)
        try:
            self.table = np.load(folder / ROWS, allow_pickle=False)
            names = sorted(path.name for path in folder.glob(f"{SEGMENT}*"))
            self.segments: Sequence[Segment] = [opened.get(name) or Segment(folder / name) for name in names]
        except (OSError, EOFError, ValueError, TypeError, RuntimeError) as error:
            message = f"Index generation {folder.name} cannot be opened; run `python -m indexer rebuild`."
            raise IndexDamagedError(message) from error
        self.live: NDArray[np.bool_] = self.table["id"] != GONE
        self.firsts = np.cumsum([0, *(segment.rows for segment in self.segments)])
        self._refuse_other_sizes()

    def rows_of(self, at: int) -> slice:
        """Where the rows of the segment at this place are in the table."""
        return slice(int(self.firsts[at]), int(self.firsts[at + 1]))

    def _refuse_other_sizes(self) -> None:
        dimensions = {segment.vectors.dimension for segment in self.segments}
        sizes = (len(self.table), int(self.live.sum()))
        expected = (int(self.firsts[-1]), self.manifest.passages)
        if sizes != expected or dimensions - {self.manifest.model.dimension}:
            message = (
                f"Index generation {self.folder.name} holds {sizes[0]} rows, {sizes[1]} of them in use, expected "
                f"{expected[0]} and {expected[1]}, and vectors of {sorted(dimensions)} dimensions, expected "
                f"{self.manifest.model.dimension}; run `python -m indexer rebuild`."
            )
            raise IndexDamagedError(message)


def table_of(entries: Sequence[IndexEntry]) -> NDArray[np.void]:
    """The entries as rows of a table."""
    audiences = {audience: number for number, audience in enumerate(AUDIENCES)}
    languages = {language: number for number, language in enumerate(LANGUAGES)}
    rows = [(entry.id, audiences[entry.audience], languages[entry.language]) for entry in entries]
    return np.array(rows, dtype=ROW_TYPE)
