"""The reference under which a question, or whatever else is being done, is found in the log."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """See ThreadPoolExecutor."""
        return super().submit(copy_context().run, fn, *args, **kwargs)
