"""What one question and one passage cost here, and what many would: the figures of the capacity page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from knowledge.documents import embedded_texts
from knowledge.model import Audience
from tests.benchmark.plan import Plan
from tests.benchmark.querying import opened
from tests.benchmark.report import Cell, Result
from tests.benchmark.vector_asking import memory

MANY = 10_000_000
"""Passages for which the cost of one is multiplied."""
HOUR = 3600


def capacity(plan: Plan) -> Result:
    """At the usual size: processor time, seconds and bytes, each for one and for many."""
    holding = plan.holding(plan.extent.usual)
    result = Result(
        "capacity",
        f"What one question and one passage cost, at {holding.passages:,} passages",
        ("", "each", f"{MANY:,} passages"),
        note="Processor time is that of all threads of the process. What is embedded is embedded once in its life.",
    )
    result.rows.append(("a question, processor ms", *_asking(plan, holding.home)))
    result.rows.append(("the process that answers, MB", memory(), ""))
    seconds = {
        "embedding a passage and its sentences, processor ms": _embedding(plan),
        "storing a passage, ms": holding.storing / holding.passages,
        "indexing a passage, ms": holding.publishing / holding.passages,
    }
    for name, each in seconds.items():
        result.rows.append((name, 1000 * each, f"{each * MANY / HOUR:,.0f} h"))
    for name, size in _sizes(holding.home).items():
        each = size / holding.passages
        result.rows.append((name, f"{each:,.0f}", f"{each * MANY / 2**30:,.0f} GiB"))
    return result


def _asking(plan: Plan, home: Path) -> tuple[Cell, Cell]:
    with opened(home) as knowledge:
        knowledge.answerer.warm_up()
        questions = plan.questions()
        spent = _processor(lambda: [knowledge.answerer.ask(each, audience=Audience.MEMBERS) for each in questions])
    return 1000 * spent / len(questions), ""


def _embedding(plan: Plan) -> float:
    """Processor seconds for a passage of the sample, with its sentences."""
    passages = plan.sample.passages[: plan.extent.embedded]
    texts = [embedded_texts("", passage.headings, passage.text, passage.language) for passage in passages]
    with opened(plan.sample.home) as knowledge:
        embed = knowledge.embedder.embed_passages
        embed([texts[0].passage])
        spent = _processor(lambda: [embed([each.passage, *each.sentences]) for each in texts])
    return spent / len(passages)


def _processor(do: Callable[[], object]) -> float:
    before = time.process_time()
    do()
    return time.process_time() - before


def _sizes(home: Path) -> dict[str, int]:
    """Bytes of a data folder, by what they are for."""
    return {
        "a passage in the database, bytes": _bytes(home.glob("solmu.sqlite*")),
        "its words in the index, bytes": _bytes([*home.glob("index/*/*/words.npys"), *home.glob("index/*/rows.npy")]),
        "its sentences' vectors in the index, bytes": _bytes(home.glob("index/*/*/sentences.f16")),
        "its vector in the index, bytes": _bytes(home.glob("index/*/*/vectors.faiss")),
    }


def _bytes(paths: Iterable[Path]) -> int:
    # Generations share files by links: each counts once.
    return sum({path.stat().st_ino: path.stat().st_size for path in paths}.values())
