"""The types that every port speaks in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, shape (count, dimension)."""
Clock = Callable[[], datetime]
"""Now, in UTC and aware."""
