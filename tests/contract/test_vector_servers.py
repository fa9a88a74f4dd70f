"""Vectors on a server: nothing leaks, nothing is lost on the way there and back, and failures are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.adapters import vector_filling
from knowledge.adapters.contents import AUDIENCES, LANGUAGES, table_of
from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.milvus_server import MilvusServer
from knowledge.adapters.pgvector_server import PgVectorServer
from knowledge.adapters.served_vectors import ServerHome
from knowledge.adapters.vector_homes import Asked, VectorTable
from knowledge.errors import IndexDamagedError, VectorsError
from knowledge.model import Audience, Language, ModelIdentity, PassageId
from knowledge.ports import IndexContent, IndexRow, Query
from tests.builders import publish, row
from tests.fakes import SetClock
from tests.vector_servers import ManyServers

MODEL = ModelIdentity("small", "1", 4)
AXES = np.eye(4, dtype=np.float32)
EVERYBODY = [AUDIENCES.index(each) for each in Audience]


class WatchedTable:
    """A table that notes which passages are put, and can be told to store something else."""

    def __init__(self, table: VectorTable) -> None:
        self._table = table
        self.put_ids: list[int] = []
        self.spoils = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def put(self, rows: NDArray[np.void], vectors: NDArray[np.float32]) -> None:
        """As the table, unless it spoils."""
        self.put_ids.extend(rows["id"].tolist())
        self._table.put(rows, vectors[:, ::-1] if self.spoils else vectors)


class WatchedServer:
    """A server with one such table."""

    def __init__(self, server: PgVectorServer | MilvusServer) -> None:
        self.kind = server.kind
        self.watched = WatchedTable(server.table(MODEL))

    def table(self, model: ModelIdentity) -> WatchedTable:
        """The same for every model."""
        del model
        return self.watched


@pytest.fixture
def server(servers: ManyServers, tmp_path: Path) -> WatchedServer:
    """A server of one's own, watched."""
    return WatchedServer(servers.server(tmp_path))


@pytest.fixture
def shelf(server: WatchedServer, tmp_path: Path, clock: SetClock) -> GenerationShelf:
    """A shelf that keeps two generations, and their vectors there."""
    return GenerationShelf(tmp_path / "index", 2, clock, ServerHome(server))


def _found(shelf: GenerationShelf, audience: Audience, limit: int = 10) -> list[int]:
    """What a question without known words brings up, by its vector alone."""
    query = Query("tuntematon", Language.UNKNOWN, AXES[0])
    return sorted(shelf.current().candidates(query, audience.readable, limit).ids.tolist())


def _rows(*numbers: int, audience: Audience = Audience.PUBLIC) -> list[IndexRow]:
    return [row(number, f"sana{number}", AXES[number % 4], audience) for number in numbers]


def _much_alike(count: int) -> NDArray[np.float32]:
    """Vectors near the first axis. Were they equal, a graph over them would have no shape, and be lost in."""
    vectors = AXES[:1] + np.random.default_rng(1).normal(scale=0.2, size=(count, AXES.shape[1])).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_the_server_itself_leaves_out_what_may_not_be_read(server: WatchedServer) -> None:
    """Of 300 passages much alike, a search for some readers in one language gives theirs alone, all of them."""
    table = server.watched
    table.prepare()
    entries = [
        row(number, "", AXES[0], list(Audience)[number % 3], list(Language)[number % 2]) for number in range(1, 301)
    ]
    table.put(table_of(entries), _much_alike(300))
    table.finish()
    for audience in Audience:
        readers = sorted(AUDIENCES.index(each) for each in audience.readable)
        asked = [Asked(LANGUAGES.index(language), AXES[0], 300) for language in list(Language)[:2]]
        for language, ids in zip(list(Language)[:2], table.nearest(asked, readers), strict=True):
            expected = [each.id for each in entries if each.audience in audience.readable and each.language == language]
            assert sorted(ids.tolist()) == expected


