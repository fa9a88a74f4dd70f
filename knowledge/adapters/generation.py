"""One generation on disk: how its files are written, and how they answer."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.adapters.faiss_index import VectorBuilder, VectorIndex
from knowledge.adapters.lexical_index import LexicalBuilder, LexicalIndex, ideal
from knowledge.analysis import gram_terms, lemma_terms
from knowledge.errors import IndexDamagedError
from knowledge.model import Audience, GenerationId, Language, ModelIdentity
from knowledge.ports import Candidates, IndexRow, Manifest

MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
ROWS = "rows.npy"
FIELDS = ("lemma", "gram")
ROW_TYPE = np.dtype([("id", "<i8"), ("audience", "u1"), ("language", "u1")])
BACKGROUND = 256
"""Passages of each language that tell what cosine any passage has with a question."""
LEAST_SPREAD = 0.01
"""Standard deviation of cosines below which there are too few passages to tell."""
ENOUGH_SEEN = 32
"""Passages of a language from which its usual cosine is told; of fewer, in part from the figures below."""
USUAL, USUAL_ACROSS, USUAL_SPREAD = 0.78, 0.75, 0.02
"""Mean cosine of a question and any passage of its language and of another, and its deviation: the bundled model's."""
_AUDIENCES = tuple(Audience)
_LANGUAGES = tuple(Language)


def write_generation(folder: Path, rows: Iterable[IndexRow], dimension: int) -> int:
    """Write all files but the manifest; returns the number of rows."""
    vectors, lemma, gram = VectorBuilder(dimension), LexicalBuilder(), LexicalBuilder()
    table = []
    for row in rows:
        vectors.add(row.vector[None])
        lemma.add(lemma_terms(row.indexed_text, row.language))
        gram.add(gram_terms(row.indexed_text))
        table.append((row.id, _AUDIENCES.index(row.audience), _LANGUAGES.index(row.language)))
    vectors.save(folder / VECTORS)
    lemma.save(folder / "lemma")
    gram.save(folder / "gram")
    np.save(folder / ROWS, np.array(table, dtype=ROW_TYPE))
    return len(table)


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 in hex of every file but the manifest, by relative path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest last, and see everything on the disk."""
    content = {
        **{name: getattr(manifest, name) for name in ("generation", "passages", "documents", "revision")},
        "model": asdict(manifest.model),
        "built_at": manifest.built_at.isoformat(),
        "checksums": dict(manifest.checksums),
    }
    (folder / MANIFEST).write_text(json.dumps(content, indent=1), encoding="utf-8")
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexDamagedError."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(
            GenerationId(content["generation"]),
            ModelIdentity(**content["model"]),
            content["passages"],
            content["documents"],
            content["revision"],
            datetime.fromisoformat(content["built_at"]),
            content["checksums"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"Index generation {folder.name} has no readable manifest; run `python -m indexer rebuild`."
        raise IndexDamagedError(message) from error


def verify(folder: Path) -> Manifest:
    """Compare every file with the manifest's checksums; raises IndexDamagedError."""
    manifest = read_manifest(folder)
    if checksums(folder) != dict(manifest.checksums):
        message = f"Index generation {folder.name} does not match its checksums; run `python -m indexer rebuild`."
        raise IndexDamagedError(message)
    return manifest


