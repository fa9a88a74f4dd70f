"""Locks shared out by what they are for, so that no list of them grows."""

from __future__ import annotations

import threading
from collections.abc import Hashable

NUMBER = 64
"""So many that one thing seldom waits for another that has the same lock by chance."""


class Locks:
    """One lock for each thing; two things may share one."""

    def __init__(self) -> None:
        self._locks = [threading.Lock() for _ in range(NUMBER)]

    def of(self, thing: Hashable) -> threading.Lock:
        """The lock of a thing, the same one every time."""
        return self._locks[hash(thing) % NUMBER]
