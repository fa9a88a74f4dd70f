"""The sandbox's data folder: one that is kept and its own, held by one sandbox at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.durable import DATABASE as UNFINISHED_WORK
from bot.sandbox.children import SandboxError
from knowledge.adapters.e5_file import packaged_revision

SAMPLE = Path(__file__).parent / "sample"
KEPT = Path("solmu-demo")
DATABASE = "solmu.sqlite"
MARK = "sandbox.txt"
MARK_TEXT = "This folder belongs to `python -m bot sandbox`. It can be deleted; the next start makes it anew.\n"


@contextmanager
def sandbox_folder(named: Path | None) -> Iterator[Path]:
    """The folder to use, whole path, held until left; raises SandboxError where it cannot be used."""
    folder = (named or _kept()).expanduser().absolute()
    try:
        _take(folder)
        lock = FileLock(folder / "sandbox.lock", timeout=0)
        lock.acquire()
    except OSError as error:
        reason = "another sandbox is using it" if isinstance(error, Timeout) else error.strerror
        message = f"The folder {folder} cannot be used ({reason}); name another with --data-dir."
        raise SandboxError(message) from error
    try:
        _forget_unfinished_work(folder)
        yield folder
    finally:
        lock.release()


def _kept() -> Path:
    # The index knows documents by where they lie, and vectors by their model: after a move or an upgrade it is another.
    return KEPT / hashlib.sha256(f"{SAMPLE} {packaged_revision()}".encode()).hexdigest()[:8]


def _take(folder: Path) -> None:
    if (folder / DATABASE).exists() and not (folder / MARK).exists():
        message = f"The folder {folder} holds a Solmu that is not a sandbox; name another with --data-dir."
        raise SandboxError(message)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(MARK_TEXT, encoding="utf-8")


def _forget_unfinished_work(folder: Path) -> None:
    """The workspace is new at every start: an answer that the last one was waiting for has no place in it."""
    for file in folder.glob(f"{UNFINISHED_WORK}*"):
        file.unlink()
