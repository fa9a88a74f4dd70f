"""Checks of what lies on this machine and in the database: looking migrates and indexes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.findings import Finding, found, tried
from knowledge.adapters.embedder import open_embedder
from knowledge.adapters.erasure_ledger import FileLedger, numbered
from knowledge.errors import ModelMismatchError, SettingsError, StoreError
from knowledge.model import ModelIdentity
from knowledge.ports import Clock
from knowledge.settings import Settings
from knowledge.store.looking import look_at
from knowledge.wiring import INDEX_FOLDER, open_shelf

LEAST_FREE = 1024**3
"""Bytes for the database, its log and a second index."""
TIMES_THE_INDEX = 2
"""A new generation is built beside the current one."""
GIGABYTE = 1e9


def check_here(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Each check in turn."""
    yield tried("database", lambda: look_at(settings.database))
    yield check_disk(settings.data_dir)
    yield check_ledger(settings)
    yield tried("model", lambda: _describe(_model(settings)))
    yield tried("index", lambda: _check_index(settings, clock))


def check_disk(folder: Path) -> Finding:
    """Whether there is room for what will be written into the data folder."""
    near = next((each for each in (folder, *folder.absolute().parents) if each.is_dir()), folder)
    free, index = shutil.disk_usage(near).free, _size(folder / INDEX_FOLDER)
    needed = LEAST_FREE + TIMES_THE_INDEX * index
    room = f"{free / GIGABYTE:.1f} GB are free"
    bad = f"{room}, {needed / GIGABYTE:.1f} GB are wanted; make room, or set SOLMU_DATA_DIR to a folder elsewhere."
    return found("disk", bad if free < needed else "", f"{room}.")


def check_ledger(settings: Settings) -> Finding:
    """Whether erasures can be read and written, by all processes in one file: a restore must know all of them."""
    is_shared = settings.database.startswith("sqlite") or settings.erasure_ledger
    alone = (
        f"Processes on other machines cannot see {settings.ledger}; set SOLMU_ERASURE_LEDGER to one file that all of "
        "them share, else a restore brings back whom another machine erased."
    )
    return tried("erasures", lambda: _try_ledger(settings)) if is_shared else found("erasures", alone, "")


def _try_ledger(settings: Settings) -> str:
    ledger = FileLedger(settings.ledger)
    # A data folder that is not there yet is made when documents are indexed; another folder is not.
    if settings.erasure_ledger or settings.data_dir.is_dir():
        ledger.try_out()
    if ledger.unreadable():
        message = (
            f"{settings.ledger} cannot be read in lines {numbered(ledger.unreadable())}, and each may be an erasure; "
            "erase anew whoever they may be of, as far as the audit log tells, then take those lines out."
        )
        raise StoreError(message)
    return f"They are written to {settings.ledger}."


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _model(settings: Settings) -> ModelIdentity:
    if not settings.data_dir.is_dir():
        message = f"there is no folder {settings.data_dir} yet; it is made when documents are indexed."
        raise SettingsError(message)
    embedder = open_embedder(settings.embedding_model, settings.embedding_revision, settings.data_dir)
    # Loaded in earnest: a name alone may lead nowhere.
    embedder.embed_query("moi")
    return embedder.identity


def _describe(model: ModelIdentity) -> str:
    return f"{model.name} answers with {model.dimension} numbers."


def _check_index(settings: Settings, clock: Clock) -> str:
    manifest = open_shelf(settings, clock).current().manifest
    model = open_embedder(settings.embedding_model, settings.embedding_revision, settings.data_dir).identity
    if manifest.model != model:
        message = (
            f"It was made by {manifest.model.name}, and the settings name {model.name}; "
            "run `python -m indexer rebuild`, or set SOLMU_EMBEDDING_MODEL back."
        )
        raise ModelMismatchError(message)
    return (
        f"{manifest.documents} documents, {manifest.passages} passages, built {manifest.built_at:%Y-%m-%d %H:%M} UTC."
    )
