"""Telling those who watch that something changed: the page by a stream of events, the tests by a call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Feed:
    """Counts changes and wakes everybody who waits for the next one; belongs to one event loop."""

    def __init__(self) -> None:
        """Start at version 0 with nobody watching."""
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call this after every change, on the loop's thread."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Something changed."""
        self.version += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        for listener in self._listeners:
            listener()

    async def after(self, version: int, seconds: float) -> int:
        """The version once it differs from the one given, or as it is after that many seconds."""
        if self.version == version:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait_for(future, seconds)
            except TimeoutError:
                pass
            finally:
                self._waiting.discard(future)
        return self.version
