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

LOOK_EVERY = 0.3
EMBEDDING = "embedding"
"""The phase that counts passages, of so many as were read by then: the bar goes on counting documents."""
REQUESTED_BY = "sandbox"
_UNDER_WAY = {RunState.QUEUED, RunState.RUNNING}


async def prepare(children: Children, database: str, documents_url: str, show: Callable[[Progress], None]) -> None:
    """Index the sample, whose documents are found below this address, and show how far that is; raises SandboxError."""
    documents, use_cases = str(SAMPLE / "documents"), str(SAMPLE / "usecases.jsonl")
    await children.finish("listing of documents", "indexer", "add", documents, "--link", documents_url, "--later")
    # Public, so that a guest from elsewhere finds something too.
    as_public = ("--kind", "usecases", "--audience", "public")
    await children.finish("listing of use cases", "indexer", "add", use_cases, *as_public, "--later")
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
