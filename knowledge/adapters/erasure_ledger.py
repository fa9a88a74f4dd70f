"""The ledger of erasures: a file of one JSON object a line, kept apart from the database and its backups.

It holds a hash and a time. Whoever has a person's id can tell whether they were erased; nobody can read ids from it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import StoreError
from knowledge.model import MemberId

Stamp = tuple[int, int, int]
_HASH = re.compile("[0-9a-f]{64}")
_log = logging.getLogger(__name__)


def hashed(person: MemberId) -> str:
    """A person as the ledger names them."""
    return hashlib.sha256(f"erased {person}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Read:
    """The file as it was read: who was erased when, and the numbers of the lines that are not whole."""

    stamp: Stamp | None = None
    erasures: Sequence[tuple[str, datetime]] = ()
    unreadable: Sequence[int] = ()


class FileLedger:
    """See `knowledge.ports.personal.ErasureLedger`; several processes may write to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = _Read()

    def note(self, person: MemberId, at: datetime) -> None:
        """Write it down, and return when it is on the disk; raises StoreError."""
        line = json.dumps({"person": hashed(person), "at": at.isoformat()}) + "\n"
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                _append(descriptor, line.encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._unwritable(error) from error

    def since(self, moment: datetime) -> frozenset[str]:
        """The hashes of those who were erased then or later, as far as lines can be read; raises StoreError."""
        return frozenset(person for person, at in self._read().erasures if at >= moment)

    def unreadable(self) -> Sequence[int]:
        """The numbers of the lines that are not whole: each may be an erasure. Raises StoreError."""
        return self._read().unreadable

    def try_out(self) -> None:
        """Raise StoreError where it can be neither read nor written; writes nothing, and makes no file."""
        self._read()
        try:
            _try_to_open(self._path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(
            f"The ledger of erasures {self._path} cannot be written ({error.strerror}); nothing was erased."
        )

    def _read(self) -> _Read:
        """What is in the file; read again only once it has changed, as every question asks."""
        try:
            # What another machine wrote to a shared disk is sure to be seen only by who opens the file anew.
            with self._path.open("rb") as file:
                return self._read_from(file)
        except FileNotFoundError:
            return _Read()
        except OSError as error:
            message = f"The ledger of erasures {self._path} cannot be read ({error.strerror}); see to that file."
            raise StoreError(message) from error

    def _read_from(self, file: BinaryIO) -> _Read:
        told = os.fstat(file.fileno())
        stamp = (told.st_mtime_ns, told.st_size, told.st_ino)
        last = self._last
        if last.stamp == stamp:
            return last
        lines = {number: _parsed(line) for number, line in enumerate(file.read().split(b"\n"), 1) if line.strip()}
        erasures = [erasure for erasure, _ in lines.values() if erasure]
        bad = [number for number, (_, is_whole) in lines.items() if not is_whole]
        if bad and bad != last.unreadable:
            _log.error("the ledger of erasures cannot be read in lines %s; an erasure may be lost", numbered(bad))
        self._last = _Read(stamp, erasures, bad)
        return self._last


def numbered(lines: Sequence[int]) -> str:
    """Numbers of lines, as a sentence names them."""
    return ", ".join(map(str, lines))


def _try_to_open(path: Path) -> None:
    if path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_APPEND))
    elif not os.access(path.parent, os.W_OK | os.X_OK):
        message = "its folder is not there, or not for writing"
        raise OSError(0, message)


def _append(descriptor: int, line: bytes) -> None:
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        # Somebody's line was cut short; what follows it must not be lost with it.
        line = b"\n" + line
    # One short write to a file that is only appended to is never mixed with another process's.
    if os.write(descriptor, line) != len(line):
        message = "only a part was written; the disk may be full"
        raise OSError(0, message)


def _parsed(line: bytes) -> tuple[tuple[str, datetime] | None, bool]:
    """The erasure that a line tells of, and whether it tells of that alone: a whole one may follow one cut short."""
    start = max(line.rfind(b"{"), 0)
    try:
        told = json.loads(line[start:])
        person, at = str(told["person"]), datetime.fromisoformat(told["at"])
    except (ValueError, KeyError, TypeError):
        return None, False
    if not _HASH.fullmatch(person) or at.tzinfo is None:
        return None, False
    return (person, at), not line[:start].strip()
