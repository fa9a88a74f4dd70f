"""What lies in a generation's folder: its manifest, its segments, and a table of the rows that they hold together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
            self.segments: Sequence[Segment] = [self._segment(name, opened) for name in names]
        except (OSError, EOFError, ValueError, TypeError) as error:
            message = f"Index generation {folder.name} cannot be opened; run `python -m indexer rebuild`."
            raise IndexDamagedError(message) from error
        self.live: NDArray[np.bool_] = self.table["id"] != GONE
        self.firsts = np.cumsum([0, *(segment.rows for segment in self.segments)])
        self._refuse_other_sizes()

    def rows_of(self, at: int) -> slice:
        """Where the rows of the segment at this place are in the table."""
        return slice(int(self.firsts[at]), int(self.firsts[at + 1]))

    def readable(self, audiences: Collection[Audience]) -> NDArray[np.bool_]:
        """By row, whether these audiences may read it."""
        numbers = [AUDIENCES.index(audience) for audience in audiences]
        return self.live & np.isin(self.table["audience"], numbers)

    def places(self, rows: NDArray[np.int64]) -> Sequence[NDArray[np.int64]]:
        """For each segment the places in it of ascending rows."""
        cuts = np.searchsorted(rows, self.firsts)
        return [rows[cuts[at] : cuts[at + 1]] - self.firsts[at] for at in range(len(self.segments))]

    def _segment(self, name: str, opened: Mapping[str, Segment]) -> Segment:
        return opened.get(name) or Segment(self.folder / name, self.manifest.model.dimension)

    def _refuse_other_sizes(self) -> None:
        sizes = (len(self.table), int(self.live.sum()))
        expected = (int(self.firsts[-1]), self.manifest.passages)
        if sizes != expected:
            message = (
                f"Index generation {self.folder.name} holds {sizes[0]} rows, {sizes[1]} of them in use, expected "
                f"{expected[0]} and {expected[1]}; run `python -m indexer rebuild`."
            )
            raise IndexDamagedError(message)


def table_of(entries: Sequence[IndexEntry]) -> NDArray[np.void]:
    """The entries as rows of a table."""
    audiences = {audience: number for number, audience in enumerate(AUDIENCES)}
    languages = {language: number for number, language in enumerate(LANGUAGES)}
    rows = [(entry.id, audiences[entry.audience], languages[entry.language]) for entry in entries]
    return np.array(rows, dtype=ROW_TYPE)
