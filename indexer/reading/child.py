"""The process in which documents are read: limited in memory, low in priority, one document after another."""

from __future__ import annotations

import os
import resource
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

from indexer.failures import ReadFailure
from indexer.reading import failures
from indexer.reading.formats import read_bytes
from indexer.reading.wire import document_to_bytes, failure_to_bytes, read_frame, write_frame

NICENESS = 10


def main(memory_mb: int) -> None:
    """Answer requests (a name, then bytes) until the other side closes."""
    requests, answers = _take_over_pipes()
    _limit(memory_mb)
    write_frame(answers, b"ready")
    while True:
        try:
            name, content = read_frame(requests).decode(), read_frame(requests)
        except EOFError:
            return
        write_frame(answers, _answer(content, name, memory_mb))


def _answer(content: bytes, name: str, memory_mb: int) -> bytes:
    try:
        return document_to_bytes(read_bytes(content, name))
    except ReadFailure as failure:
        return failure_to_bytes(failure)
    except MemoryError:
        return failure_to_bytes(failures.too_much_memory(memory_mb))
    except RecursionError:
        return failure_to_bytes(failures.too_deep())
    except Exception as error:  # noqa: BLE001 - the libraries raise whatever they like over a hostile file
        return failure_to_bytes(failures.crashed(_cause(error)))


def _cause(error: Exception) -> str:
    """Which error and where; its words may be the document's and stay out."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the answers' pipe from anything that a library prints."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _limit(memory_mb: int) -> None:
    space = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
