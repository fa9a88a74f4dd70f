"""Arrays read through memory maps: only what is looked at takes memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def mapped(path: Path) -> NDArray[Any]:
    """The array of a `.npy` file, read-only; raises OSError, ValueError where it is gone or cut."""
    # An array as it is costs less at each use than one that knows its file; the map stays open behind it.
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return array
