"""Several arrays in one file, read through a memory map: only what is looked at takes memory.

One file costs less than one for each array where a disk is slow to create, to sync and to delete. Each array stands
there as in a `.npy` file of its own, from a multiple of 64 bytes on.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

ALIGNMENT = 64


def save_arrays(path: Path, arrays: Sequence[NDArray[Any]]) -> None:
    """Write the arrays, one after another."""
    with path.open("wb") as file:
        for array in arrays:
            npy.write_array(file, array, version=(1, 0), allow_pickle=False)
            file.write(bytes(-file.tell() % ALIGNMENT))


def open_arrays(path: Path) -> list[NDArray[Any]]:
    """The arrays, read-only; raises OSError, ValueError where the file is gone, cut or of another kind."""
    with path.open("rb") as file:
        content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    arrays, at = [], 0
    while at < len(content):
        header = BytesIO(content[at : at + 256])
        npy.read_magic(header)
        shape, _, kind = npy.read_array_header_1_0(header)
        count = int(np.prod(shape))
        start = at + header.tell()
        arrays.append(np.frombuffer(content, kind, count, start).reshape(shape))
        at = start + count * kind.itemsize
        at += -at % ALIGNMENT
    return arrays
