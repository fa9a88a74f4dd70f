"""Backing up while Solmu runs, looking whether a backup is good, and restoring it where nothing is yet."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from knowledge.adapters.erasure_ledger import FileLedger, numbered
from knowledge.archive import FILES, About, BackupError, checksum, pack, unpack
from knowledge.ports import Clock
from knowledge.publishing import Publisher
from knowledge.restoring import AFTER_RESTORE, Restored
from knowledge.settings import Settings
from knowledge.store import open_store
from knowledge.store.snapshots import count_rows, kept_out_of, put_snapshot, take_snapshot
from knowledge.wiring import INDEX_FOLDER, UPLOADS_FOLDER, open_knowledge


def back_up(settings: Settings, file: Path, clock: Clock) -> About:
    """Write all that is in the database, and the files that were handed over, into a new file; raises SolmuError.

    The index is not in it: it is built from the database again, without embedding anything anew. Neither is a file that
    is in quarantine.
    """
    if file.exists():
        message = f"{file} is there already; a backup overwrites nothing. Name another file."
        raise BackupError(message)
    with _beside(file.absolute().parent) as folder:
        snapshot = folder / "snapshot.sqlite"
        made_at = clock()
        take_snapshot(settings.database, snapshot)
        uploads, kept_out = settings.data_dir / UPLOADS_FOLDER, kept_out_of(snapshot)
        kept = {}
        for each in _files_below(uploads):
            # An admin may remove one meanwhile.
            with suppress(FileNotFoundError):
                if _is_whole(each) and str(each.relative_to(settings.data_dir)) not in kept_out:
                    kept[str(each.relative_to(uploads))] = checksum(each)
        about = About(made_at.isoformat(), checksum(snapshot), count_rows(snapshot), kept)
        return pack(snapshot, uploads, about, file)


def verify(file: Path) -> About:
    """What a good backup says of itself; raises SolmuError where it is damaged."""
    with _beside(file.absolute().parent) as folder:
        return _checked(file, folder)[1]


def restore(
    settings: Settings, file: Path, clock: Clock, *, without_ledger: bool = False, skip_unreadable: bool = False
) -> About:
    """Fill an empty database and build its index; raises SolmuError. Nothing is there before everything is.

    Without the ledger of erasures, or by one with lines that cannot be read, whoever was erased since the backup would
    come back: either has to be asked for.
    """
    if not without_ledger and not settings.ledger.is_file():
        message = (
            f"There is no ledger of erasures at {settings.ledger}: whoever was erased since the backup would come "
            "back. Put the newest erasures.jsonl of the old place there, or set SOLMU_ERASURE_LEDGER to it; "
            "only where nobody has ever been erased, restore with --without-ledger."
        )
        raise BackupError(message)
    bad = FileLedger(settings.ledger).unreadable()
    if bad and not skip_unreadable:
        message = (
            f"The ledger of erasures {settings.ledger} cannot be read in lines {numbered(bad)}: whoever they are of "
            "would come back. Bring a whole ledger; or restore with --skip-unreadable, and then erase them again."
        )
        raise BackupError(message)
    index = settings.data_dir / INDEX_FOLDER
    if index.exists() and any(index.iterdir()):
        message = f"{index} holds an index already; restore into an empty folder: set SOLMU_DATA_DIR."
        raise BackupError(message)
    uploads = settings.data_dir / UPLOADS_FOLDER
    if uploads.exists() and any(uploads.iterdir()):
        message = f"{uploads} holds files already; restore into an empty folder: set SOLMU_DATA_DIR."
        raise BackupError(message)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with _beside(settings.data_dir) as folder:
        database, about = _checked(file, folder)
        store = open_store(f"sqlite:///{database}")
        for step in AFTER_RESTORE:
            step(Restored(store, settings, about.moment, clock()))
        store.dispose()
        if about.files:
            shutil.copytree(folder / FILES, uploads, dirs_exist_ok=True)
        put_snapshot(database, settings.database)
    knowledge = open_knowledge(settings, clock=clock)
    Publisher(knowledge.store, knowledge.shelf, knowledge.embedder).publish()
    knowledge.store.dispose()
    return about


def _files_below(folder: Path) -> Sequence[Path]:
    """All of them, in order; unlike a glob, a walk passes over folders that vanish meanwhile."""
    return sorted(Path(home, name) for home, _, names in os.walk(folder) for name in names)


def _is_whole(file: Path) -> bool:
    """Whether it is a file that was stored to its end: what is just being written begins with a dot."""
    return file.is_file() and not file.name.startswith(".")


def _checked(file: Path, folder: Path) -> tuple[Path, About]:
    database, about = unpack(file, folder)
    found = count_rows(database)
    if found != about.rows:
        differing = sorted(name for name in {*found, *about.rows} if found.get(name) != about.rows.get(name))
        message = f"{file} is damaged: other numbers of rows than it says in {', '.join(differing)}; use another one."
        raise BackupError(message)
    return database, about


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder on the same disk, where there is room for what comes to stand there; only its owner can look in."""
    try:
        made = tempfile.TemporaryDirectory(prefix=".solmu-backup-", dir=folder)
    except FileNotFoundError as error:
        message = f"There is no folder {folder}; make it, or name a file elsewhere."
        raise BackupError(message) from error
    with made as name:
        yield Path(name)
