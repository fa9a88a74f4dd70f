"""Durable work: every question and command is written down before it is acknowledged, and survives a kill."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy.exc import DBAPIError

from bot.asking import Asking, Outcome
from bot.questions import Question
from bot.reindexing import Reindexing, ReindexRequest
from knowledge.errors import StoreError
from knowledge.settings import Settings

APPLICATION_VERSION = "1"
"""Fixed, so that a new release resumes what an older one left; raised when the workflows' steps change."""
DATABASE = "dbos.sqlite"
OTHER_THREADS = 4
"""Beside those that answer: following reindexing runs, and the library's own work."""
PATIENCE = (2, 5, 15, 60, 300, 600, 900)
"""Seconds between tries while Slack is not available."""
_log = logging.getLogger(__name__)


class Durable:
    """The workflows of one bot process. `start` before anything is taken in."""

    def __init__(self, settings: Settings, asking: Asking, reindexing: Reindexing) -> None:
        # What was begun by an earlier life of this process may have been posted already.
        self._life = secrets.token_hex(8)
        self._settings = settings
        DBOS(config=_config(settings))
        self._question = _question_workflow(asking, self._life)
        self._reindex = _reindex_workflow(reindexing, self._life)

    def start(self) -> None:
        """Open the database and take up what an earlier life left unfinished; raises StoreError."""
        try:
            DBOS.launch()
        except DBAPIError as error:
            message = f"The database of unfinished work cannot be opened ({error.orig}); check SOLMU_DATA_DIR."
            raise StoreError(message) from error

    def take_in(self, question: Question) -> None:
        """Write the question down and begin to answer it; a second time with the same id changes nothing."""
        with SetWorkflowID(question.id):
            DBOS.start_workflow(self._question, question.as_plain(), self._life)

    def take_in_reindex(self, request: ReindexRequest) -> None:
        """Write down that an admin asked for a reindexing, and begin."""
        with SetWorkflowID(request.id):
            DBOS.start_workflow(self._reindex, request.as_plain(), self._life)

    def stop(self, seconds: int) -> None:
        """Let what is being answered end, for this long at most; what is left is taken up by the next life."""
        DBOS.destroy(workflow_completion_timeout_sec=seconds)


def _config(settings: Settings) -> DBOSConfig:
    return {
        "name": "solmu",
        "system_database_url": settings.database_url
        if settings.database_url.startswith("postgres")
        else f"sqlite:///{settings.data_dir.absolute() / DATABASE}",
        "application_version": APPLICATION_VERSION,
        "executor_id": settings.process_name,
        "max_executor_threads": settings.answer_workers + OTHER_THREADS,
        "log_level": "WARNING",
        "enable_otlp": False,
    }


def _question_workflow(asking: Asking, life: str) -> Callable[[dict[str, Any], str], str]:
    @DBOS.step(name="answer")
    def answer(question: dict[str, Any], doubtful: bool) -> str:  # noqa: FBT001 - steps take plain values
        return asking.answer(Question(**question), doubtful=doubtful).value

    @DBOS.workflow(name="question")
    def question_workflow(question: dict[str, Any], begun_in: str) -> str:
        outcome = answer(question, begun_in != life)
        for seconds in PATIENCE:
            if outcome != Outcome.UNAVAILABLE:
                return outcome
            DBOS.sleep(seconds)
            outcome = answer(question, True)  # noqa: FBT003 - as above
        return outcome

    return question_workflow


def _reindex_workflow(reindexing: Reindexing, life: str) -> Callable[[dict[str, Any], str], str]:
    @DBOS.step(name="follow")
    def follow(request: dict[str, Any], doubtful: bool) -> str:  # noqa: FBT001 - steps take plain values
        return reindexing.follow(ReindexRequest(**request), doubtful=doubtful)

    @DBOS.workflow(name="reindex")
    def reindex_workflow(request: dict[str, Any], begun_in: str) -> str:
        return follow(request, begun_in != life)

    return reindex_workflow
