"""Several machines on one database: each has an index of its own, brought up to what any of them read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.wiring import Indexer, open_indexer
from indexer.worker import Worker
from knowledge.settings import Settings
from knowledge.wiring import utc_now
from tests.fakes import SmallEmbedder
from tests.integration.indexing import Bench


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Whose tables both machines share."""
    return f"sqlite:///{tmp_path / 'common.sqlite'}"


@pytest.fixture
def reading(tmp_path: Path, database: str) -> Iterator[Bench]:
    """The machine that reads documents: a guide, so far."""
    made = Bench(tmp_path / "reading", database_url=database)
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "guide.md").write_text("# Ohje\n\nPilotti alkoi toukokuussa.\n", encoding="utf-8")
    made.add(documents)
    yield made
    made.close()


@pytest.fixture
def following(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Indexer]:
    """The indexer of another machine, which has a model without weights."""
    monkeypatch.setattr("knowledge.wiring.open_embedder", lambda *_, **__: SmallEmbedder())
    with open_indexer(Settings(data_dir=tmp_path / "following", database_url=database)) as opened:
        yield opened


def _passages(indexer: Indexer) -> int:
    return indexer.knowledge.shelf.current().manifest.passages


def test_another_machine_follows(reading: Bench, following: Indexer) -> None:
    """What one machine read is in the other's index too, once, without embedding or reading anything there."""
    reading.sync()
    worker = Worker(following)
    assert worker.work_once()
    assert _passages(following) == len(reading.live()) == 1
    embedder = following.knowledge.embedder
    assert isinstance(embedder, SmallEmbedder)
    assert embedder.embedded == []
    assert not Worker(following).work_once()
    assert len(following.knowledge.shelf.kept()) == 1


def test_an_empty_database_is_not_followed(following: Indexer) -> None:
    """Before anything was read there is no index, and its absence is told as before."""
    assert not Worker(following).work_once()
    assert list(following.knowledge.shelf.kept()) == []


def test_what_is_not_embedded_yet_is_waited_for(reading: Bench, following: Indexer) -> None:
    """While a machine embeds, the others keep what they have."""
    reading.sync()
    following.publisher._embedder = SmallEmbedder(32, "2")  # noqa: SLF001 - another model: none of its vectors is there
    assert not following.publisher.follow()
    assert list(following.knowledge.shelf.kept()) == []


def test_a_run_is_waited_for(reading: Bench, following: Indexer) -> None:
    """While a run goes on anywhere, what it has stored so far is not followed bit by bit."""
    reading.sync()
    with reading.store() as work:
        work.runs.begin("r1", "shell", "another machine", utc_now())
        work.commit()
    assert not Worker(following).work_once()
    assert list(following.knowledge.shelf.kept()) == []