@pytest.mark.parametrize("audience", list(Audience))
def test_a_passage_handed_to_others_is_never_shown_to_those_before(shelf: GenerationShelf, audience: Audience) -> None:
    """Narrowed and widened again, in the new generation and in the one rolled back to, only present readers find it."""
    before, after = _rows(4), _rows(4, audience=audience)
    publish(shelf, before, MODEL, revision=1)
    publish(shelf, after, MODEL, revision=2)
    for reader in Audience:
        assert _found(shelf, reader) == ([4] if audience in reader.readable else [])
    shelf.roll_back()
    for reader in Audience:
        assert _found(shelf, reader) == ([4] if audience in reader.readable else [])
    publish(shelf, before, MODEL, revision=3)
    assert _found(shelf, Audience.PUBLIC) == [4]


def test_an_older_generation_never_shows_what_it_held_for_others(shelf: GenerationShelf) -> None:
    """A passage opened to all since is not shown to the public by the generation that had it for coordinators."""
    publish(shelf, _rows(4, audience=Audience.COORDINATORS), MODEL, revision=1)
    publish(shelf, _rows(4), MODEL, revision=2)
    assert _found(shelf, Audience.PUBLIC) == [4]
    shelf.roll_back()
    assert _found(shelf, Audience.PUBLIC) == []
    assert _found(shelf, Audience.COORDINATORS) == [4]


def test_what_is_nearer_but_of_another_generation_crowds_nothing_out(shelf: GenerationShelf) -> None:
    """Rolled back to a generation of two passages, both are found among 40 newer ones that are nearer."""
    far = [dataclasses.replace(each, vector=AXES[0] * 0.5) for each in _rows(1, 2)]
    publish(shelf, far, MODEL, revision=1)
    near = [dataclasses.replace(each, vector=AXES[0]) for each in _rows(*range(10, 50))]
    publish(shelf, far + near, MODEL, revision=2)
    assert not set(_found(shelf, Audience.PUBLIC, limit=2)) & {1, 2}
    shelf.roll_back()
    assert _found(shelf, Audience.PUBLIC, limit=2) == [1, 2]


def test_only_what_changed_goes_to_the_server(shelf: GenerationShelf, server: WatchedServer) -> None:
    """All at first, then the new passage and the one for other readers; what the server lost is put again."""
    publish(shelf, _rows(1, 2, 3), MODEL, revision=1)
    assert server.watched.put_ids == [1, 2, 3]
    publish(shelf, _rows(1, 2, 3), MODEL, revision=2)
    assert server.watched.put_ids == [1, 2, 3]
    publish(shelf, [*_rows(1, 2, 5), *_rows(3, audience=Audience.MEMBERS)], MODEL, revision=3)
    assert server.watched.put_ids == [1, 2, 3, 3, 5]
    server.watched.forget(np.array([2, 3]))
    publish(shelf, [*_rows(1, 2, 5), *_rows(3, audience=Audience.MEMBERS)], MODEL, revision=4)
    assert server.watched.put_ids == [1, 2, 3, 3, 5, 2, 3]
    assert _found(shelf, Audience.MEMBERS) == [1, 2, 3, 5]


