"""Reindexing asked for in Slack: queued for the indexer, its progress shown live in one direct message."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.blocks.runs import run_message
from bot.blocks.sources import indexer_text
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from knowledge.administering.sources import EVERYTHING
from knowledge.model import Act, ActOutcome, AuditEntry, IndexRun, Language, RunState, RunTask, member_id
from knowledge.ports import Clock, UnitOfWorkFactory

FIRST_PAUSE = 1.5
LONGEST_PAUSE = 30.0
GROWTH = 1.05
"""Seconds between two looks at the run, and by how much they grow: within what Slack lets a bot update."""
NOBODY_AFTER = timedelta(seconds=15)
"""After which a run that waits is said to wait for an indexer, where none is there."""
LONGEST = timedelta(days=2)
"""Many runs may stand before it: as long as it waits for them its message must not be left behind."""
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in somebody's direct messages about a run after so many looks at it; `said` tells texts apart."""

    channel: str = ""
    ts: str = ""
    said: str = ""
    looks: int = 0

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        return min(FIRST_PAUSE * GROWTH**self.looks, LONGEST_PAUSE)

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)


NOTHING_SHOWN = Shown()


class Reindexing:
    """Asks for runs and tells how they go."""

    def __init__(self, uow: UnitOfWorkFactory, delivery: Delivery, team: str, clock: Clock) -> None:
        self._uow = uow
        self._team = team
        self._delivery = delivery
        self._clock = clock

    def request(self, request: ReindexRequest) -> str:
        """Queue a run; returns its id, or that of the run which waits already."""
        run_id = hashlib.sha256(request.id.encode()).hexdigest()[:16]
        with self._uow() as work:
            run = work.runs.request(run_id, request.user, self._clock(), RunTask(request.task), request.source)
            by, subject = member_id(self._team, request.user), f"{request.task}:{request.source or EVERYTHING}"
            work.audit.add(AuditEntry(self._clock(), by, Act.REINDEX, subject, ActOutcome.ASKED))
            work.commit()
        return run.id

    def follow(self, run_id: str, request: ReindexRequest, shown: Shown) -> Shown | None:
        """Look once, and bring the message up to date; returns what it shows now, or None where that is all.

        What Slack missed just now is tried at the next look.
        """
        run = self._get(run_id)
        try:
            shown = self._posted(run, request, shown)
            shown = self._updated(run, request, shown)
        except SlackUnavailableError:
            return self._next(request, shown)
        except UndeliverableError as error:
            _log.warning("the progress of run %s cannot be shown (%s)", run_id, error)
            return None
        return None if run.state in _OVER else self._next(request, shown)

    def _posted(self, run: IndexRun, request: ReindexRequest, shown: Shown) -> Shown:
        if shown.ts:
            return shown
        place = replace(self._delivery.open_direct(request.user), since=f"{request.asked_at:.6f}")
        message = run_message(run, Language(request.language))
        # Whichever process looks, another one may have posted it and been killed.
        ts = self._delivery.post(place, message, f"run:{run.id}:{request.user}", doubtful=True)
        return replace(shown, channel=place.channel, ts=ts)

    def _updated(self, run: IndexRun, request: ReindexRequest, shown: Shown) -> Shown:
        message = self._message(run, request)
        said = _digest(message)
        if said != shown.said:
            self._delivery.update(Place(shown.channel), shown.ts, message)
        return replace(shown, said=said)

    def _message(self, run: IndexRun, request: ReindexRequest) -> Outgoing:
        language, away = Language(request.language), ""
        if run.state is RunState.QUEUED and self._waited(request) > NOBODY_AFTER:
            away = indexer_text(self._indexer_seen(), self._clock(), language)
        # An indexer that is there is busy with what was asked for before.
        return run_message(run, language, nobody_took_it=bool(away), away=away)

    def _next(self, request: ReindexRequest, shown: Shown) -> Shown | None:
        return replace(shown, looks=shown.looks + 1) if self._waited(request) < LONGEST else None

    def _waited(self, request: ReindexRequest) -> timedelta:
        return self._clock() - datetime.fromtimestamp(request.asked_at, UTC)

    def _indexer_seen(self) -> datetime | None:
        with self._uow.reading() as work:
            return work.care.last_seen()

    def _get(self, run_id: str) -> IndexRun:
        with self._uow.reading() as work:
            return work.runs.get(run_id)


def _digest(message: Outgoing) -> str:
    """Tells messages apart without keeping their words where durable work is kept."""
    return hashlib.sha256(json.dumps([message.text, message.blocks]).encode()).hexdigest()[:16]
