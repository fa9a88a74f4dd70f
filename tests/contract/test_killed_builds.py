"""Builds killed in the middle: whatever the moment, the shelf has a whole current generation."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters.generations import GenerationShelf
from knowledge.adapters.manifests import verify
from knowledge.model import Audience, Language, ModelIdentity
from knowledge.ports import IndexRow, Query
from knowledge.wiring import utc_now
from tests.builders import publish, row

KILLS = 10
BUILDS = 4
"""As many are built until a kill at most, whatever the machine's pace."""
SMALL = ModelIdentity("small", "1", 4)
AXES = np.eye(4, dtype=np.float32)

NURSERY = """
import os, pathlib, signal, sys
from tests.contract.test_killed_builds import build

for line in sys.stdin:
    first = int(line)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        build(pathlib.Path(sys.argv[1]), first)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


def build(folder: Path, first: int) -> None:
    """Publish revision after revision, noting each in a file once it is out, until killed."""
    shelf = GenerationShelf(folder / "index", 3, utc_now)
    while True:
        publish(shelf, _rows(first), SMALL, revision=first)
        (folder / "published").write_text(f"{first:09}")
        first += 1


class Builders:
    """Builders one after another, each killed before the next."""

    def __init__(self, nursery: subprocess.Popen[str]) -> None:
        self._nursery = nursery

    def start(self, first: int) -> int:
        """The process id of a builder that begins with this revision."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{first}\n")
        self._nursery.stdin.flush()
        return int(self._line())

    def kill(self, builder: int) -> None:
        """Return when it is gone."""
        os.kill(builder, signal.SIGKILL)
        assert self._line() == "gone\n"

    def _line(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline()


@pytest.fixture
def builders(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[Builders]:
    """A process that has imported everything forks a builder for each revision it is told."""
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=pytestconfig.rootpath,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    yield Builders(process)
    process.communicate(timeout=30)
    assert process.returncode == 0


def _rows(revision: int) -> list[IndexRow]:
    return [row(number, "teksti", AXES[0], language=Language.UNKNOWN) for number in range(revision, revision + 9)]


def _files(folder: Path) -> int:
    try:
        return len(os.listdir(folder))  # noqa: PTH208 - counting needs no paths
    except FileNotFoundError:
        return 0


def test_a_killed_build_leaves_a_readable_generation(tmp_path: Path, builders: Builders) -> None:
    """After SIGKILL at a random moment every kept generation is whole, and the current one is the last announced."""
    moments = random.Random(20260312)
    started = time.monotonic()
    builder = builders.start(1)
    while not _announces(tmp_path, BUILDS):
        time.sleep(0.001)
    longest = time.monotonic() - started
    builders.kill(builder)
    before = published = _whole(tmp_path, 1)
    for _ in range(KILLS):
        builder = builders.start(published + 1)
        time.sleep(moments.uniform(0, longest))
        builders.kill(builder)
        published = _whole(tmp_path, published)
    assert published > before


def test_a_generation_is_dropped_whole_or_not_at_all(tmp_path: Path, builders: Builders) -> None:
    """A builder killed while it deletes the oldest generation leaves none of it among the kept ones."""
    shelf = GenerationShelf(tmp_path / "index", 3, utc_now)
    oldest, *_ = (publish(shelf, _rows(number), SMALL, revision=number) for number in (1, 2, 3))
    folder = tmp_path / "index" / oldest.generation
    for number in range(5000):
        (folder / f"much-to-delete-{number}").touch()
    whole = _files(folder)
    builder = builders.start(4)
    while _files(folder) == whole:
        time.sleep(0.001)
    builders.kill(builder)
    assert _whole(tmp_path, 3) >= 4
    assert oldest not in shelf.kept()


def _announces(folder: Path, revision: int) -> bool:
    try:
        return int((folder / "published").read_text() or 0) >= revision
    except FileNotFoundError:
        return False


def _whole(folder: Path, least: int) -> int:
    """Look at everything a killed builder left; returns the current revision."""
    shelf = GenerationShelf(folder / "index", 3, utc_now)
    kept = shelf.kept()
    for manifest in kept:
        assert verify(folder / "index" / manifest.generation) == manifest
    current = shelf.current()
    assert current.manifest == kept[0]
    revision = current.manifest.revision
    announced = int((folder / "published").read_text() or 0) if (folder / "published").exists() else least
    assert revision >= max(least, announced)
    found = current.candidates(Query("teksti", Language.UNKNOWN, AXES[0]), frozenset(Audience), 20)
    assert sorted(found.ids.tolist()) == list(range(revision, revision + 9))
    return revision
