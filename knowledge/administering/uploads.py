"""Files that admins hand over: what may be taken in, and the sources that are made of them."""

from __future__ import annotations

import enum
import hashlib
import secrets
from pathlib import PurePath
from typing import Protocol

from knowledge.administering.acting import Acting
from knowledge.administering.kinds import READABLE
from knowledge.administering.pages import KnownSourceError
from knowledge.errors import SolmuError
from knowledge.model import Act, Audience, MemberId, RunTask, Source, SourceKind, user_of
from knowledge.privacy import refuse_personal_name

LONGEST_NAME = 120


class FileProblem(enum.StrEnum):
    """Why a file cannot be taken in; FULL is the disk."""

    KIND = "kind"
    SIZE = "size"
    EMPTY = "empty"
    FULL = "full"
    UNREACHABLE = "unreachable"


class FileRefusedError(SolmuError):
    """A file cannot be taken in."""

    def __init__(self, problem: FileProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


class FileShelf(Protocol):
    """The managed folder in which handed-over files lie."""

    def put(self, mark: str, name: str, content: bytes) -> str:
        """Store a file whole or not at all; returns where it lies. Raises FileRefusedError where there is no room."""
        ...

    def remove(self, location: str) -> None:
        """Delete a file, if it lies here."""
        ...


class Uploads:
    """Makes sources of files; each is a source of its own, so that it has its own audience and schedule."""

    def __init__(self, acting: Acting, shelf: FileShelf, most_bytes: int) -> None:
        self._acting = acting
        self._shelf = shelf
        self.most_bytes = most_bytes

    def check(self, name: str, size: int) -> None:
        """Raise FileRefusedError for what is not worth fetching, PersonalDataError for a name that may not be kept."""
        refuse_personal_name(name)
        if PurePath(name).suffix.casefold() not in READABLE:
            message = f"Files of this type are not read; these are: {', '.join(sorted(READABLE))}."
            raise FileRefusedError(FileProblem.KIND, message)
        if size > self.most_bytes:
            message = f"expected at most {self.most_bytes} bytes, got {size}"
            raise FileRefusedError(FileProblem.SIZE, message)
        if size == 0:
            message = "expected a file, got no bytes"
            raise FileRefusedError(FileProblem.EMPTY, message)

    def add(self, name: str, content: bytes, audience: Audience, by: MemberId) -> Source:
        """Keep the file, make a source of it and ask for a run that reads it.

        Raises what `check` does, NotAllowedError and KnownSourceError.
        """
        self.check(name, len(content))
        with self._acting.act(by, Act.SOURCE_ADD) as deed:
            location = self._shelf.put(_mark(content), safe_name(name), content)
            known = deed.work.sources.find(location)
            if known is not None:
                raise KnownSourceError(known)
            source = Source(deed.work.sources.next_id(), SourceKind.FILE, location, audience, self._acting.clock())
            deed.work.sources.add(source)
            # Whoever adds it may be killed before they ask: it would be known, and never read.
            now, run_id = self._acting.clock(), secrets.token_hex(8)
            deed.work.runs.request(run_id, user_of(by), now, RunTask.SYNC, source.id)
            deed.subject = source.id
        return source


def safe_name(name: str) -> str:
    """A file's name without folders and without signs that a file system could take amiss."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(letter if letter.isprintable() and letter not in '<>:"|?*/' else "_" for letter in last)
    path = PurePath(plain.strip(". ") or "file")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
