"""The indexer as a process of its own: waits for runs that people ask for, and does them one by one."""

from __future__ import annotations

import logging
import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from types import FrameType

from indexer.pipeline import Tell
from indexer.report import Report
from indexer.runs import RunBook
from indexer.scheduling import Scheduling
from indexer.wiring import Indexer, IndexerBusyError, alone
from knowledge.errors import SolmuError
from knowledge.model import IndexRun, RunState, RunTask

LOOK_EVERY = 1.0
"""Seconds between two looks at the queue."""
FOLLOW_EVERY = timedelta(seconds=5)
"""Time between two looks whether another machine brought in something that the index here lacks."""
NICENESS = 10
"""So that a question asked meanwhile is answered as fast as ever."""
_log = logging.getLogger(__name__)


class StoppedError(BaseException):
    """The process was told to stop; not an Exception, so that the run is left open instead of noted as failed."""


class Worker:
    """Claims runs until it is told to stop."""

    def __init__(self, indexer: Indexer) -> None:
        self._indexer = indexer
        self._book = RunBook(indexer.knowledge.store, indexer.knowledge.clock, indexer.name, stays=True)
        self._scheduling = Scheduling(indexer.knowledge.store, indexer.knowledge.clock, indexer.name)
        self._stop = threading.Event()
        self._followed_at = datetime.min.replace(tzinfo=UTC)

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a run in progress ends at its next document and is taken up again later."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._ask_to_stop)
        os.nice(NICENESS)
        _log.info("the indexer waits for runs")
        while not self._stop.is_set():
            self._scheduling.look()
            if not self.work_once():
                self._stop.wait(LOOK_EVERY)

    def work_once(self) -> bool:
        """Do one run, or else follow other machines, unless another indexer is at work here; tells whether it did."""
        try:
            with alone(self._indexer.knowledge.settings, 0):
                return self._claim_and_perform()
        except IndexerBusyError:
            return False

    def _claim_and_perform(self) -> bool:
        run = self._book.claim()
        if run is None:
            return self._follow()
        try:
            report = self._book.perform(run, lambda tell: self._do(run, tell), self._watch)
        except SolmuError as error:
            _log.error("indexing run %s failed: %s", run.id, error)
        except StoppedError:
            _log.info("indexing run %s is left for the next indexer", run.id)
        except Exception:  # noqa: BLE001 - it is noted and logged with its run; others that are asked for are done
            _log.error("indexing run %s ended in an unexpected error; others go on", run.id)
        else:
            _log.info("indexing run %s: %s", run.id, report.counts)
        return True

    def _follow(self) -> bool:
        """Where each machine has a data folder of its own, its index is brought up to the common database."""
        knowledge = self._indexer.knowledge
        now = knowledge.clock()
        if now - self._followed_at < FOLLOW_EVERY:
            return False
        self._followed_at = now
        with knowledge.store.reading() as work:
            latest = work.runs.latest()
        # What a run has brought in so far would be published again and again.
        if latest is not None and latest.state in {RunState.QUEUED, RunState.RUNNING}:
            return False
        try:
            has_followed = self._indexer.publisher.follow()
        except SolmuError as error:
            _log.error("the index cannot be brought up to the database: %s", error)
            return False
        if has_followed:
            _log.info("the index was brought up to the database")
        return has_followed

    def _do(self, run: IndexRun, tell: Tell) -> Report:
        sources = [each for each in self._indexer.sources() if run.source in {"", each.id}]
        pipeline = self._indexer.pipeline
        return (pipeline.plan if run.task is RunTask.PLAN else pipeline.sync)(sources, tell)

    def _watch(self, phase: str, done: int, total: int) -> None:
        del phase, done, total
        self._scheduling.look()
        if self._stop.is_set():
            raise StoppedError

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._stop.set()