def test_a_filling_that_broke_off_goes_on(
    shelf: GenerationShelf, server: WatchedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twelve passages four were stored when the database went away: the next time the other eight are."""
    monkeypatch.setattr(vector_filling, "PAGE", 4)
    rows = {each.id: each for each in _rows(*range(1, 13))}

    def breaking(ids: Sequence[PassageId]) -> list[IndexRow]:
        if 5 in ids:
            raise ConnectionError
        return [rows[number] for number in ids]

    with pytest.raises(ConnectionError):
        shelf.publish(IndexContent(list(rows.values()), MODEL, "1", 1, 1), breaking)
    assert list(shelf.kept()) == []
    assert server.watched.put_ids == [1, 2, 3, 4]
    publish(shelf, list(rows.values()), MODEL)
    assert server.watched.put_ids == list(range(1, 13))
    assert _found(shelf, Audience.PUBLIC, limit=20) == list(range(1, 13))


def test_vectors_that_come_back_otherwise_never_become_current(shelf: GenerationShelf, server: WatchedServer) -> None:
    """A server that gives other numbers than it was given ends the publication; what was current stays, then heals."""
    publish(shelf, _rows(1), MODEL, revision=1)
    server.watched.spoils = True
    with pytest.raises(VectorsError, match=r"^The server gives other vectors than were stored;"):
        publish(shelf, _rows(1, 2), MODEL, revision=2)
    assert _found(shelf, Audience.PUBLIC) == [1]
    server.watched.spoils = False
    publish(shelf, _rows(1, 2), MODEL, revision=2)
    assert _found(shelf, Audience.PUBLIC) == [1, 2]


def test_the_server_forgets_with_the_last_generation(shelf: GenerationShelf, server: WatchedServer) -> None:
    """A passage's vector stays as long as a kept generation holds the passage, and no longer."""
    for revision, numbers in enumerate([(1, 2), (2, 3), (3, 4)], 1):
        publish(shelf, _rows(*numbers), MODEL, revision=revision)
    rows, _ = server.watched.stored(np.arange(10))
    assert sorted(rows["id"].tolist()) == [2, 3, 4]


def test_passages_not_embedded_yet_are_found_by_their_words(shelf: GenerationShelf, server: WatchedServer) -> None:
    """They are not on the server, do not come up by vector, and have no cosine until they are embedded."""
    unknown = dataclasses.replace(_rows(2)[0], vector=np.zeros(4, dtype=np.float32))
    publish(shelf, [*_rows(1), unknown], MODEL, is_complete=False)
    assert server.watched.put_ids == [1]
    assert _found(shelf, Audience.PUBLIC) == [1]
    asked = Query("sana2", Language.UNKNOWN, AXES[0])
    found = shelf.current().candidates(asked, Audience.PUBLIC.readable, 5)
    assert dict(zip(found.ids.tolist(), found.vector.tolist(), strict=True)) == {1: 0.0, 2: 0.0}
    publish(shelf, _rows(1, 2), MODEL)
    assert server.watched.put_ids == [1, 2]


def test_an_index_moves_to_a_server_and_back(server: WatchedServer, tmp_path: Path, clock: SetClock) -> None:
    """Files, server, files: each generation answers the same, and until a move is done the one before answers."""
    rows = _rows(*range(1, 9))
    homes: list[ServerHome | None] = [None, ServerHome(server), None]
    answers = []
    for revision, home in enumerate(homes, 1):
        moved = GenerationShelf(tmp_path / "index", 3, clock, home)
        if revision == 2:
            assert _found(moved, Audience.PUBLIC) == answers[0]
        publish(moved, rows, MODEL, revision=revision)
        current = GenerationShelf(tmp_path / "index", 3, clock, home)
        assert current.current().manifest.vectors is current.vectors
        answers.append(_found(current, Audience.PUBLIC))
    assert answers == [list(range(1, 9))] * 3
    files = [bool(list(folder.glob("*/vectors.faiss"))) for folder in sorted((tmp_path / "index").iterdir())]
    assert files == [True, False, True]


def test_without_its_server_a_generation_is_not_used(server: WatchedServer, tmp_path: Path, clock: SetClock) -> None:
    """Set back to files too early, an older generation in files answers; where there is none, nothing is invented."""
    publish(GenerationShelf(tmp_path / "index", 3, clock, ServerHome(server)), _rows(1), MODEL)
    with pytest.raises(IndexDamagedError, match="No index generation can be read"):
        GenerationShelf(tmp_path / "index", 3, clock).current()


def test_a_server_that_lost_everything_is_no_empty_index(
    shelf: GenerationShelf, server: WatchedServer, tmp_path: Path, clock: SetClock
) -> None:
    """An index whose vectors are gone is refused with what to run, and whole again after that."""
    publish(shelf, _rows(1), MODEL)
    server.watched.forget(np.array([1]))
    restarted = GenerationShelf(tmp_path / "index", 3, clock, ServerHome(server))
    with pytest.raises(VectorsError, match=r"none of the index's vectors; run `python -m indexer rebuild`\.$"):
        restarted.current()
    publish(restarted, _rows(1), MODEL, anew=True)
    assert _found(restarted, Audience.PUBLIC) == [1]


def test_a_restarted_milvus_has_its_vectors_loaded_again(milvus: ManyServers, tmp_path: Path, clock: SetClock) -> None:
    """A collection that the server let go of is loaded by the next process that opens the index."""
    publish(milvus.shelf(tmp_path / "index", 2, clock), _rows(1), MODEL)
    milvus.release(tmp_path / "index")
    assert _found(milvus.shelf(tmp_path / "index", 2, clock), Audience.PUBLIC) == [1]
