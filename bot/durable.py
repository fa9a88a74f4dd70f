"""Durable work: every question and command is written down before it is acknowledged, and survives a kill."""

from __future__ import annotations

import math
import secrets
import threading
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowStatus, WorkflowStatusString, error
from sqlalchemy.exc import DBAPIError

from bot.handling import Handlers
from bot.introducing import Introducing
from bot.introduction_changes import Changes
from bot.introduction_work import AT_ONCE, TOLD_AT_ONCE, IntroductionWork
from bot.later import FOLLOWED_AT_ONCE, LATER_AT_ONCE, register
from bot.questions import Question
from bot.reindexing import ReindexRequest
from bot.remembered import is_about_any, wanted_at, whose
from bot.scouting import Settler
from bot.welcoming import Newcomer
from bot.workflows import once_workflow_of, question_workflow_of, reindex_workflow_of
from knowledge.adapters.erasure_ledger import FileLedger, hashed
from knowledge.errors import StoreError
from knowledge.ports import Clock
from knowledge.settings import Settings

APPLICATION_VERSION = "1"
"""Fixed, so that a new release resumes what an older one left; raised when the workflows' steps change."""
DATABASE = "dbos.sqlite"
REINDEXED_AT_ONCE = 2
"""Asking for runs is soon done; how they go is shown through a queue."""
WELCOMES_AT_ONCE = 2
"""However many come together, they do not keep others from their answers."""
REMEMBERED = timedelta(hours=6)
"""How long finished work is kept, to know what comes again; Slack's own retries end within an hour or so."""
FORGOTTEN_AT_ONCE = 500
UNFINISHED = {"ENQUEUED": "waiting", "PENDING": "begun", "DELAYED": "later"}
MOST_COUNTED = 10_000
BEGUN = WorkflowStatusString.PENDING.value
WAITING = [status.value for status in (WorkflowStatusString.ENQUEUED, WorkflowStatusString.DELAYED)]
FOR_ONE_PERSON = ["question", "welcome", "show what is near", "follow on"]
"""Workflows that answer or show something to whoever they were begun for; others may have somebody else to tell."""
CANCELLED = WorkflowStatusString.CANCELLED.value
OVER = [
    WorkflowStatusString.SUCCESS.value,
    WorkflowStatusString.ERROR.value,
    CANCELLED,
    WorkflowStatusString.MAX_RECOVERY_ATTEMPTS_EXCEEDED.value,
]
"""States that nothing goes on from by itself."""


