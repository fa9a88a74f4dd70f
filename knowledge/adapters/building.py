"""Writing a generation: segments that the one before has are linked, and only what it lacks is indexed.

Each new generation gets at most one new segment. It takes over what smaller segments hold, so that there are never many
to be searched: after a build every other segment holds more than twice the passages of the new one. Until it is
written anew a segment loses at most a quarter of its rows, so that from one to the next, sizes grow by half at least:
100,000 passages lie in fewer than thirty segments at the very worst, and each passage is copied as often at most. A
build copies many passages only after half as many were added since they were last copied, or a third as many as are
left were taken away. Where something was erased, every segment that holds anything that is gone is
written anew at once: what was erased stays in no file of the new generation.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import GONE, ROW_TYPE, ROWS, SEGMENT, Contents, table_of
from knowledge.adapters.manifests import checksums, files, sync
from knowledge.adapters.segment import Segment, SegmentBuilder
from knowledge.adapters.vector_homes import VectorHome
from knowledge.adapters.vector_writing import VECTORS
from knowledge.model import PassageId
from knowledge.ports import IndexContent, IndexRow, LoadRows, VectorKind

GROWTH = 2
"""An older segment is taken over unless it holds more than so many times the passages of the new one."""
MOST_GONE = 0.25
"""Share of a segment's rows that may be gone; above it the rest is taken over, as searches read what is gone too."""


@dataclass(frozen=True, slots=True)
class Written:
    """The new files of a generation, and the checksums of all."""

    new: Sequence[Path]
    checksums: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A segment of the generation before, with its rows as they are in the new one: some of them gone."""

    folder: Path
    segment: Segment
    rows: NDArray[np.void]

    @property
    def live(self) -> NDArray[np.bool_]:
        live: NDArray[np.bool_] = self.rows["id"] != GONE
        return live

    @property
    def count(self) -> int:
        return int(self.live.sum())


def write_generation(
    folder: Path, content: IndexContent, load: LoadRows, before: Contents | None, home: VectorHome
) -> Written:
    """Write all files but the manifest; vectors go where their home wants them."""
    wanted = np.sort(table_of(content.entries), order="id")
    kept, fresh = _divide(wanted, before)
    linked, absorbed = _choose(kept, len(fresh), MOST_GONE if not _has_erased(content, wanted, before) else 0.0)
    tables = {each.segment.name: each.rows for each in linked}
    if len(fresh) or absorbed:
        name = f"{SEGMENT}{secrets.token_hex(8)}"
        writer = home.writer(folder / name, content.model.dimension)
        _write_segment(SegmentBuilder(folder / name, content.model.dimension, writer), absorbed, fresh, load)
        tables[name] = np.concatenate([*(each.rows[each.live] for each in absorbed), fresh])
    parts = [tables[name] for name in sorted(tables)]
    np.save(folder / ROWS, np.concatenate([np.zeros(0, dtype=ROW_TYPE), *parts]))
    new = files(folder)
    sums = checksums(folder, new)
    if before is not None:
        sums |= _link(_files([each.segment.name for each in linked], before, home), before, folder)
    return Written(new, sums)


def _divide(wanted: NDArray[np.void], before: Contents | None) -> tuple[list[_Kept], NDArray[np.void]]:
    """What the segments of the generation before hold of what is wanted, and the rest, one language after another."""
    if before is None or not len(wanted) or not before.segments:
        return [], np.sort(wanted, order=["language", "id"])
    held = before.table
    at = np.searchsorted(wanted["id"], held["id"]).clip(max=len(wanted) - 1)
    # A passage's words depend on its language. Who may read it does not matter here.
    stays = (wanted["id"][at] == held["id"]) & (wanted["language"][at] == held["language"])
    rows = wanted[at]
    rows["id"][~stays] = GONE
    kept = [
        _Kept(before.folder / segment.name, segment, rows[before.rows_of(number)])
        for number, segment in enumerate(before.segments)
    ]
    fresh = wanted[~np.isin(wanted["id"], held["id"][stays])]
    return kept, np.sort(fresh, order=["language", "id"])


def _has_erased(content: IndexContent, wanted: NDArray[np.void], before: Contents | None) -> bool:
    """Whether the generation before holds passages of which the store knows nothing any more."""
    if before is None or content.retired is None:
        return False
    held = before.table["id"][before.live]
    return bool(len(np.setdiff1d(held, np.concatenate([wanted["id"], np.array(content.retired, dtype=held.dtype)]))))


def _choose(kept: Sequence[_Kept], fresh: int, most_gone: float) -> tuple[list[_Kept], list[_Kept]]:
    """The segments to be linked, and those whose rows the new segment takes over."""
    linked, absorbed, size = [], [], fresh
    for each in sorted(kept, key=lambda each: (each.count >= (1 - most_gone) * each.segment.rows, each.count)):
        if each.count < (1 - most_gone) * each.segment.rows or (size and each.count <= GROWTH * size):
            absorbed.append(each)
            size += each.count
        else:
            linked.append(each)
    return linked, [each for each in absorbed if each.count]


def _write_segment(builder: SegmentBuilder, absorbed: Sequence[_Kept], fresh: NDArray[np.void], load: LoadRows) -> None:
    for each in absorbed:
        builder.take_over(each.folder, each.segment, each.live)
    expected = [PassageId(number) for number in fresh["id"].tolist()]
    builder.add(_only(load(expected) if expected else (), expected))
    builder.save()


def _only(rows: Iterable[IndexRow], expected: Sequence[PassageId]) -> Iterator[IndexRow]:
    """The rows, each the one that was asked for."""
    for row, number in zip(rows, expected, strict=True):
        if row.id != number:
            message = f"expected the row of passage {number}, got that of {row.id}"
            raise ValueError(message)
        yield row


def _files(names: Sequence[str], before: Contents, home: VectorHome) -> dict[str, str]:
    """The checksums of the files of these segments, without their vectors where a server has them."""
    return {
        path: digest
        for path, digest in before.manifest.checksums.items()
        if path.split("/")[0] in names and (home.kind is VectorKind.FAISS or not path.endswith(f"/{VECTORS}"))
    }


def _link(taken: dict[str, str], before: Contents, folder: Path) -> dict[str, str]:
    """Give the new generation these files of the one before; returns their checksums."""
    for path in taken:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(before.folder / path, folder / path)
        except OSError:
            # Some file systems have no links.
            shutil.copy2(before.folder / path, folder / path)
            sync(folder / path)
    return taken