def sync(path: Path) -> None:
    """Have a file's or folder's content on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Generation:
    """See `knowledge.ports.PassageIndex`. Holds its files open: deleting the folder does not disturb it."""

    def __init__(self, folder: Path) -> None:
        self._manifest = read_manifest(folder)
        try:
            self._rows = np.load(folder / ROWS)
            self._vectors = VectorIndex(folder / VECTORS)
            count = self._manifest.passages
            self._lemma, self._gram = (LexicalIndex(folder / name, count) for name in FIELDS)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            message = f"Index generation {folder.name} cannot be opened; run `python -m indexer rebuild`."
            raise IndexDamagedError(message) from error
        sizes = (len(self._rows), self._vectors.rows, self._vectors.dimension)
        if sizes != (count, count, self._manifest.model.dimension):
            message = (
                f"Index generation {folder.name} holds {sizes[0]} rows and {sizes[1]} vectors of {sizes[2]} "
                f"dimensions, expected {count} of {self._manifest.model.dimension}; run `python -m indexer rebuild`."
            )
            raise IndexDamagedError(message)
        self._background = self._sample()

    @property
    def manifest(self) -> Manifest:
        """What is inside."""
        return self._manifest

    def candidates(
        self, text: str, language: Language, vector: NDArray[np.float32], audiences: Collection[Audience], limit: int
    ) -> Candidates:
        """The best readable rows of each index, united, with all scores."""
        allowed = np.isin(self._rows["audience"], [_AUDIENCES.index(audience) for audience in audiences])
        lemmas, grams = lemma_terms(text, language), gram_terms(text)
        lemma, gram = self._lemma.scores(lemmas), self._gram.scores(grams)
        lemma_rarity, gram_rarity = self._lemma.rarity(lemmas), self._gram.rarity(grams)
        best = [self._nearest(vector, limit, allowed), _best(lemma, limit, allowed), _best(gram, limit, allowed)]
        rows = np.unique(np.concatenate(best)).astype(np.int64)
        cosines = self._vectors.scores(vector, rows)
        return Candidates(
            ids=self._rows["id"][rows],
            vector=cosines,
            lemma=lemma[rows],
            gram=gram[rows],
            lift=self._lift(cosines, self._rows["language"][rows], vector, language),
            languages=tuple(_LANGUAGES[number] for number in self._rows["language"][rows]),
            lemma_ideal=ideal(lemmas, lemma_rarity),
            gram_ideal=ideal(grams, gram_rarity),
            lemma_rarity=lemma_rarity,
            gram_rarity=gram_rarity,
        )

    def _nearest(self, vector: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The nearest rows, at most `limit` of each language: the question's own must not crowd out the others."""
        rows = self._vectors.best(vector, limit * len(self._background), allowed)
        languages = self._rows["language"][rows]
        kept = [rows[languages == language][:limit] for language in self._background]
        return np.concatenate(kept) if kept else rows

    def _lift(
        self,
        cosines: NDArray[np.float32],
        languages: NDArray[np.uint8],
        vector: NDArray[np.float32],
        question: Language,
    ) -> NDArray[np.float32]:
        lift = np.zeros_like(cosines)
        for language, sample in self._background.items():
            seen = sample @ vector
            share = min(1.0, len(sample) / ENOUGH_SEEN)
            is_own = question in {Language.UNKNOWN, _LANGUAGES[language]}
            usual = share * float(seen.mean()) + (1 - share) * (USUAL if is_own else USUAL_ACROSS)
            spread = share * float(seen.std()) + (1 - share) * USUAL_SPREAD
            here = languages == language
            lift[here] = (cosines[here] - usual) / max(spread, LEAST_SPREAD)
        return lift

    def _sample(self) -> Mapping[int, NDArray[np.float32]]:
        """Vectors of passages spread evenly over the rows, by language."""
        samples = {}
        for language in np.unique(self._rows["language"]):
            rows = np.flatnonzero(self._rows["language"] == language).astype(np.int64)
            chosen = rows[np.linspace(0, len(rows) - 1, min(BACKGROUND, len(rows))).astype(np.int64)]
            samples[int(language)] = self._vectors.rows_at(chosen)
        return samples


def _best(scores: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    masked = np.where(allowed, scores, 0)
    count = min(limit, len(masked))
    if not count:
        return np.zeros(0, dtype=np.int64)
    top = np.argpartition(masked, len(masked) - count)[len(masked) - count :]
    return top[masked[top] > 0].astype(np.int64)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
