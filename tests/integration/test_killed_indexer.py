"""An indexer killed at any moment, over a folder that keeps changing: its index can be read, and nothing is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.runs import RunBook
from indexer.wiring import alone
from knowledge.documents import indexed_text, text_hash
from tests.integration.indexing import Bench, quiet

KILLS = 50
LONGEST = 0.35
"""Seconds until a kill, at most; less where a whole run takes less."""
NURSERY = """
import os, pathlib, signal, sys
from tests.integration.test_killed_indexer import run

for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        run(pathlib.Path(sys.argv[1]))
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def run(data: Path) -> None:
    """One run of the indexer, as a person at the shell starts it."""
    bench = Bench(data)
    with alone(bench.settings, 10):
        book = RunBook(bench.store, bench.clock, "test")
        book.perform(book.begin("shell"), lambda tell: bench.pipeline().sync(bench.sources(), tell), quiet)


class Runs:
    """Indexers, one after another."""

    def __init__(self, nursery: subprocess.Popen[str]) -> None:
        self._nursery = nursery

    def start(self) -> int:
        """The process id of a new one."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write("run\n")
        self._nursery.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        """Its exit code once it is gone."""
        return int(self._line())

    def _line(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline()


@pytest.fixture
def runs(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[Runs]:
    """A process that has imported everything forks an indexer whenever it is told."""
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(tmp_path / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=pytestconfig.rootpath,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    yield Runs(process)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_fifty_kills_lose_nothing_and_double_nothing(tmp_path: Path, runs: Runs) -> None:
    """After each kill the published index answers; after the last run it holds exactly what the folder holds."""
    chance = random.Random(20260313)
    folder = tmp_path / "documents"
    folder.mkdir()
    bench = Bench(tmp_path / "data")
    bench.add(folder)
    for number in range(20):
        _write(folder, number, chance)
    bench.sync()
    _change(folder, chance)
    longest = _duration(runs)
    in_the_middle = 0
    for _ in range(KILLS):
        _change(folder, chance)
        indexer = runs.start()
        time.sleep(chance.uniform(0, longest))
        os.kill(indexer, signal.SIGKILL)
        in_the_middle += runs.ended() == -signal.SIGKILL
        _is_readable(bench)
    assert in_the_middle > KILLS / 3
    runs.start()
    assert runs.ended() == 0
    _is_complete(bench, folder)
    bench.close()


def _duration(runs: Runs) -> float:
    """Seconds that a whole run takes here and now."""
    began = time.monotonic()
    runs.start()
    assert runs.ended() == 0
    return min(LONGEST, time.monotonic() - began)


def _write(folder: Path, number: int, chance: random.Random) -> None:
    parts = [f"## Osa {part}\n\nAsia {number}.{chance.randrange(9)} koskee osaa {part}.\n" for part in range(4)]
    (folder / f"asiakirja-{number:02}.md").write_text(f"# Asiakirja {number}\n\n" + "\n".join(parts))


def _change(folder: Path, chance: random.Random) -> None:
    """Some documents change, one comes and one goes."""
    present = sorted(folder.iterdir())
    for path in chance.sample(present, 4):
        _write(folder, int(path.stem[-2:]), chance)
    chance.choice(present).unlink()
    _write(folder, chance.randrange(40), chance)


def _is_readable(bench: Bench) -> None:
    """Every passage that the published index finds is there to be quoted, with its document."""
    ids = bench.published()
    assert ids
    with bench.store.reading() as work:
        assert set(work.documents.passages(ids)) == ids


def _is_complete(bench: Bench, folder: Path) -> None:
    live = bench.live()
    assert bench.published() == set(live)
    assert sorted(key for key, _ in live.values()) == sorted([path.name for path in folder.iterdir()] * 4)
    for key, texts in bench.texts().items():
        written = (folder / key).read_text().splitlines()
        assert texts == [line for line in written if line.startswith("Asia ")]
    with bench.store.reading() as work:
        pairs = list(work.documents.live_passages())
        hashes = {passage.text_hash for passage, _ in pairs}
        told = {text_hash(indexed_text(home.title, passage.headings, passage.text)) for passage, home in pairs}
        assert hashes == told
        assert work.vectors.missing(hashes, bench.embedder.identity) == set()
        assert work.failures.all() == []
