"""The shelf of generations: published by one atomic rename, kept for rollback, readable whatever was killed.

The newest complete generation is current. Only a rollback says otherwise: its pin names the generation to use and
the newest one at that time, so that whatever is published later is current again without touching the pin.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowledge.adapters.building import write_generation
from knowledge.adapters.contents import Contents
from knowledge.adapters.dropping import forget_vectors
from knowledge.adapters.generation import Generation
from knowledge.adapters.manifests import read_manifest, sync, verify, write_manifest
from knowledge.adapters.segment import Segment
from knowledge.adapters.vector_files import FileHome
from knowledge.adapters.vector_homes import VectorHome
from knowledge.errors import IndexDamagedError, IndexMissingError, NotFoundError
from knowledge.model import GenerationId
from knowledge.ports import Clock, IndexContent, LoadRows, Manifest, PassageIndex, VectorKind

PIN = "ROLLED_BACK"
MOMENT = "%Y%m%dT%H%M%S%f"
ASIDE = ".building-"
DROPPED = ".dropped-"
_log = logging.getLogger(__name__)


class GenerationShelf:
    """See `knowledge.ports.IndexShelf`."""

    def __init__(self, folder: Path, keep: int, clock: Clock, home: VectorHome | None = None) -> None:
        """`home` is where the vectors of new generations live: in files beside their words where not said."""
        self._folder = folder
        self._keep = keep
        self._clock = clock
        files = FileHome()
        self._home = home or files
        self._homes: Mapping[VectorKind, VectorHome] = {files.kind: files, self._home.kind: self._home}
        self._lock = threading.Lock()
        self._open: Generation | None = None
        self._seen = -1

    @property
    def vectors(self) -> VectorKind:
        """Where the vectors of the next generation will be."""
        return self._home.kind

    def current(self) -> PassageIndex:
        """The current generation; one `stat` where nothing was published since. Raises IndexMissingError."""
        # Renaming anything into a folder moves the folder's own time.
        mark = self._folder.stat().st_mtime_ns if self._folder.is_dir() else 0
        opened = self._open
        if opened is not None and mark == self._seen:
            return opened
        with self._lock:
            if self._open is None or mark != self._seen:
                self._open = self._reopen(self._open)
                self._seen = mark
            return self._open

    def publish(self, content: IndexContent, load: LoadRows, *, anew: bool = False) -> Manifest:
        """Build aside, verify, make current, and drop the oldest beyond the number kept."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        before = None if anew else self._before(content)
        aside = self._folder / f"{ASIDE}{secrets.token_hex(4)}"
        aside.mkdir()
        try:
            self._home.fill(content, load, before)
            written = write_generation(aside, content, load, before, self._home)
            built_at = self._moment()
            name = GenerationId(f"{built_at:{MOMENT}}-{secrets.token_hex(2)}")
            manifest = _manifest(name, content, built_at, written.checksums, self._home.kind)
            write_manifest(aside, manifest, written.new)
            self._opened(aside, {})
            aside.rename(self._folder / name)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        sync(self._folder)
        self._drop(self._stand_ins(name) if content.is_complete else ())
        self._drop(list(self._complete())[self._keep :])
        return manifest

    def kept(self) -> Sequence[Manifest]:
        """Manifests of the complete generations, newest first."""
        found = []
        for folder in self._complete():
            try:
                found.append(read_manifest(folder))
            except IndexDamagedError:
                _log.warning("index generation %s has no readable manifest", folder.name)
        return found

    def roll_back(self, to: GenerationId | None = None) -> Manifest:
        """Make an earlier generation current after checking its files; raises NotFoundError, IndexDamagedError."""
        names = [manifest.generation for manifest in self.kept() if manifest.is_complete]
        if to is None:
            current = GenerationId(self._chosen())
            earlier = [name for name in names if name < current]
            if not earlier:
                message = "There is no earlier index generation to roll back to; `python -m indexer status` lists them."
                raise NotFoundError(message)
            to = earlier[0]
        if to not in names:
            message = f"There is no index generation {to}; `python -m indexer status` lists them."
            raise NotFoundError(message)
        manifest = verify(self._folder / to)
        self._pin(to, next(iter(self._complete())).name)
        return manifest

    def _reopen(self, opened: Generation | None) -> Generation:
        chosen = self._chosen()
        if not chosen:
            message = "Nothing is indexed yet; run `python -m indexer add PATH`."
            raise IndexMissingError(message)
        if opened is not None and opened.manifest.generation == chosen:
            return opened
        # The chosen one first; should its files be gone or damaged, an older answer beats none.
        segments = {} if opened is None else opened.segments
        for folder in sorted(self._complete(), key=lambda folder: folder.name != chosen):
            try:
                generation = self._opened(folder, segments)
            except IndexDamagedError:
                _log.exception("index generation %s cannot be used", folder.name)
                continue
            if folder.name != chosen:
                _log.warning("index generation %s stands in for %s", folder.name, chosen)
            return generation
        message = "No index generation can be read; run `python -m indexer rebuild` to make one from the database."
        raise IndexDamagedError(message)

    def _opened(self, folder: Path, segments: Mapping[str, Segment]) -> Generation:
        contents = Contents(folder, segments)
        kind = contents.manifest.vectors
        if kind not in self._homes:
            message = (
                f"The vectors of index generation {folder.name} are kept by {kind}, and SOLMU_VECTORS is "
                f"{self.vectors}; set it back, or run `python -m indexer vectors fill`."
            )
            raise IndexDamagedError(message)
        return Generation(contents, self._homes[kind].open(contents))

    def _chosen(self) -> str:
        names = [folder.name for folder in self._complete()]
        newest = names[0] if names else ""
        try:
            to, newest_then = (self._folder / PIN).read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return newest
        return to if newest_then == newest and to in names else newest

    def _before(self, content: IndexContent) -> Contents | None:
        """The newest generation whose segments can be used again: in a complete one every passage has its vector."""
        for folder in self._complete():
            try:
                contents = Contents(folder, {})
            except IndexDamagedError:
                _log.warning("index generation %s cannot be built upon", folder.name)
                continue
            if not contents.manifest.is_complete:
                continue
            made_by = (contents.manifest.model, contents.manifest.rules)
            # Files hold no vectors of what was published to a server.
            is_of_use = self.vectors is not VectorKind.FAISS or contents.manifest.vectors is VectorKind.FAISS
            return contents if is_of_use and made_by == (content.model, content.rules) else None
        return None

    def _moment(self) -> datetime:
        """Now, but always after the newest generation: names sort by it, and a clock may be set back."""
        newest = next(iter(self._complete()), None)
        if newest is None:
            return self._clock()
        named = datetime.strptime(newest.name.partition("-")[0], MOMENT).replace(tzinfo=UTC)
        return max(self._clock(), named + timedelta(microseconds=1))

    def _complete(self) -> Iterable[Path]:
        if not self._folder.is_dir():
            return []
        folders = (path for path in self._folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        return sorted(folders, key=lambda folder: folder.name, reverse=True)

    def _pin(self, to: str, newest: str) -> None:
        aside = self._folder / f".{PIN}-{secrets.token_hex(4)}"
        aside.write_text(f"{to} {newest}", encoding="ascii")
        sync(aside)
        aside.replace(self._folder / PIN)
        sync(self._folder)

    def _stand_ins(self, name: GenerationId) -> Sequence[Path]:
        """The generations that stood in for the complete one of this name."""
        incomplete = {manifest.generation for manifest in self.kept() if not manifest.is_complete}
        return [folder for folder in self._complete() if folder.name in incomplete - {name}]

    def _drop(self, folders: Sequence[Path]) -> None:
        # Before the folders, which alone know what to forget: a killed build leaves both to the next.
        forget_vectors(folders, [folder for folder in self._complete() if folder not in folders], self._home)
        for folder in folders:
            # Out of sight at once: deleted file by file, a killed build would leave half of it among the kept.
            aside = folder.rename(folder.with_name(f"{DROPPED}{folder.name}"))
            shutil.rmtree(aside, ignore_errors=True)

    def _sweep(self) -> None:
        """Take away what a killed build left; only one indexer builds at a time."""
        for path in self._folder.glob(".*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _manifest(
    name: GenerationId, content: IndexContent, built_at: datetime, checksums: Mapping[str, str], vectors: VectorKind
) -> Manifest:
    return Manifest(
        name,
        content.model,
        len(content.entries),
        content.documents,
        content.revision,
        content.rules,
        built_at,
        checksums,
        content.is_complete,
        vectors,
    )
