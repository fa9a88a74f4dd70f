"""The reference under which a question, or whatever else is being done, is found in the log."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

T = TypeVar("T")
BYTES = 3
_CURRENT: ContextVar[str] = ContextVar("reference", default="")


def reference_of(work: str = "") -> str:
    """Six signs that anybody can read out; the same for the same work, and new ones where it has no name."""
    digest = hashlib.sha256(work.encode()).digest() if work else secrets.token_bytes(BYTES)
    return digest[:BYTES].hex().upper()


def current_reference() -> str:
    """The reference of what this thread is doing; empty where nobody gave one."""
    return _CURRENT.get()


@contextmanager
def referring(reference: str) -> Iterator[None]:
    """Do something under a reference."""
    before = _CURRENT.set(reference)
    try:
        yield
    finally:
        _CURRENT.reset(before)


class ReferringPool(ThreadPoolExecutor):
    """Threads that work under the reference of whoever gave them the work."""

    def __init__(self, max_workers: int, thread_name_prefix: str = "") -> None:
        super().__init__(max_workers, thread_name_prefix)
        self._under_way: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """See ThreadPoolExecutor."""
        future = super().submit(copy_context().run, fn, *args, **kwargs)
        self._under_way.add(future)
        # A set's own methods are whole steps among threads; what has ended already is taken out at once.
        future.add_done_callback(self._under_way.discard)
        return future

    def settle(self, seconds: float) -> bool:
        """Let all work end that was given, also meanwhile, for so long at most; tells whether it did."""
        deadline = time.monotonic() + seconds
        while left := self._under_way.copy():
            if wait(left, timeout=max(0.0, deadline - time.monotonic())).not_done:
                return False
            self._under_way.difference_update(left)
        return True
