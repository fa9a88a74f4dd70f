"""What a question takes and where: the real use cases over timed ports, at growing sizes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.answering.answerer import LOOKED_AT
from knowledge.language.detecting import detect_language
from knowledge.model import Audience
from knowledge.ports import Query
from knowledge.searching.fusion import fuse
from knowledge.searching.search import PER_INDEX
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, assemble, open_knowledge
from tests.benchmark.plan import Plan
from tests.benchmark.report import Result, percentiles
from tests.benchmark.watch import EMBEDDING, INDEX, SENTENCES, SQL, TimedShelf, TimedStore, Watch, timed_embedder

TOTAL, BEYOND = "whole", "beyond embedding"
VECTORS, WORDS, FUSION, RANKING, QUOTING = "vectors", "words", "fusion", "ranking", "quoting"
PARTS = (EMBEDDING, SENTENCES, VECTORS, WORDS, FUSION, RANKING, QUOTING, SQL)
NAMES = {
    EMBEDDING: "embedding the question",
    SENTENCES: "embedding sentences to quote",
    VECTORS: "vector index",
    WORDS: "lexical indexes",
    FUSION: "fusion",
    RANKING: "ranking, loading, merging",
    QUOTING: "evidence, quoting, wording",
    SQL: "SQL",
}


def query(plan: Plan) -> Result:
    """The whole of a question and its parts, at every size."""
    measured = [_measure(plan.holding(size).home, plan.questions()) for size in plan.extent.sizes]
    columns = [f"{plan.holding(size).passages:,} passages, p50 / p95 ms" for size in plan.extent.sizes]
    result = Result(
        "query",
        "A question, from text to answer",
        ("", *columns),
        note=f"{len(plan.questions())} questions about the sample, one after another; parts are medians of their own.",
    )
    for name in (TOTAL, BEYOND, *PARTS):
        cells = (percentiles([1000 * each[name] for each in questions]) for questions in measured)
        result.rows.append((NAMES.get(name, name), *(f"{middle:.1f} / {high:.1f}" for middle, high in cells)))
    return result


def _measure(home: Path, questions: list[str]) -> list[dict[str, float]]:
    watch = Watch()
    with opened(home) as plain:
        shelf = TimedShelf(plain.shelf, watch)
        timed = timed_embedder(plain.embedder, watch)
        knowledge = assemble(plain.settings, TimedStore(plain.store, watch), shelf, timed, plain.clock)
        knowledge.answerer.warm_up()
        for question in questions[:3]:
            knowledge.answerer.ask(question, audience=Audience.MEMBERS)
        return [_question(knowledge, watch, shelf, timed, question) for question in questions]


def _question(knowledge: Knowledge, watch: Watch, shelf: TimedShelf, timed: Any, question: str) -> dict[str, float]:
    """Asked as a whole, then found once more by itself to tell finding from quoting; then single steps alone."""
    watch.lap()
    asking = _seconds(lambda: knowledge.answerer.ask(question, audience=Audience.MEMBERS))
    asked = watch.lap()
    beyond = asking - asked[EMBEDDING] - asked[SENTENCES]
    spent = {name: asked[name] for name in (EMBEDDING, SENTENCES, SQL)} | {TOTAL: asking, BEYOND: beyond}
    if not asked[INDEX]:
        return spent | dict.fromkeys((VECTORS, WORDS, FUSION, RANKING), 0.0) | {QUOTING: beyond - asked[SQL]}
    finding = _seconds(lambda: knowledge.searcher.find(question, audience=Audience.MEMBERS, limit=LOOKED_AT))
    found = watch.lap()
    candidates, language = shelf.index.last["candidates"], detect_language(question)
    fusing = _seconds(lambda: fuse(candidates, language))
    readable = Audience.MEMBERS.readable
    silent = Query("", language, timed.last["embed_query"])
    near = _seconds(lambda: shelf.current().candidates(silent, readable, PER_INDEX))
    watch.lap()
    beside = finding - found[EMBEDDING] - found[INDEX] - found[SQL]
    return spent | {
        VECTORS: near,
        WORDS: max(0.0, asked[INDEX] - near),
        FUSION: fusing,
        RANKING: max(0.0, beside - fusing),
        QUOTING: max(0.0, beyond - asked[INDEX] - asked[SQL] - beside),
    }


@contextmanager
def opened(home: Path) -> Iterator[Knowledge]:
    """A process's Solmu over a data folder, as the bot opens it."""
    knowledge = open_knowledge(Settings(data_dir=home))
    try:
        yield knowledge
    finally:
        knowledge.store.dispose()


def _seconds(do: Any) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started
