"""Making the sample ready: its sources added, one indexing run asked for, and its progress shown on the page."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from bot.sandbox.children import Children, SandboxError
from bot.sandbox.folder import SAMPLE
from bot.sandbox.progress import Progress, Stage
from bot.sandbox.slack import utc_now
from knowledge.model import IndexRun, RunState
from knowledge.store import Store, open_store

SOURCES = {
    "documents": (str(SAMPLE / "documents"),),
    "use cases": (str(SAMPLE / "usecases.jsonl"), "--kind", "usecases", "--audience", "public"),
}
"""What the sample consists of. Use cases are public, so that a guest from elsewhere finds something too."""
LOOK_EVERY = 0.3
EMBEDDING = "embedding"
"""The phase that counts passages, of so many as were read by then: the bar goes on counting documents."""
REQUESTED_BY = "sandbox"
_UNDER_WAY = {RunState.QUEUED, RunState.RUNNING}


async def prepare(children: Children, database: str, show: Callable[[Progress], None]) -> None:
    """Index the sample, and show how far that is; raises SandboxError where it fails."""
    for name, what in SOURCES.items():
        await children.finish(f"listing of {name}", "indexer", "add", *what, "--later")
    store = await asyncio.to_thread(open_store, database)
    try:
        await _follow(store, show)
    finally:
        store.dispose()


async def _follow(store: Store, show: Callable[[Progress], None]) -> None:
    run = counted = await asyncio.to_thread(_request, store)
    while run.state in _UNDER_WAY:
        counted = counted if run.phase == EMBEDDING else run
        show(Progress(Stage.INDEXING, run.phase, counted.done, counted.total))
        await asyncio.sleep(LOOK_EVERY)
        run = await asyncio.to_thread(_look, store, run.id)
    if run.state is RunState.FAILED:
        message = f"The sample could not be indexed: {run.message}"
        raise SandboxError(message)


def _request(store: Store) -> IndexRun:
    """The run that an earlier start left unfinished, which goes on where it was, or a new one."""
    with store() as work:
        latest = work.runs.latest()
        if latest is not None and latest.state in _UNDER_WAY:
            return latest
        run = work.runs.request(secrets.token_hex(8), REQUESTED_BY, utc_now())
        work.commit()
    return run


def _look(store: Store, run: str) -> IndexRun:
    with store.reading() as work:
        return work.runs.get(run)
