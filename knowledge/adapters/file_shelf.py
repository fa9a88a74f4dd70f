"""The managed folder of handed-over files, inside the data folder, and how much room things take on the disk."""

from __future__ import annotations

import errno
import secrets
from contextlib import suppress
from pathlib import Path

from knowledge.administering.uploads import FileProblem, FileRefusedError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FolderShelf:
    """See `knowledge.administering.uploads.FileShelf`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()

    def put(self, mark: str, name: str, content: bytes) -> str:
        """Store a file whole or not at all; returns its path within the data folder, which may be moved."""
        location, place = f"{self._folder.name}/{mark}/{name}", self._folder / mark / name
        if place.exists():
            return location
        aside = place.with_name(f".{secrets.token_hex(6)}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
            aside.replace(place)
        except OSError as error:
            aside.unlink(missing_ok=True)
            if error.errno not in _NO_ROOM:
                raise
            message = f"There is no room left on the disk for {len(content)} bytes."
            raise FileRefusedError(FileProblem.FULL, message) from error
        return location

    def remove(self, location: str) -> None:
        """Delete a file, if it lies here; its folder stays while the same content lies there under another name."""
        place = self._folder.parent / location
        if place.parent.parent == self._folder:
            with suppress(OSError):
                place.unlink(missing_ok=True)
                place.parent.rmdir()


def bytes_below(folder: Path) -> int:
    """How many bytes the files of a folder hold; 0 where there is none."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
