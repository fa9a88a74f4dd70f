"""The shelf of generations: published whole or not at all, kept, rolled back, refused when damaged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters.generations import GenerationShelf
from knowledge.errors import IndexMissingError, NotFoundError, VectorsError
from knowledge.model import Audience, GenerationId, Language, ModelIdentity, PassageId
from knowledge.ports import IndexContent, IndexRow, Manifest, Query, VectorKind
from tests.builders import publish, row
from tests.fakes import SetClock
from tests.vector_servers import OpenShelf

SMALL = ModelIdentity("small", "1", 4)
AXES = np.eye(4, dtype=np.float32)


@pytest.fixture
def shelf(open_shelf: OpenShelf, tmp_path: Path, clock: SetClock) -> GenerationShelf:
    """An empty shelf that keeps three generations, on each kind of home for vectors."""
    return open_shelf(tmp_path / "index", 3, clock)


def _publish(shelf: GenerationShelf, clock: SetClock, *numbers: int) -> Manifest:
    clock.advance(seconds=1)
    rows = [row(number, f"teksti {number}", AXES[number % 4]) for number in numbers]
    return publish(shelf, rows, SMALL, revision=max(numbers))


def _ids(shelf: GenerationShelf) -> list[int]:
    everything = shelf.current().candidates(Query("teksti", Language.FI, AXES[0]), frozenset(Audience), 10)
    return sorted(everything.ids.tolist())


def test_an_empty_shelf_says_what_to_do(shelf: GenerationShelf) -> None:
    """Before anything is published there is nothing to search, keep or roll back to."""
    with pytest.raises(IndexMissingError, match=r"^Nothing is indexed yet; run `python -m indexer add PATH`\.$"):
        shelf.current()
    assert list(shelf.kept()) == []
    with pytest.raises(NotFoundError, match="no earlier index generation"):
        shelf.roll_back()


def test_a_manifest_says_what_is_inside(shelf: GenerationShelf, clock: SetClock) -> None:
    """Model, counts, revision and time are those given, and each file has its checksum."""
    manifest = _publish(shelf, clock, 5, 7)
    assert (manifest.model, manifest.passages, manifest.documents, manifest.revision) == (SMALL, 2, 2, 7)
    assert manifest.built_at == clock.now
    names = {path.split("/")[-1] for path in manifest.checksums}
    assert names - {"vectors.faiss"} == {"rows.npy", "words.npys", "sentences.f16"}
    assert ("vectors.faiss" in names) is (manifest.vectors is shelf.vectors is VectorKind.FAISS)
    assert all(len(digest) == 64 for digest in manifest.checksums.values())
    assert shelf.current().manifest == manifest
    assert list(shelf.kept()) == [manifest]


def test_every_reader_sees_what_was_published_last(
    shelf: GenerationShelf, open_shelf: OpenShelf, clock: SetClock, tmp_path: Path
) -> None:
    """Another process's shelf, opened before, gives the new generation at its next question."""
    other = open_shelf(tmp_path / "index", 3, clock)
    _publish(shelf, clock, 1)
    assert _ids(other) == _ids(shelf) == [1]
    _publish(shelf, clock, 2, 3)
    assert _ids(other) == _ids(shelf) == [2, 3]


def test_only_so_many_are_kept(shelf: GenerationShelf, clock: SetClock, tmp_path: Path) -> None:
    """The newest three stay, newest first; the folder holds nothing else."""
    published = [_publish(shelf, clock, number).generation for number in range(1, 6)]
    assert [manifest.generation for manifest in shelf.kept()] == published[:1:-1]
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == published[2:]


def test_a_reader_keeps_its_generation(shelf: GenerationShelf, clock: SetClock) -> None:
    """A search that began before its generation was dropped from the disk still ends in it."""
    _publish(shelf, clock, 1)
    begun = shelf.current()
    for number in range(2, 7):
        _publish(shelf, clock, number)
    assert begun.candidates(Query("teksti", Language.FI, AXES[1]), frozenset(Audience), 10).ids.tolist() == [1]


