"""Reindexing asked for in Slack: queued for the indexer, its progress shown live in one direct message."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.blocks.runs import run_message
from bot.blocks.sources import indexer_text
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from knowledge.administering.sources import EVERYTHING
from knowledge.model import Act, ActOutcome, AuditEntry, IndexRun, Language, RunState, RunTask, member_id
from knowledge.ports import Clock, UnitOfWorkFactory

FIRST_PAUSE = 1.5
LONGEST_PAUSE = 5.0
GROWTH = 1.05
"""Seconds between two looks at the run, and by how much they grow: within what Slack lets a bot update."""
NOBODY_AFTER = timedelta(seconds=15)
"""After which a run that nobody took up is said to wait for an indexer."""
LONGEST = timedelta(hours=6)
_OVER = {RunState.DONE, RunState.FAILED}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReindexRequest:
    """Who asked; `id` is the same for every delivery of the command. `language` is that of the messages.

    `asked_at` is a time in seconds, before which nothing was posted about it; `team` the asker's workspace. `source` is
    empty for all sources.
    """

    id: str
    user: str
    language: str
    asked_at: float
    team: str = ""
    task: str = RunTask.SYNC.value
    source: str = ""

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)


class Reindexing:
    """Asks for runs and tells how they go. `pause` waits so many seconds, or raises to leave the work for later."""

    def __init__(
        self, uow: UnitOfWorkFactory, delivery: Delivery, team: str, clock: Clock, pause: Callable[[float], None]
    ) -> None:
        self._uow = uow
        self._team = team
        self._delivery = delivery
        self._clock = clock
        self._pause = pause

    def request(self, request: ReindexRequest) -> str:
        """Queue a run; returns its id, or that of the run which waits already."""
        run_id = hashlib.sha256(request.id.encode()).hexdigest()[:16]
        with self._uow() as work:
            run = work.runs.request(run_id, request.user, self._clock(), RunTask(request.task), request.source)
            by, subject = member_id(self._team, request.user), f"{request.task}:{request.source or EVERYTHING}"
            work.audit.add(AuditEntry(self._clock(), by, Act.REINDEX, subject, ActOutcome.ASKED))
            work.commit()
        return run.id

    def follow(self, run_id: str, request: ReindexRequest, *, doubtful: bool) -> None:
        """Keep one message up to date until the run is over. `doubtful` says that it may be posted already."""
        run = self._get(run_id)
        language = Language(request.language)
        mark = f"run:{run_id}:{request.user}"
        try:
            place = replace(self._delivery.open_direct(request.user), since=f"{request.asked_at:.6f}")
            ts = self._delivery.post(place, run_message(run, language), mark, doubtful=doubtful)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("the progress of run %s cannot be shown (%s)", run_id, error)
            return
        self._keep_up(run, language, place, ts)

    def _keep_up(self, run: IndexRun, language: Language, place: Place, ts: str) -> None:
        shown: Outgoing | None = None
        started, pause = self._clock(), FIRST_PAUSE
        while (waited := self._clock() - started) < LONGEST:
            nobody_took_it = run.state is RunState.QUEUED and waited > NOBODY_AFTER
            away = indexer_text(self._indexer_seen(), self._clock(), language) if nobody_took_it else ""
            message = run_message(run, language, nobody_took_it=nobody_took_it, away=away)
            if message != shown and self._show(place, ts, message):
                shown = message
            if run.state in _OVER and message == shown:
                return
            self._pause(pause)
            pause = min(pause * GROWTH, LONGEST_PAUSE)
            run = self._get(run.id)

    def _show(self, place: Place, ts: str, message: Outgoing) -> bool:
        """Whether the message is shown, or never can be; what Slack missed just now is tried at the next look."""
        try:
            self._delivery.update(place, ts, message)
        except SlackUnavailableError:
            return False
        except UndeliverableError as error:
            _log.warning("the progress of a run can no longer be shown (%s)", error)
        return True

    def _indexer_seen(self) -> datetime | None:
        with self._uow.reading() as work:
            return work.care.last_seen()

    def _get(self, run_id: str) -> IndexRun:
        with self._uow.reading() as work:
            return work.runs.get(run_id)
