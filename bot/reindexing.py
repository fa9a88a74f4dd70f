"""Reindexing asked for in Slack: queued for the indexer, its progress shown live in one direct message."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from bot.blocks.runs import run_message
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from knowledge.model import IndexRun, Language, RunState
from knowledge.ports import Clock, UnitOfWorkFactory

LOOK_EVERY = 1.5
"""Seconds between two looks at the run; within what Slack lets a bot update."""
NOBODY_AFTER = timedelta(seconds=15)
"""After which a run that nobody took up is said to wait for an indexer."""
LONGEST = timedelta(hours=6)
_OVER = {RunState.DONE, RunState.FAILED}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReindexRequest:
    """Who asked; `id` is the same for every delivery of the command. `language` is that of the messages."""

    id: str
    user: str
    language: str

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)


class Reindexing:
    """Asks for runs and tells how they go."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        delivery: Delivery,
        clock: Clock,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._uow = uow
        self._delivery = delivery
        self._clock = clock
        self._sleep = sleep

    def follow(self, request: ReindexRequest, *, doubtful: bool) -> str:
        """Queue a run, or join the one that waits, and keep one message up to date until it is over."""
        run = self._request(request)
        language = Language(request.language)
        try:
            place = self._delivery.open_direct(request.user)
            ts = self._delivery.post(place, run_message(run, language), request.id, doubtful=doubtful)
        except (SlackUnavailableError, UndeliverableError) as error:
            _log.warning("the progress of run %s cannot be shown (%s)", run.id, error)
            return run.id
        self._keep_up(run, language, place, ts)
        return run.id

    def _keep_up(self, run: IndexRun, language: Language, place: Place, ts: str) -> None:
        shown = run_message(run, language)
        asked_at = self._clock()
        while (waited := self._clock() - asked_at) < LONGEST:
            nobody_took_it = run.state is RunState.QUEUED and waited > NOBODY_AFTER
            message = run_message(run, language, nobody_took_it=nobody_took_it)
            if message != shown and self._show(place, ts, message):
                shown = message
            if run.state in _OVER and message == shown:
                return
            self._sleep(LOOK_EVERY)
            run = self._get(run)

    def _show(self, place: Place, ts: str, message: Outgoing) -> bool:
        """Whether the message is shown, or never can be; what Slack missed just now is tried at the next look."""
        try:
            self._delivery.update(place, ts, message)
        except SlackUnavailableError:
            return False
        except UndeliverableError as error:
            _log.warning("the progress of a run can no longer be shown (%s)", error)
        return True

    def _request(self, request: ReindexRequest) -> IndexRun:
        run_id = hashlib.sha256(request.id.encode()).hexdigest()[:16]
        with self._uow() as work:
            run = work.runs.request(run_id, request.user, self._clock())
            work.commit()
        return run

    def _get(self, run: IndexRun) -> IndexRun:
        with self._uow.reading() as work:
            return work.runs.get(run.id)
