"""The ledger of erasures: a file of one JSON object a line, kept apart from the database and its backups.

It holds a hash and a time. Whoever has a person's id can tell whether they were erased; nobody can read ids from it.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from knowledge.errors import StoreError
from knowledge.model import MemberId


def hashed(person: MemberId) -> str:
    """A person as the ledger names them."""
    return hashlib.sha256(f"erased {person}".encode()).hexdigest()


class FileLedger:
    """See `knowledge.ports.personal.ErasureLedger`; several processes may write to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, person: MemberId, at: datetime) -> None:
        """Write it down, and return when it is on the disk; raises StoreError."""
        line = json.dumps({"person": hashed(person), "at": at.isoformat()}) + "\n"
        try:
            # One short write to a file that is only appended to is never mixed with another process's.
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, line.encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            message = f"The ledger of erasures {self._path} cannot be written ({error.strerror}); nothing was erased."
            raise StoreError(message) from error

    def since(self, moment: datetime) -> frozenset[str]:
        """The hashes of those who were erased then or later."""
        if not self._path.exists():
            return frozenset()
        lines = map(json.loads, filter(str.strip, self._path.read_text(encoding="utf-8").splitlines()))
        return frozenset(line["person"] for line in lines if datetime.fromisoformat(line["at"]) >= moment)
