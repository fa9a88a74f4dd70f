"""Many asking at once, and asking while the indexer works beside."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from knowledge.model import Audience
from knowledge.wiring import Knowledge
from tests.benchmark.holdings import SEED, copy_home
from tests.benchmark.plan import PYTHON, Plan, environment
from tests.benchmark.querying import opened
from tests.benchmark.report import Result, percentiles
from tests.sample import ROOT

NEW_DOCUMENTS = 400
EMBEDDING_PHASE = "embedding"
PATIENCE = 120.0
GLANCE = 0.1


def throughput(plan: Plan) -> Result:
    """Questions a second with several askers, who share one process."""
    size = plan.extent.usual
    result = Result(
        "throughput",
        f"Several askers at once, {size:,} passages",
        ("askers", "questions/s", "p50 ms", "p95 ms"),
        note="Each asks his next question once he has the answer.",
    )
    with opened(plan.holding(size).home) as knowledge:
        knowledge.answerer.warm_up()
        for askers in plan.extent.askers:
            started = time.perf_counter()
            took = _ask(knowledge, plan.questions(), askers)
            speed = len(took) / (time.perf_counter() - started)
            result.rows.append((askers, speed, *percentiles(took)))
    return result


def beside(plan: Plan) -> Result:
    """The same questions with the machine idle and with a niced indexer embedding new documents."""
    size = plan.extent.usual
    result = Result(
        "beside",
        f"Asking while the indexer works, {size:,} passages",
        ("the indexer", "p50 ms", "p95 ms"),
        note="`nice -n 10 python -m indexer add` into the same data folder, from when it begins to embed.",
    )
    home = copy_home(plan.holding(size).home, plan.folder / "beside")
    with opened(home) as knowledge:
        knowledge.answerer.warm_up()
        _ask(knowledge, plan.questions()[:3], 1)
        result.rows.append(("idle", *percentiles(_ask(knowledge, plan.questions(), 1))))
        with _indexer_at_work(plan, home, knowledge) as process:
            took = _ask(knowledge, plan.questions(), 1)
            state = "embedding all the time" if process.poll() is None else "ended meanwhile"
        result.rows.append((state, *percentiles(took)))
    return result


def _ask(knowledge: Knowledge, questions: list[str], askers: int) -> list[float]:
    """Milliseconds of each."""

    def ask(question: str) -> float:
        started = time.perf_counter()
        knowledge.answerer.ask(question, audience=Audience.MEMBERS)
        return (time.perf_counter() - started) * 1000

    with ThreadPoolExecutor(askers) as pool:
        return list(pool.map(ask, questions))


@contextmanager
def _indexer_at_work(plan: Plan, home: Path, knowledge: Knowledge) -> Iterator[subprocess.Popen[bytes]]:
    documents = plan.folder / "arriving"
    documents.mkdir()
    texts = plan.sample.texts(SEED + 1)
    for number in range(NEW_DOCUMENTS):
        text = "\n\n".join(texts.passage().text for _ in range(3))
        (documents / f"{number}.md").write_text(f"# Uusi {number}\n\n{text}\n", encoding="utf-8")
    command = ["nice", "-n", "10", PYTHON, "-m", "indexer", "add", str(documents)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_embedding(process, knowledge)
            yield process
        finally:
            process.kill()


def _wait_until_embedding(process: subprocess.Popen[bytes], knowledge: Knowledge) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with knowledge.store.reading() as work:
            run = work.runs.latest()
        if run is not None and run.counts.embedded + (run.phase == EMBEDDING_PHASE):
            return
        try:
            process.wait(GLANCE)
        except subprocess.TimeoutExpired:
            continue
        break
    message = "the indexer did not come to embedding"
    raise RuntimeError(message)
