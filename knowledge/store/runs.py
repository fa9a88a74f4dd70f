"""Indexing runs in SQL: a queue, claimed atomically, with progress as heartbeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import case, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import IndexRun, RunCounts, RunReport, RunState, RunTask
from knowledge.store.tables import RunRow

QUEUED_PHASE = "queued"
_PLAIN = TypeAdapter(RunReport)
LEFT = "The indexer stopped in the middle; what it had finished was kept."


class SqlRuns:
    """See `knowledge.ports.RunRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def request(
        self, run_id: str, requested_by: str, now: datetime, task: RunTask = RunTask.SYNC, source: str = ""
    ) -> IndexRun:
        """Queue a run; returns the one for the same that already waits instead of a second."""
        known = self._session.get(RunRow, run_id)
        if known is not None:
            return _run(known)
        try:
            with self._session.begin_nested():
                what = {"task": task.value, "source": source}
                self._insert(run_id, requested_by, now, state=RunState.QUEUED.value, worker="", heartbeat=None, **what)
        except IntegrityError:
            same = (RunRow.task == task.value) & (RunRow.source == source)
            waiting = select(RunRow).where(RunRow.state == RunState.QUEUED.value, same)
            return _run(self._session.scalars(waiting).one())
        return self.get(run_id)

    def begin(self, run_id: str, requested_by: str, worker: str, now: datetime) -> IndexRun:
        """A run that its asker does itself; runs that this worker left unfinished count as failed."""
        running = RunRow.state == RunState.RUNNING.value
        self._session.execute(
            update(RunRow).where(running, RunRow.worker == worker).values(state=RunState.FAILED.value, message=LEFT)
        )
        self._insert(run_id, requested_by, now, state=RunState.RUNNING.value, worker=worker, heartbeat=now)
        return self.get(run_id)

    def claim(self, worker: str, now: datetime, stale_before: datetime) -> IndexRun | None:
        """Take the oldest queued run, or one whose worker fell silent or was an earlier life of this one."""
        silent = or_(RunRow.heartbeat < stale_before, RunRow.worker == worker)
        stale = (RunRow.state == RunState.RUNNING.value) & silent
        free = or_(RunRow.state == RunState.QUEUED.value, stale)
        first = select(RunRow.id).where(free).order_by(case((stale, 0), else_=1), RunRow.requested_at).limit(1)
        # The condition stands in the UPDATE too: of two workers that saw the same run only one still finds it free.
        taken = self._session.execute(
            update(RunRow)
            .where(RunRow.id == first.scalar_subquery(), free)
            .values(state=RunState.RUNNING.value, worker=worker, heartbeat=now)
            .returning(RunRow.id)
        ).scalar_one_or_none()
        return None if taken is None else self.get(taken)

    def beat(self, run_id: str, worker: str, now: datetime) -> bool:
        """A sign of life; false where the run is over, or another worker's by now."""
        is_own = RunRow.id == run_id, RunRow.worker == worker, RunRow.state == RunState.RUNNING.value
        beaten = update(RunRow).where(*is_own).values(heartbeat=now).returning(RunRow.id)
        return self._session.execute(beaten).scalar_one_or_none() is not None

    def progress(self, run_id: str, phase: str, done: int, total: int, now: datetime) -> None:
        """Say how far the run is; also its sign of life."""
        self._session.execute(
            update(RunRow).where(RunRow.id == run_id).values(phase=phase, done=done, total=total, heartbeat=now)
        )

    def finish(
        self,
        run_id: str,
        state: RunState,
        counts: RunCounts,
        message: str,
        now: datetime,
        report: RunReport = RunReport(),  # noqa: B008 - frozen
    ) -> None:
        """End the run with what it did, and a sentence where it failed."""
        plain = _PLAIN.dump_python(report, mode="json")
        self._session.execute(
            update(RunRow)
            .where(RunRow.id == run_id)
            .values(state=state.value, counts=asdict(counts), message=message, heartbeat=now, report=plain)
        )

    def _insert(self, run_id: str, requested_by: str, now: datetime, **how: object) -> None:
        started = {"phase": QUEUED_PHASE, "done": 0, "total": 0, "counts": {}, "message": "", "report": {}}
        started |= {"task": RunTask.SYNC.value, "source": ""}
        row = {"id": run_id, "requested_by": requested_by, "requested_at": now}
        self._session.execute(insert(RunRow).values(row | started | how))

    def get(self, run_id: str) -> IndexRun:
        """The run; raises NotFoundError."""
        row = self._session.get(RunRow, run_id, populate_existing=True)
        if row is None:
            message = f"There is no indexing run {run_id}."
            raise NotFoundError(message)
        return _run(row)

    def latest(self) -> IndexRun | None:
        """The run asked for last."""
        row = self._session.scalars(select(RunRow).order_by(RunRow.requested_at.desc()).limit(1)).one_or_none()
        return None if row is None else _run(row)

    def done_since(self, since: datetime) -> Sequence[IndexRun]:
        """Those that ended well and were asked for since then, the oldest first."""
        done = select(RunRow).where(RunRow.state == RunState.DONE.value, RunRow.requested_at >= since)
        return [_run(row) for row in self._session.scalars(done.order_by(RunRow.requested_at))]


def _run(row: RunRow) -> IndexRun:
    return IndexRun(
        row.id,
        RunState(row.state),
        row.requested_by,
        row.requested_at,
        row.phase,
        row.done,
        row.total,
        RunCounts(**row.counts),
        row.message,
        RunTask(row.task),
        row.source,
        _PLAIN.validate_python(row.report),
    )
