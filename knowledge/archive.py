"""A backup's file: the database at one moment, the files that were handed over, and what it says of itself.

All in one zip that is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from knowledge.errors import SolmuError

DATABASE, ABOUT, FILES = "solmu.sqlite", "backup.json", "files/"
FORMAT = 1
PARTIAL = ".partial"
PIECE = 1024 * 1024
ONLY_MINE = 0o600
"""It holds what people wrote and who they are."""


class BackupError(SolmuError):
    """A backup cannot be written, or is none."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself."""

    made_at: str
    checksum: str
    rows: Mapping[str, int]
    files: Mapping[str, str] = field(default_factory=dict)
    """Handed-over files by their path below the folder of uploads, each with its checksum."""
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)


def checksum(file: Path) -> str:
    """SHA-256, as hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pack(database: Path, uploads: Path, about: About, file: Path) -> About:
    """Write the backup; raises BackupError where a file of this name is there already.

    Returns what it says of itself: files that were taken away since they were looked at are not in it.
    """
    partial = file.with_name(file.name + PARTIAL)
    try:
        with (
            _created(partial) as written,
            zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped,
        ):
            zipped.write(database, DATABASE)
            packed = {name: told for name, told in about.files.items() if _is_packed(zipped, uploads, name)}
            about = replace(about, files=packed)
            zipped.writestr(ABOUT, json.dumps(asdict(about), indent=2))
        # Unlike a renaming, a link replaces nothing.
        os.link(partial, file)
    except FileExistsError as error:
        message = (
            f"{error.filename2 or error.filename} is there already; a backup overwrites nothing. Name another file."
        )
        raise BackupError(message) from error
    except OSError as error:
        message = f"The backup {file} cannot be written ({error.strerror}); name a file in a folder that can."
        raise BackupError(message) from error
    finally:
        partial.unlink(missing_ok=True)
    return about


def unpack(file: Path, folder: Path) -> tuple[Path, About]:
    """Extract the database into a folder, and the files below FILES; each is held against its checksum.

    Raises BackupError.
    """
    try:
        with zipfile.ZipFile(file) as zipped:
            about = About(**json.loads(zipped.read(ABOUT)))
            to = folder / DATABASE
            _extract(zipped, DATABASE, to)
            for name in about.files:
                _extract(zipped, f"{FILES}{name}", _below(folder / FILES, name))
    except OSError as error:
        message = f"The backup {file} cannot be read ({error.strerror or error})."
        raise BackupError(message) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        message = f"{file} is not a backup of Solmu's, or is damaged ({type(error).__name__}); use another one."
        raise BackupError(message) from error
    if about.format != FORMAT:
        message = f"{file} is of format {about.format}, expected {FORMAT}; use the release that wrote it."
        raise BackupError(message)
    sums = {to: about.checksum} | {folder / FILES / name: told for name, told in about.files.items()}
    for part, expected in sums.items():
        if (found := checksum(part)) != expected:
            message = f"{file} is damaged: expected checksum {expected[:12]}…, got {found[:12]}…; use another one."
            raise BackupError(message)
    return to, about


def _is_packed(zipped: zipfile.ZipFile, uploads: Path, name: str) -> bool:
    try:
        zipped.write(uploads / name, f"{FILES}{name}")
    except FileNotFoundError:
        return False
    return True


def _extract(zipped: zipfile.ZipFile, name: str, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with zipped.open(name) as packed, to.open("xb") as written:
        shutil.copyfileobj(packed, written, PIECE)


def _below(folder: Path, name: str) -> Path:
    """Where a named file goes; raises ValueError for one that would go elsewhere."""
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()):
        message = f"{name!r} leads out of its folder"
        raise ValueError(message)
    return place


@contextmanager
def _created(partial: Path) -> Iterator[IO[bytes]]:
    number = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_MINE)
    with os.fdopen(number, "wb") as written:
        yield written
        written.flush()
        os.fsync(written.fileno())
