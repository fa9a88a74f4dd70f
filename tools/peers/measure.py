"""One engine in a process of its own: `index` builds and asks with vectors made before, `serve` starts in earnest.

`serve` prints a line as soon as the first question is answered, which is what its parent waits for, and a second one
with the memory that it holds after it has answered some more.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tools.peers.embedders import KnownVectors
from tools.peers.engines import make_engine
from tools.peers.workload import Passage, Workload, read_workload

RANKED, SHOWN = 30, 10
"""Passages looked at to tell the quality, and passages asked for where time counts."""
SERVED = 30
CHANGES = 3


def main() -> None:
    """What the parent asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("index", "serve"))
    parser.add_argument("engine")
    parser.add_argument("workload", type=Path)
    given = parser.parse_args()
    {"index": index, "serve": serve}[given.what](given.engine, given.workload)


def index(name: str, folder: Path) -> None:
    """Rank; then, with the padding, build, time questions and bring changes in, all without the time of embedding."""
    workload, embedder = read_workload(folder), KnownVectors(folder)
    homes = {passage.id: passage.document for passage in workload.passages}
    engine = make_engine(name, folder / f"{_place(name)}-ranking", workload.language)
    engine.build(workload.passages, embedder)
    ranked = {}
    for question in workload.questions:
        found = engine.search(question.text, RANKED)
        ranked[question.id] = list(dict.fromkeys(homes[passage] for passage in found))
    engine = make_engine(name, folder / _place(name), workload.language)
    everything = [*workload.passages, *workload.padding]
    building = _beyond(embedder, lambda: engine.build(everything, embedder))
    took = [_beyond(embedder, partial(engine.search, each.text, SHOWN)) * 1000 for each in workload.questions]
    changes = [_beyond(embedder, partial(engine.replace, each)) for each in _versions(workload)]
    _say({"index": building, "change": sorted(changes)[CHANGES // 2], "ranked": ranked, "query_ms": took})


def serve(name: str, folder: Path) -> None:
    """From nothing to the first answer, with the real model, then some more answers."""
    workload = read_workload(folder)
    engine = make_engine(name, folder / _place(name), workload.language)
    engine.open(engine.load_model(folder))
    engine.search(workload.questions[0].text, SHOWN)
    _say({"first": True})
    for question in workload.questions[:SERVED]:
        engine.search(question.text, SHOWN)
    _say({"memory": _memory()})


def _versions(workload: Workload) -> list[Passage]:
    """One passage, there and back and there again, so that each change is one."""
    old = next(passage for passage in workload.passages if passage.id == workload.changed.id)
    return [workload.changed, old, workload.changed][:CHANGES]


def _beyond(embedder: KnownVectors, do: Callable[[], object]) -> float:
    before, started = embedder.seconds, time.perf_counter()
    do()
    return time.perf_counter() - started - (embedder.seconds - before)


def _memory() -> int:
    """The resident set, in megabytes."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB", told, re.MULTILINE)
    return int(found.group(1)) // 1024 if found else 0


def _place(name: str) -> str:
    return name.lower().replace(" ", "-")


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