def test_what_is_published_is_current_whatever_the_clock_says(shelf: GenerationShelf, clock: SetClock) -> None:
    """A clock that stands still or was set back never hides or drops the generation that was built last."""
    _publish(shelf, clock, 1)
    for number, step in enumerate((-1, -7200, -1, -1), 2):
        clock.advance(seconds=step)
        _publish(shelf, clock, number)
        assert _ids(shelf) == [number]
        assert shelf.kept()[0].revision == number


def test_rolling_back_goes_one_step_at_a_time(shelf: GenerationShelf, clock: SetClock) -> None:
    """Without a name, each rollback goes to the generation before the current one, until there is none."""
    one, two, _ = (_publish(shelf, clock, number) for number in (1, 2, 3))
    assert shelf.roll_back() == two
    assert _ids(shelf) == [2]
    assert shelf.roll_back() == one
    assert _ids(shelf) == [1]
    with pytest.raises(NotFoundError, match=r"no earlier index generation .*`python -m indexer status`"):
        shelf.roll_back()
    assert _ids(shelf) == [1]


def test_rolling_back_by_name_goes_anywhere_kept(
    shelf: GenerationShelf, open_shelf: OpenShelf, clock: SetClock, tmp_path: Path
) -> None:
    """A named generation becomes current for every process, forth as well as back; an unknown one is refused."""
    one, _, three = (_publish(shelf, clock, number) for number in (1, 2, 3))
    other = open_shelf(tmp_path / "index", 3, clock)
    assert _ids(other) == [3]
    shelf.roll_back(one.generation)
    assert _ids(other) == [1]
    shelf.roll_back(three.generation)
    assert _ids(other) == [3]
    with pytest.raises(NotFoundError, match="no index generation nonsense"):
        shelf.roll_back(GenerationId("nonsense"))


def test_what_is_published_after_a_rollback_is_current(shelf: GenerationShelf, clock: SetClock) -> None:
    """A rollback lasts until the next publication, not longer."""
    for number in (1, 2):
        _publish(shelf, clock, number)
    shelf.roll_back()
    _publish(shelf, clock, 3)
    assert _ids(shelf) == [3]


def test_a_build_that_fails_leaves_everything_as_it_was(
    shelf: GenerationShelf, clock: SetClock, tmp_path: Path
) -> None:
    """An error in the middle of the rows is raised, the current generation stays, and nothing lies about."""

    def broken(_ids: Sequence[PassageId]) -> Iterator[IndexRow]:
        yield row(2, "teksti", AXES[0])
        message = "the database went away"
        raise ConnectionError(message)

    before = _publish(shelf, clock, 1)
    with pytest.raises(ConnectionError):
        shelf.publish(IndexContent([row(2, "", AXES[0]), row(3, "", AXES[0])], SMALL, "1", 2, 1), broken)
    assert [path.name for path in (tmp_path / "index").iterdir()] == [before.generation]
    assert _ids(shelf) == [1]


def test_a_vector_of_another_size_is_never_published(shelf: GenerationShelf, clock: SetClock) -> None:
    """Rows that do not fit the model's dimension end the build, not a later search."""
    _publish(shelf, clock, 1)
    with pytest.raises((AssertionError, ValueError, VectorsError)):
        publish(shelf, [row(2, "teksti", AXES[0])], dataclasses.replace(SMALL, dimension=8), revision=2)
    assert _ids(shelf) == [1]


def test_nothing_can_be_published(shelf: GenerationShelf, clock: SetClock) -> None:
    """When the last document is removed, an index of no passages is as good as any."""
    _publish(shelf, clock, 1)
    clock.advance(seconds=1)
    publish(shelf, [], SMALL, revision=2)
    assert _ids(shelf) == []
