"""A backup's file: the database at one moment, and what it says of itself, in one zip that is never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from knowledge.errors import SolmuError

DATABASE, ABOUT = "solmu.sqlite", "backup.json"
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
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)


def checksum(file: Path) -> str:
    """SHA-256, as hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pack(database: Path, about: About, file: Path) -> None:
    """Write the backup; raises BackupError where a file of this name is there already."""
    partial = file.with_name(file.name + PARTIAL)
    try:
        with (
            _created(partial) as written,
            zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped,
        ):
            zipped.write(database, DATABASE)
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


def unpack(file: Path, folder: Path) -> tuple[Path, About]:
    """Extract the database into a folder, and hold it against its checksum; raises BackupError."""
    try:
        with zipfile.ZipFile(file) as zipped:
            about = About(**json.loads(zipped.read(ABOUT)))
            to = folder / DATABASE
            with zipped.open(DATABASE) as packed, to.open("xb") as written:
                shutil.copyfileobj(packed, written, PIECE)
    except OSError as error:
        message = f"The backup {file} cannot be read ({error.strerror or error})."
        raise BackupError(message) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        message = f"{file} is not a backup of Solmu's, or is damaged ({type(error).__name__}); use another one."
        raise BackupError(message) from error
    found = checksum(to)
    if about.format != FORMAT or found != about.checksum:
        message = f"{file} is damaged: expected checksum {about.checksum[:12]}…, got {found[:12]}…; use another one."
        raise BackupError(message)
    return to, about


@contextmanager
def _created(partial: Path) -> Iterator[IO[bytes]]:
    number = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_MINE)
    with os.fdopen(number, "wb") as written:
        yield written
        written.flush()
        os.fsync(written.fileno())
