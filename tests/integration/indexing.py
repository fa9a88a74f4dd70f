"""An indexer over a throw-away folder: the real pipeline, store, sources and FAISS, with a model without weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from indexer.pipeline import Pipeline
from indexer.reading.document import ReadDocument
from indexer.reading.formats import read_bytes
from indexer.reading.reader import Reader
from indexer.report import Report
from indexer.sources import open_source
from indexer.sourcing import add_source
from knowledge.adapters.generations import GenerationShelf
from knowledge.model import Audience, Language, PassageId, Source
from knowledge.ports import Clock, Query
from knowledge.publishing import Publisher
from knowledge.settings import Settings
from knowledge.store import open_store
from knowledge.wiring import utc_now
from tests.fakes import SmallEmbedder

EVERYTHING = 100_000
"""More passages than any test has."""


class InProcessReader:
    """Reads where the test runs, and remembers what: starting a process for each test would take longer than it."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def read(self, content: bytes, name: str) -> ReadDocument:
        """The document, as `indexer.reading.reader.Reader` gives it."""
        self.names.append(name)
        return read_bytes(content, name)


def quiet(phase: str, done: int, total: int) -> None:
    """Hears of progress and says nothing."""


class Bench:
    """One data folder and what works on it."""

    def __init__(
        self, folder: Path, clock: Clock = utc_now, embedder: SmallEmbedder | None = None, **settings: Any
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(data_dir=folder, **settings)
        self.clock = clock
        self.embedder = embedder or SmallEmbedder()
        self.reader = InProcessReader()
        self.store = open_store(self.settings.database)
        self.shelf = GenerationShelf(folder / "index", self.settings.keep_generations, clock)
        self.publisher = Publisher(self.store, self.shelf, self.embedder)

    def pipeline(self, reader: InProcessReader | Reader | None = None) -> Pipeline:
        """The real one, with a real reading process where a test brings one."""
        opener = partial(open_source, settings=self.settings, uow=self.store)
        return Pipeline(self.store, self.publisher, reader or self.reader, opener, self.clock)  # type: ignore[arg-type]

    def add(
        self,
        place: Path | str,
        *,
        use_cases: bool = False,
        audience: Audience | None = None,
        columns: tuple[tuple[str, str], ...] = (),
        link: str | None = None,
    ) -> Source:
        """A source, remembered and not read yet."""
        with self.store() as work:
            source, _ = add_source(
                work, str(place), use_cases=use_cases, audience=audience, columns=columns, link=link, clock=self.clock
            )
            work.commit()
        return source

    def sources(self) -> Sequence[Source]:
        """All of them."""
        with self.store.reading() as work:
            return work.sources.all()

    def sync(self, reader: Reader | None = None) -> Report:
        """Everything up to date."""
        return self.pipeline(reader).sync(self.sources(), quiet)

    def published(self) -> set[int]:
        """The passages that the current generation finds."""
        vector = self.embedder.embed_query("mitä")
        found = self.shelf.current().candidates(Query("mitä", Language.FI, vector), frozenset(Audience), EVERYTHING)
        ids = found.ids.tolist()
        assert len(ids) == len(set(ids))
        return set(ids)

    def live(self) -> Mapping[PassageId, tuple[str, str]]:
        """Document key and text of every live passage, by id."""
        with self.store.reading() as work:
            return {passage.id: (home.key, passage.text) for passage, home in work.documents.live_passages()}

    def texts(self) -> Mapping[str, list[str]]:
        """The live passages of every live document, by its key."""
        with self.store.reading() as work:
            return {
                home.key: [passage.text for passage in work.documents.of_document(home.id)]
                for home in work.documents.live()
            }

    def close(self) -> None:
        """Let go of the database."""
        self.store.dispose()
