"""Filling a server with vectors: page by page, each read back and compared, so that a killed filling just goes on."""

from __future__ import annotations

import logging

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.contents import Contents, table_of
from knowledge.adapters.vector_homes import VectorTable
from knowledge.errors import VectorsError
from knowledge.model import PassageId
from knowledge.ports import IndexContent, LoadRows, Vectors

PAGE = 1000
"""Passages looked at, stored and read back at once: what a SIGKILL can cost."""
TOLD_EVERY = 10
_log = logging.getLogger(__name__)


def fill(table: VectorTable, content: IndexContent, load: LoadRows, before: Contents | None) -> int:
    """Store the vectors of the content that the table lacks or has otherwise; returns how many were stored.

    Looks at what changed since the generation before, at everything where there is none or the table lost some.
    Everything looked at is compared number by number with what the server then has; raises VectorsError.
    """
    wanted = np.sort(table_of(content.entries), order="id")
    touched = wanted
    if before is not None and table.count() >= before.manifest.passages:
        held = np.sort(before.table[before.live], order="id")
        touched = wanted[~np.isin(wanted, held)] if len(held) else wanted
    stored = embedded = 0
    for number, begin in enumerate(range(0, len(touched), PAGE), 1):
        put, there = _fill_page(table, touched[begin : begin + PAGE], load)
        stored, embedded = stored + put, embedded + there
        if number % TOLD_EVERY == 0:
            _log.info("vectors: %s of %s passages are on the server", begin + PAGE, len(touched))
    table.finish()
    if touched is wanted and table.count() < embedded:
        message = f"expected {embedded} vectors on the server, it counts {table.count()}; run the command again."
        raise VectorsError(message)
    _log.info("vectors: %s looked at, %s stored, all of them read back and compared", len(touched), stored)
    return stored


def _fill_page(table: VectorTable, rows: NDArray[np.void], load: LoadRows) -> tuple[int, int]:
    """How many were stored, and how many of the page have a vector."""
    loaded = list(load([PassageId(number) for number in rows["id"].tolist()]))
    if [row.id for row in loaded] != rows["id"].tolist():
        message = "expected the rows asked for, in their order"
        raise ValueError(message)
    vectors = _halves(np.stack([row.vector for row in loaded]))
    # Of what is not embedded yet there is nothing to be found.
    known = vectors.any(axis=1)
    rows, vectors = rows[known], vectors[known]
    lacking = ~_is_stored(table, rows, vectors)
    if lacking.any():
        table.put(rows[lacking], vectors[lacking])
        if not _is_stored(table, rows[lacking], vectors[lacking]).all():
            message = "The server gives other vectors than were stored; mend it, then run the command again."
            raise VectorsError(message)
    return int(lacking.sum()), len(rows)


def _is_stored(table: VectorTable, rows: NDArray[np.void], vectors: Vectors) -> NDArray[np.bool_]:
    """Which of these rows the server has exactly so."""
    found, values = table.stored(rows["id"])
    is_stored = np.zeros(len(rows), dtype=np.bool_)
    if len(found):
        at = np.searchsorted(rows["id"], found["id"])
        is_stored[at] = (rows[at] == found) & (vectors[at] == values).all(axis=1)
    return is_stored


def _halves(vectors: Vectors) -> Vectors:
    """Rounded to 16 bits, as every home of vectors keeps them: each gives the same cosines."""
    return vectors.astype(np.float16).astype(np.float32)
