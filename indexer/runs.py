"""A run as others see it: begun or claimed in SQL, its progress told as it goes, and ended with what it did."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from indexer.pipeline import Tell
from indexer.report import Report
from indexer.summing_up import note_care, run_report
from knowledge.errors import SolmuError
from knowledge.model import IndexRun, RunCounts, RunReport, RunState, RunTask
from knowledge.ports import Clock, UnitOfWorkFactory

STALE_AFTER = timedelta(minutes=10)
"""Silence after which a run of another machine counts as abandoned."""
BEAT_EVERY = timedelta(minutes=1)
"""Signs of life between those that progress gives: publishing a large index tells of none for long."""
TOLD_EVERY = timedelta(milliseconds=400)
"""Progress is written no more often than this, but for a new phase."""
UNEXPECTED = "An unexpected error stopped the indexing; the indexer's log has the details."
_log = logging.getLogger(__name__)


class RunBook:
    """The runs table, as one indexer writes it. One that `stays` when its run is over is seen to be there meanwhile."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, worker: str, *, stays: bool = False) -> None:
        self._uow = uow
        self._clock = clock
        self._worker = worker
        self._stays = stays

    def begin(self, requested_by: str) -> IndexRun:
        """A run that is done at once by the one who asks."""
        with self._uow() as work:
            run = work.runs.begin(secrets.token_hex(8), requested_by, self._worker, self._clock())
            work.commit()
        return run

    def claim(self) -> IndexRun | None:
        """A run that somebody asked for, or that was left unfinished."""
        now = self._clock()
        with self._uow() as work:
            run = work.runs.claim(self._worker, now, now - STALE_AFTER)
            work.commit()
        return run

    def perform(self, run: IndexRun, do: Callable[[Tell], Report], also: Tell) -> Report:
        """Do it, telling its progress to SQL and to `also`, and note how it ended. Errors are noted and go on up."""
        try:
            with self._beating(run):
                report = do(self._teller(run, also))
            unreachable = [trouble.line for trouble in report.troubles if not trouble.key]
            self._finish(run, RunState.DONE, report.counts, " ".join(unreachable), report)
        except SolmuError as error:
            self._finish(run, RunState.FAILED, RunCounts(), str(error))
            raise
        except Exception:
            _log.exception("indexing run %s failed", run.id)
            self._finish(run, RunState.FAILED, RunCounts(), UNEXPECTED)
            raise
        return report

    @contextmanager
    def _beating(self, run: IndexRun) -> Iterator[None]:
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT_EVERY.total_seconds()):
                try:
                    with self._uow() as work:
                        work.runs.beat(run.id, self._worker, self._clock())
                        if self._stays:
                            work.care.indexer_seen(self._worker, self._clock())
                        work.commit()
                except Exception:  # noqa: BLE001 - the run goes on, and its next sign may get through
                    _log.exception("no sign of life can be given for indexing run %s", run.id)

        thread = threading.Thread(target=beat, name="run-beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _teller(self, run: IndexRun, also: Tell) -> Tell:
        last: tuple[str, datetime] = ("", self._clock())

        def tell(phase: str, done: int, total: int) -> None:
            nonlocal last
            also(phase, done, total)
            now = self._clock()
            if phase != last[0] or now - last[1] >= TOLD_EVERY:
                last = (phase, now)
                with self._uow() as work:
                    work.runs.progress(run.id, phase, done, total, now)
                    work.commit()

        return tell

    def _finish(
        self, run: IndexRun, state: RunState, counts: RunCounts, message: str, report: Report | None = None
    ) -> None:
        with self._uow() as work:
            if not work.runs.beat(run.id, self._worker, self._clock()):
                _log.warning("indexing run %s was taken over by another indexer, which ends it", run.id)
                return
            told = run_report(report, work, self._clock()) if report else RunReport()
            if run.task is RunTask.SYNC and report:
                # In the transaction that ends the run: told neither twice nor never.
                told = replace(told, cited=tuple(work.ratings.take_changed()))
                note_care(report, work, self._clock())
            work.runs.finish(run.id, state, counts, message, self._clock(), told)
            work.commit()
