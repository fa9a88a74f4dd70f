"""The workflows of durable work: what is done step by step, and gone on with after a kill.

`life` names the process's present life: what was begun in an earlier one may have been posted already.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

from bot.asking import Outcome
from bot.handling import Answers, Reindexes
from bot.later import FOLLOWING, try_later, try_then
from bot.metrics import ANSWER_SECONDS
from bot.questions import Question
from bot.reindexing import ReindexRequest, Shown
from knowledge.references import reference_of, referring

_log = logging.getLogger(__name__)
Plain = dict[str, Any]


def question_workflow_of(
    asking: Answers, life: str, slots: threading.BoundedSemaphore
) -> Callable[[Plain, str, int], str]:
    """Answer one question, or try later; `slots` are how many are answered at once."""

    @DBOS.step(name="answer")
    def answer(question: Plain, doubtful: bool) -> str:  # noqa: FBT001 - steps take plain values
        with slots, referring(reference_of(question["id"])), ANSWER_SECONDS.time():
            return asking.answer(Question(**question), doubtful=doubtful).value

    @DBOS.step(name="wait")
    def wait(question: Plain) -> Plain:
        seconds, later = asking.later(Question(**question))
        return {"seconds": seconds, "question": later.as_plain()}

    @DBOS.workflow(name="question")
    def question_workflow(question: Plain, begun_in: str, number: int) -> str:
        outcome = answer(question, number > 0 or begun_in != life)
        if outcome == Outcome.WAITING:
            waiting = wait(question)
            try_then(
                question_workflow, question["id"], waiting["question"], begun_in, number, seconds=waiting["seconds"]
            )
        if outcome != Outcome.UNAVAILABLE:
            return outcome
        # Not slept through here: that would keep a thread from those who ask meanwhile.
        if not try_later(question_workflow, question["id"], question, begun_in, number):
            _log.error("question %s is given up: it could not be answered for too long", question["id"])
        return outcome

    return question_workflow


def reindex_workflow_of(reindexing: Reindexes) -> Callable[[Plain, str], str]:
    """Ask for a run, and show whoever wants it how it goes: a look at a time, so that none keeps a thread meanwhile."""

    @DBOS.step(name="request")
    def request_run(request: Plain) -> str:
        return reindexing.request(ReindexRequest(**request))

    # An earlier release followed a run to its end in this step, whose result was nothing.
    @DBOS.step(name="follow")
    def look(run: str, request: Plain) -> Plain | None:
        return _look(reindexing, run, request, {})

    @DBOS.step(name="follow on")
    def look_again(run: str, request: Plain, shown: Plain) -> Plain | None:
        return _look(reindexing, run, request, shown)

    # A workflow of its own: a process of an earlier release cannot take it for the first look.
    @DBOS.workflow(name="follow on")
    def follow_on_workflow(request: Plain, run: str, shown: Plain) -> None:
        go_on(request, run, look_again(run, request, shown))

    @DBOS.workflow(name="follow")
    def follow_workflow(run: str, request: Plain, _begun_in: str) -> None:
        go_on(request, run, look(run, request))

    def go_on(request: Plain, run: str, shown: Plain | None) -> None:
        if shown is None:
            return
        name, seconds = f"follow:{run}:{request['user']}#{shown['looks']}", Shown(**shown).pause
        with SetWorkflowID(name), SetEnqueueOptions(delay_seconds=seconds):
            DBOS.enqueue_workflow(FOLLOWING, follow_on_workflow, request, run, shown)

    @DBOS.workflow(name="reindex")
    def reindex_workflow(request: Plain, begun_in: str) -> str:
        run = request_run(request)
        # Asked twice while one run waits, a person sees its progress once.
        with SetWorkflowID(f"follow:{run}:{request['user']}"):
            DBOS.enqueue_workflow(FOLLOWING, follow_workflow, run, request, begun_in)
        return run

    return reindex_workflow


def _look(reindexing: Reindexes, run: str, request: Plain, shown: Plain) -> Plain | None:
    by_now = reindexing.follow(run, ReindexRequest(**request), Shown(**shown))
    return None if by_now is None else by_now.as_plain()


def once_workflow_of(
    names: tuple[str, str], name_of: Callable[[Plain], str], tell: Callable[[Plain, bool], bool], life: str
) -> Callable[[Plain, str, int], bool]:
    """Tell one person something once; `names` are those of the step and of the workflow."""

    @DBOS.step(name=names[0])
    def say(about: Plain, doubtful: bool) -> bool:  # noqa: FBT001 - steps take plain values
        return tell(about, doubtful)

    @DBOS.workflow(name=names[1])
    def once_workflow(about: Plain, begun_in: str, number: int) -> bool:
        is_done = say(about, number > 0 or begun_in != life)
        if not is_done and not try_later(once_workflow, name_of(about), about, begun_in, number):
            _log.error("%s is given up: it could not be told for too long", names[1])
        return is_done

    return once_workflow
