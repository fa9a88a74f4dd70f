"""Indexing runs in SQL: a queue of one, claimed atomically, with progress as heartbeat."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import case, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import IndexRun, RunCounts, RunState
from knowledge.store.tables import RunRow

QUEUED_PHASE = "queued"
LEFT = "The indexer stopped in the middle; what it had finished was kept."


class SqlRuns:
    """See `knowledge.ports.RunRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def request(self, run_id: str, requested_by: str, now: datetime) -> IndexRun:
        """Queue a run; returns the one that already waits instead of a second."""
        known = self._session.get(RunRow, run_id)
        if known is not None:
            return _run(known)
        try:
            with self._session.begin_nested():
                self._insert(run_id, requested_by, now, state=RunState.QUEUED.value, worker="", heartbeat=None)
        except IntegrityError:
            waiting = select(RunRow).where(RunRow.state == RunState.QUEUED.value)
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
    ) -> None:
        """End the run with what it did, and a sentence where it failed."""
        self._session.execute(
            update(RunRow)
            .where(RunRow.id == run_id)
            .values(state=state.value, counts=asdict(counts), message=message, heartbeat=now)
        )

    def _insert(self, run_id: str, requested_by: str, now: datetime, **how: object) -> None:
        started = {"phase": QUEUED_PHASE, "done": 0, "total": 0, "counts": {}, "message": ""}
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
    )
