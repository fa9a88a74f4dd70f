"""Runs that schedules ask for, and the sign of life by which admins see that an indexer is there to do them."""

from __future__ import annotations

import logging
import secrets
import time

from knowledge.administering.schedules import next_time
from knowledge.ports import Clock, UnitOfWorkFactory

EVERY = 15.0
"""Seconds between two looks at the schedules, and between two signs of life."""
BY_SCHEDULE = "schedule"
"""Who asked for such a run."""
_log = logging.getLogger(__name__)


class Scheduling:
    """One process's share: whoever sees first that a time has come asks for the run, and only that one."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, name: str) -> None:
        self._uow = uow
        self._clock = clock
        self._name = name
        self._again_at = 0.0

    def look(self) -> None:
        """Do what is due, unless that was looked at just now."""
        if time.monotonic() < self._again_at:
            return
        self._again_at = time.monotonic() + EVERY
        self.show_life()
        asked = self.request_due()
        if asked:
            _log.info("schedules asked for %s indexing runs", asked)

    def show_life(self) -> None:
        """Say that this indexer is there."""
        with self._uow() as work:
            work.care.indexer_seen(self._name, self._clock())
            work.commit()

    def request_due(self) -> int:
        """Ask for a run of each source whose time has come; what was missed meanwhile is read once."""
        now, asked = self._clock(), 0
        with self._uow.reading() as work:
            if not work.care.due(now):
                return 0
        with self._uow() as work:
            for care in work.care.due(now):
                if work.care.take_due(care, next_time(care.schedule, now)):
                    work.runs.request(secrets.token_hex(8), BY_SCHEDULE, now, source=care.source)
                    asked += 1
            work.commit()
        return asked
