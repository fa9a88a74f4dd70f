"""A generation's manifest: written last, read first, compared with the files before a generation is trusted again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from knowledge.errors import IndexDamagedError
from knowledge.model import GenerationId, ModelIdentity
from knowledge.ports import Manifest, VectorKind

FORMAT = 2
"""Of the files; another format is not read but built anew from the database."""
MANIFEST = "manifest.json"


def write_manifest(folder: Path, manifest: Manifest, new: Iterable[Path]) -> None:
    """Write the manifest last, and see it and the new files on the disk."""
    content = {
        "format": FORMAT,
        **{name: getattr(manifest, name) for name in ("generation", "passages", "documents", "revision", "rules")},
        "model": asdict(manifest.model),
        "built_at": manifest.built_at.isoformat(),
        "checksums": dict(manifest.checksums),
        "complete": manifest.is_complete,
        "vectors": manifest.vectors,
    }
    (folder / MANIFEST).write_text(json.dumps(content, indent=1), encoding="utf-8")
    for path in (*new, folder / MANIFEST, *(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync(path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexDamagedError, also where it is of another format."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _refuse_other_format(content["format"])
        return Manifest(
            GenerationId(content["generation"]),
            ModelIdentity(**content["model"]),
            content["passages"],
            content["documents"],
            content["revision"],
            content["rules"],
            datetime.fromisoformat(content["built_at"]),
            content["checksums"],
            content.get("complete", True),
            VectorKind(content.get("vectors", VectorKind.FAISS)),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"Index generation {folder.name} has no readable manifest; run `python -m indexer rebuild`."
        raise IndexDamagedError(message) from error


def verify(folder: Path) -> Manifest:
    """Compare every file with the manifest's checksums; raises IndexDamagedError."""
    manifest = read_manifest(folder)
    if checksums(folder, files(folder)) != dict(manifest.checksums):
        message = f"Index generation {folder.name} does not match its checksums; run `python -m indexer rebuild`."
        raise IndexDamagedError(message)
    return manifest


def files(folder: Path) -> list[Path]:
    """Every file of a generation but the manifest."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def checksums(folder: Path, of: Iterable[Path]) -> dict[str, str]:
    """SHA-256 in hex of these files of a generation, by relative path."""
    return {path.relative_to(folder).as_posix(): _digest(path) for path in of}


def sync(path: Path) -> None:
    """Have a file's or folder's content on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_other_format(number: int) -> None:
    if number != FORMAT:
        message = f"expected format {FORMAT}, got {number}"
        raise ValueError(message)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
