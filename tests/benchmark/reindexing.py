"""Index time beyond embedding: building, and bringing up to date what hardly changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from indexer.reading.reader import Reader
from knowledge.model import Language
from knowledge.ports import Embedder
from tests.benchmark.holdings import SEED
from tests.benchmark.plan import Plan
from tests.benchmark.report import Result
from tests.benchmark.texts import Texts
from tests.benchmark.watch import SENTENCES, Watch, timed_embedder
from tests.integration.indexing import Bench

PER_FILE = 10
SECONDS, MEMORY, BYTES = 120, 2048, 10**8
"""The reading process's limits, as they are where nothing is set."""


def building(plan: Plan) -> Result:
    """From texts to a published index, by size."""
    result = Result(
        "building",
        "Building, beyond embedding",
        ("passages", "storing, s", "publishing, s", "both, ms a passage"),
        note="Storing is SQL; publishing makes vectors, words and manifest into a checked generation.",
    )
    for size in plan.extent.sizes:
        built = plan.holding(size)
        each = (built.storing + built.publishing) * 1000 / built.passages
        result.rows.append((built.passages, built.storing, built.publishing, each))
    return result


def reindexing(plan: Plan) -> Result:
    """Files on disk, read by the real pipeline in its reading process: all, none, one and a hundredth of them new."""
    size = plan.extent.usual
    folder = plan.folder / "files"
    files = size // PER_FILE
    texts = plan.sample.texts(SEED + 2)
    _write(folder, texts, range(files))
    watch = Watch()
    embedder: Embedder = timed_embedder(plan.sample.embedder(), watch)
    bench = Bench(plan.folder / "reindexed", embedder=embedder)
    bench.add(folder)
    changes = {"nothing": 0, "one document": 1, "1 % of the documents": max(1, files // 100)}
    with Reader(seconds=SECONDS, memory_mb=MEMORY, max_bytes=BYTES) as reader:
        first = _sync(bench, reader, watch)
        passages = len(bench.live())
        took = {name: _changed(plan, bench, reader, watch, texts, count) for name, count in changes.items()}
    bench.close()
    result = Result(
        "reindexing",
        f"Bringing {passages:,} passages in {files:,} files up to date, beyond embedding",
        ("changed", "seconds"),
        note=f"Looking, reading, cutting, storing and publishing; medians of up to {plan.extent.rounds}.",
    )
    result.rows.extend([("everything is new", first), *took.items()])
    return result


def _changed(plan: Plan, bench: Bench, reader: Reader, watch: Watch, texts: Texts, count: int) -> float:
    def once() -> float:
        _write(plan.folder / "files", texts, range(count))
        return _sync(bench, reader, watch)

    return median(plan.extent.repeat(once))


def _sync(bench: Bench, reader: Reader, watch: Watch) -> float:
    watch.lap()
    started = time.perf_counter()
    report = bench.sync(reader)
    took = time.perf_counter() - started
    if report.troubles:
        message = f"{len(report.troubles)} made-up documents could not be read"
        raise RuntimeError(message)
    return took - watch.lap()[SENTENCES]


def _write(folder: Path, texts: Texts, numbers: range) -> None:
    """Files of about so many passages each, every one under a heading of its own."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        sections = (f"## Kohta {at}\n\n{text}" for at, text in enumerate(islice(_finnish(texts), PER_FILE), 1))
        content = "\n\n".join((f"# Asiakirja {number}", *sections))
        (folder / f"{number}.md").write_text(content + "\n", encoding="utf-8")


def _finnish(texts: Texts) -> Iterator[str]:
    """Of one language, as a document is."""
    while True:
        passage = texts.passage()
        if passage.language is Language.FI:
            yield passage.text
