"""Reads documents in a process of its own, so that a hostile file costs that process and nothing else."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from indexer.failures import ReadFailure
from indexer.reading import failures
from indexer.reading.document import ReadDocument
from indexer.reading.wire import document_from_bytes, read_frame, write_frame

READER_VERSION = "3"
"""Changes whenever the same bytes would be read differently, so that documents are read again."""
START_SECONDS = 60.0
"""What a busy machine may take to start the process; not counted as reading."""
TAIL_BYTES = 4000
"""How much of the process's last words is looked at."""
_log = logging.getLogger(__name__)
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME")
_OUT_OF_MEMORY = (b"memory allocation of", b"memoryerror", b"bad_alloc", b"out of memory")


class Reader:
    """Reads one document after another; not for use by several threads at once.

    `seconds` limits one document, `memory_mb` the process's address space, `max_bytes` the size of a file.
    """

    def __init__(self, *, seconds: float, memory_mb: int, max_bytes: int) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._max_bytes = max_bytes
        self._process: _Process | None = None

    def read(self, content: bytes, name: str) -> ReadDocument:
        """The document whose type the extension of `name` tells; raises ReadFailure."""
        if len(content) > self._max_bytes:
            raise failures.too_large(len(content), self._max_bytes)
        if not content.strip():
            raise failures.empty()
        process = self._process or _Process(self._memory_mb)
        self._process = process
        try:
            answer = process.ask(name, content, self._seconds)
        except BaseException:
            self.close()
            raise
        try:
            return document_from_bytes(answer)
        except ReadFailure as failure:
            if failure.cause:
                _log.warning("a reader crashed: %s", failure.cause)
                # It may have left a library's locks and tables in such a state that it takes every later file for bad.
                self.close()
            raise

    def close(self) -> None:
        """End the process; the next document starts a new one."""
        if self._process:
            self._process.end()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Process:
    """One running `indexer.reading.child`."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._last_words = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 - closed by end()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "indexer.reading.child", str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._last_words,
            env=_environment(),
        )
        self._requests = cast(BinaryIO, self._child.stdin)
        self._answers = cast(BinaryIO, self._child.stdout)
        try:
            self._within(START_SECONDS)
        except BaseException:
            self.end()
            raise

    def ask(self, name: str, content: bytes, seconds: float) -> bytes:
        """The answer about one document; raises ReadFailure where the process dies of it."""
        return self._within(seconds, name.encode(), content)

    def end(self) -> None:
        """Kill it, whatever it does."""
        self._child.kill()
        for stream in (self._requests, self._answers):
            with suppress(OSError):
                stream.close()
        self._child.wait()
        self._last_words.close()

    def _within(self, seconds: float, *frames: bytes) -> bytes:
        """Send the frames and receive one; a watchdog kills the process, which ends any waiting on it."""
        watchdog = threading.Timer(seconds, self._child.kill)
        watchdog.daemon = True
        began = time.monotonic()
        watchdog.start()
        try:
            for frame in frames:
                write_frame(self._requests, frame)
            return read_frame(self._answers)
        except (EOFError, OSError) as error:
            if time.monotonic() - began >= seconds:
                raise failures.too_slow(seconds) from error
            raise self._death() from error
        finally:
            watchdog.cancel()

    def _death(self) -> ReadFailure:
        ended = self._child.wait()
        self._last_words.seek(0, os.SEEK_END)
        self._last_words.seek(max(0, self._last_words.tell() - TAIL_BYTES))
        words = self._last_words.read().lower()
        if any(sign in words for sign in _OUT_OF_MEMORY):
            return failures.too_much_memory(self._memory_mb)
        # A negative number is the signal that killed it.
        _log.warning("the reading process ended with %d", ended)
        return failures.crashed(f"ended with {ended}")


def _environment() -> dict[str, str]:
    """Little more than where this package lies: the process sees no token and no password."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed_on | {"PYTHONPATH": str(Path(__file__).parents[2]), "OMP_NUM_THREADS": "1"}