class Durable:
    """The workflows of one bot process, which may have one of these only. `start` before anything is taken in."""

    def __init__(
        self,
        settings: Settings,
        handlers: Handlers,
        introductions: tuple[Changes, Introducing],
        clock: Clock,
    ) -> None:
        # What was begun by an earlier life of this process may have been posted already.
        self._life = secrets.token_hex(8)
        self._clock = clock
        self._ledger = FileLedger(settings.ledger)
        DBOS(config=_config(settings))
        self._question = question_workflow_of(
            handlers.answers, self._life, threading.BoundedSemaphore(settings.answer_workers)
        )
        self._reindex = reindex_workflow_of(handlers.reindexes)
        self._welcome = once_workflow_of(
            ("greet", "welcome"),
            lambda plain: Newcomer(**plain).id,
            lambda plain, doubtful: handlers.greets.greet(Newcomer(**plain), doubtful=doubtful),
            self._life,
        )
        self._show_near = once_workflow_of(
            ("show what is near", "show what is near"),
            lambda plain: Settler(**plain).id,
            lambda plain, doubtful: handlers.shows.show(Settler(**plain), doubtful=doubtful),
            self._life,
        )
        self.introductions = IntroductionWork(*introductions, self._life)

    def start(self) -> None:
        """Open the database and take up what an earlier life left unfinished; raises StoreError."""
        try:
            DBOS.launch()
            register()
            self.introductions.register()
        except (DBAPIError, error.DBOSException) as problem:
            reason = problem.orig if isinstance(problem, DBAPIError) else problem
            message = f"The database of unfinished work cannot be opened ({reason}); check SOLMU_DATA_DIR."
            raise StoreError(message) from problem

    def take_in(self, question: Question) -> None:
        """Write the question down and begin to answer it; a second time with the same id changes nothing."""
        with SetWorkflowID(question.id):
            DBOS.start_workflow(self._question, question.as_plain(), self._life, 0)

    def take_in_reindex(self, request: ReindexRequest) -> None:
        """Write down that an admin asked for a reindexing, and begin."""
        with SetWorkflowID(request.id):
            DBOS.start_workflow(self._reindex, request.as_plain(), self._life)

    def take_in_newcomer(self, newcomer: Newcomer) -> None:
        """Write down that somebody came, and begin to welcome them."""
        with SetWorkflowID(newcomer.id):
            DBOS.start_workflow(self._welcome, newcomer.as_plain(), self._life, 0)

    def take_in_settler(self, settler: Settler) -> None:
        """Write down that somebody saved a profile, and begin to show them what is near."""
        with SetWorkflowID(settler.id):
            DBOS.start_workflow(self._show_near, settler.as_plain(), self._life, 0)

    def forget(self) -> None:
        """Delete what ended long ago."""
        before = (self._clock() - REMEMBERED).isoformat()
        while ended := DBOS.list_workflows(
            status=OVER, end_time=before, limit=FORGOTTEN_AT_ONCE, load_input=False, load_output=False
        ):
            DBOS.delete_workflows([each.workflow_id for each in ended])
        # Also for those whom somebody erased from the shell.
        self.forget_erased()

    def forget_erased(self) -> None:
        """Delete finished work that was begun by, or is about, somebody who has been erased since.

        What they still waited for is not done any more: it would be stored again.
        """
        self._give_up_for_erased()
        erased = self._ledger.since(self._clock() - REMEMBERED)
        if not erased:
            return
        ended = DBOS.list_workflows(status=OVER, load_input=True, load_output=False)
        about = [each for each in ended if is_about_any((each.workflow_id, each.input), erased)]
        # What began after the erasure stays: Slack may bring it again, and it must be known then.
        gone = [each.workflow_id for each in about if self._is_before_erasure(each)]
        if gone:
            DBOS.delete_workflows(gone)

    def _is_before_erasure(self, ended: WorkflowStatus) -> bool:
        since = self._ledger.since(datetime.fromtimestamp((ended.created_at or 0) / 1000, UTC))
        return is_about_any((ended.workflow_id, ended.input), since)

    def _give_up_for_erased(self) -> None:
        # Cancelled is what an earlier life gave up and could not delete any more.
        states = [*WAITING, CANCELLED]
        waiting = DBOS.list_workflows(status=states, name=FOR_ONE_PERSON, load_input=True, load_output=False)
        given_up = []
        for each in waiting:
            plain = each.input["args"][0] if each.input else {}
            # Whoever came back after having been erased gets what they want now.
            if hashed(whose(plain)) in self._ledger.since(wanted_at(plain, each.created_at or 0)):
                given_up.append(each.workflow_id)
        if given_up:
            DBOS.cancel_workflows(given_up)
            DBOS.delete_workflows(given_up)

    def unfinished(self) -> Mapping[str, int]:
        """How much work waits, is being done, or waits for its time."""
        found = DBOS.list_workflows(status=list(UNFINISHED), load_input=False, load_output=False, limit=MOST_COUNTED)
        counts = Counter(str(workflow.status) for workflow in found)
        return {name: counts[state] for state, name in UNFINISHED.items()}

    def owners(self) -> Collection[str]:
        """The names of the processes that began what has not ended."""
        begun = DBOS.list_workflows(status=BEGUN, load_input=False, load_output=False)
        return {workflow.executor_id for workflow in begun if workflow.executor_id}

    def take_over(self, owner: str) -> None:
        """Have what a process began that is gone gone on with, here or wherever there is room."""
        # As at a start with the work of an earlier life: what another took over meanwhile is left alone.
        DBOS._recover_pending_workflows([owner])  # noqa: SLF001 - else a server of its own would have to be asked

    def stop(self, seconds: float) -> bool:
        """Let what is being answered end, for this long at most; tells whether all did.

        What did not is in the database, and is taken up by the next life.
        """
        DBOS.destroy(workflow_completion_timeout_sec=math.ceil(seconds))
        workers = [thread for thread in threading.enumerate() if thread.name.startswith("dbos-executor-")]
        for worker in workers:
            worker.join(timeout=0.2)
        return not any(worker.is_alive() for worker in workers)


def _config(settings: Settings) -> DBOSConfig:
    in_sql_server = settings.database_url.startswith("postgres")
    sqlite = f"sqlite:///{settings.data_dir.absolute() / DATABASE}"
    return {
        "name": "solmu",
        "system_database_url": settings.database_url if in_sql_server else sqlite,
        "application_version": APPLICATION_VERSION,
        "executor_id": settings.process_name,
        "max_executor_threads": _threads(settings),
        "log_level": "ERROR",
        "enable_otlp": False,
        # Its errors would show what people asked.
        "db_engine_kwargs": {"hide_parameters": True},
    }


def _threads(settings: Settings) -> int:
    told = LATER_AT_ONCE + WELCOMES_AT_ONCE + AT_ONCE + TOLD_AT_ONCE
    return settings.answer_workers + told + REINDEXED_AT_ONCE + FOLLOWED_AT_ONCE
