"""Keeping to how often Slack lets something be done, rather than being told off."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Lets `most` go at once, and after them one in `seconds`."""

    def __init__(self, most: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._room = most * seconds
        self._seconds = seconds
        self._now = now
        self._free_at = float("-inf")

    def wait(self) -> float:
        """The seconds until the next may go; 0 where it may now."""
        return max(0.0, self._free_at - self._room + self._seconds - self._now())

    def take(self) -> None:
        """Count one that goes."""
        self._free_at = max(self._free_at, self._now()) + self._seconds


class Rests:
    """What is left alone until some time has passed, by name."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._until: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def rests(self, name: str) -> bool:
        """Whether it is to be left alone still."""
        return self._until.get(name, 0.0) > self._now()

    def rest(self, name: str, seconds: float) -> None:
        """Leave it alone for so long."""
        self._until[name] = self._now() + seconds

    def rest_longer(self, name: str, first: float, most: float) -> None:
        """Leave it alone: for `first` seconds, then twice as long each time, up to `most`, until it is forgotten."""
        self._last[name] = min(self._last.get(name, first / 2) * 2, most)
        self.rest(name, self._last[name])

    def forget(self, name: str) -> None:
        """It went well."""
        self._until.pop(name, None)
        self._last.pop(name, None)
