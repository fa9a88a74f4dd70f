"""Sources on disk: a folder with everything below it, or one file."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from indexer.failures import ListingError
from indexer.reading.kinds import READABLE, UNREADABLE
from indexer.sources import failures
from indexer.sources.base import Fetched, Item, NotModified

ATTACHMENTS = ".attachments"
"""Where the wikis of Azure DevOps keep what is attached to their pages: hidden by its name, but no secret."""


class FolderSource:
    """Every readable file below a folder, hidden ones and links out of it left out."""

    def __init__(self, root: Path, max_bytes: int, link: str = "") -> None:
        self._root = root
        self._max_bytes = max_bytes
        self._link = link
        self._paths: dict[str, Path] = {}

    def list(self) -> list[Item]:
        """The files by relative path; raises ListingError where any folder cannot be looked into."""
        if not self._root.is_dir():
            message = f"The folder {self._root} does not exist; mount it or remove the source."
            raise ListingError(message)
        inside = self._root.resolve()
        self._paths = {self._key(path): path for path in _walk(self._root) if _is_document(path, inside)}
        return [Item(key, revision_of(self._paths[key]), self._url(key)) for key in sorted(self._paths)]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:
        """The file's bytes."""
        path = self._paths.get(item.key, self._root / item.key)
        return fetch_file(path, known_revision, self._max_bytes)

    def _url(self, key: str) -> str:
        return f"{self._link.rstrip('/')}/{quote(key)}" if self._link else ""

    def _key(self, path: Path) -> str:
        return name_in_text(path.relative_to(self._root))


class FileSource:
    """One file; its key is its name."""

    def __init__(self, path: Path, max_bytes: int, link: str = "") -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._link = link

    def list(self) -> list[Item]:
        """The file alone; raises ListingError where it is not there."""
        if not self._path.is_file():
            message = f"The file {self._path} does not exist; put it back or remove the source."
            raise ListingError(message)
        return [Item(name_in_text(Path(self._path.name)), revision_of(self._path), self._link)]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:  # noqa: ARG002 - there is one
        """The file's bytes."""
        return fetch_file(self._path, known_revision, self._max_bytes)


def name_in_text(path: Path) -> str:
    """The relative path as text; a name that is not in UTF-8 is from an old system of Western Europe."""
    raw = os.fsencode(path.as_posix())
    try:
        return unicodedata.normalize("NFC", raw.decode())
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def revision_of(path: Path) -> str:
    """Size and time of last change: cheap, and different after nearly every change."""
    told = path.stat()
    return f"{told.st_size}-{told.st_mtime_ns}"


def fetch_file(path: Path, known_revision: str, max_bytes: int) -> Fetched | NotModified:
    """The file's bytes unless it is as it was; raises FetchFailure."""
    try:
        revision = revision_of(path)
        if revision == known_revision:
            return NotModified(revision)
        if path.stat().st_size > max_bytes:
            raise failures.too_large(path.stat().st_size, max_bytes)
        return Fetched(path.read_bytes(), name_in_text(Path(path.name)), revision)
    except FileNotFoundError as error:
        raise failures.gone() from error
    except OSError as error:
        raise failures.unreadable() from error


def _walk(root: Path) -> Iterator[Path]:
    """Files below the folder, hidden ones left out; raises ListingError where a folder cannot be looked into."""
    for folder, names, files in os.walk(root, onerror=_unlistable):
        names[:] = sorted(name for name in names if name == ATTACHMENTS or not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith((".", "~$")))


def _unlistable(error: OSError) -> None:
    message = f"The folder {error.filename} cannot be looked into; give the indexer's user the right to read it."
    raise ListingError(message) from error


def _is_document(path: Path, inside: Path) -> bool:
    """Whether it is a file of a type that people write, and really lies in the folder: a link may lead out of it."""
    known = path.suffix.lower() in READABLE | UNREADABLE
    return known and path.is_file() and path.resolve().is_relative_to(inside)
