"""What goes with generations that are dropped: the vectors that only they stood on, where a server keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import GONE, ROWS
from knowledge.adapters.manifests import read_manifest
from knowledge.adapters.vector_homes import VectorHome
from knowledge.errors import IndexDamagedError
from knowledge.model import ModelIdentity
from knowledge.ports import VectorKind


def forget_vectors(dropped: Sequence[Path], kept: Sequence[Path], home: VectorHome) -> None:
    """Have the home let go of the passages of dropped generations that no kept one holds.

    Only passages that some generation here held are ever let go of: what another machine has just stored stays.
    """
    if home.kind is VectorKind.FAISS:
        return
    for model, ids in _held(dropped, home):
        others = [held for of, held in _held(kept, home) if of == model]
        home.forget(model, np.setdiff1d(ids, np.concatenate([ids[:0], *others])))


def _held(folders: Iterable[Path], home: VectorHome) -> Iterator[tuple[ModelIdentity, NDArray[np.int64]]]:
    """The passages of each readable generation whose vectors are there."""
    for folder in folders:
        try:
            manifest, table = read_manifest(folder), np.load(folder / ROWS, allow_pickle=False)
        except (IndexDamagedError, OSError, ValueError, EOFError):
            continue
        if manifest.vectors is home.kind:
            yield manifest.model, table["id"][table["id"] != GONE]
