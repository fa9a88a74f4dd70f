"""Where the time goes: wrappers around ports that book the time of each call under a name."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

EMBEDDING, SENTENCES, INDEX, SQL, PASSAGES = "embedding", "sentences", "index", "sql", "passages"
"""A question's vector, the vectors of sentences to quote, both indexes, all transactions, passages' vectors."""


class Watch:
    """Seconds by name since the last lap."""

    def __init__(self) -> None:
        self._spent: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Book what happens inside."""
        started = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - started
            with self._lock:
                self._spent[name] += took

    def lap(self) -> Counter[str]:
        """What was booked, which is then forgotten."""
        with self._lock:
            spent, self._spent = self._spent, Counter()
        return spent


class Timed:
    """Any port; the methods named in `parts` are timed, the last call's result of each kept, all else passed on."""

    def __init__(self, inner: Any, watch: Watch, parts: Mapping[str, str]) -> None:
        self._inner = inner
        self._watch = watch
        self._parts = parts
        self.last: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        return self._timing(name, value) if name in self._parts else value

    def _timing(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            with self._watch.running(self._parts[name]):
                result = method(*arguments, **named)
            self.last[name] = result
            return result

        return timed


class TimedShelf(Timed):
    """An index shelf whose indexes are timed."""

    def __init__(self, inner: Any, watch: Watch) -> None:
        super().__init__(inner, watch, {})
        self.index = Timed(None, watch, {"candidates": INDEX})

    def current(self) -> Timed:
        """The current index, timed."""
        self.index._inner = self._inner.current()  # noqa: SLF001 - its own kind
        return self.index


class TimedStore:
    """A store whose transactions are timed from their opening to their end."""

    def __init__(self, inner: Any, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    @contextmanager
    def __call__(self) -> Iterator[Any]:
        """A unit of work that may write."""
        with self._watch.running(SQL), self._inner() as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A unit of work that only reads."""
        with self._watch.running(SQL), self._inner.reading() as work:
            yield work


def timed_embedder(inner: Any, watch: Watch) -> Timed:
    """An embedding model, its questions and its sentences booked apart."""
    return Timed(inner, watch, {"embed_query": EMBEDDING, "embed_passages": SENTENCES})
