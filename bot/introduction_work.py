"""The durable workflows of introductions: a deed is done once, then everybody concerned is told, kill or no kill."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

from bot.introducing import Introducing
from bot.introduction_changes import Changes
from bot.introduction_notes import BY_TIME, LATER_DEEDS, Change, Deed, Notice
from bot.later import LATER, PATIENCE, try_later

QUEUE = "introductions"
"""What time brings, to hundreds of people at once: one after the other, so that nobody who asks waits for it."""
TOLD_AT_ONCE = 1
AT_ONCE = 4
"""Deeds that are done, and told, at once, beside the queue."""
HOUR = 3600
HOURS = 48
"""For how long something is tried every hour, after it was tried more often in vain."""
_log = logging.getLogger(__name__)
Plain = dict[str, Any]


class IntroductionWork:
    """Takes in deeds about introductions. Made before the launch, by a process that lives `life`."""

    def __init__(self, changes: Changes, introducing: Introducing, life: str) -> None:
        self._life = life
        self._deed, self._later_deed = _deed_workflows(changes, _tell_workflow(introducing, life))

    def register(self) -> None:
        """Make the queue known; after the launch."""
        DBOS.register_queue(QUEUE, worker_concurrency=TOLD_AT_ONCE)

    def take_in(self, change: Change) -> None:
        """Write the deed down and begin; a second time with the same id changes nothing."""
        with SetWorkflowID(change.id):
            if change.deed in BY_TIME:
                DBOS.enqueue_workflow(QUEUE, self._workflow(change), change.as_plain(), self._life)
            else:
                DBOS.start_workflow(self._workflow(change), change.as_plain(), self._life)

    def carry_out(self, change: Change) -> None:
        """Write the deed down; returns once it is done, while others are still being told."""
        with SetWorkflowID(change.id):
            DBOS.start_workflow(self._workflow(change), change.as_plain(), self._life).get_result()

    def _workflow(self, change: Change) -> Callable[[Plain, str], None]:
        return self._later_deed if change.deed in LATER_DEEDS else self._deed


def _tell_workflow(introducing: Introducing, life: str) -> Callable[[Plain, str, int], bool]:
    @DBOS.step(name="tell about an introduction")
    def tell(notice: Plain, doubtful: bool) -> bool:  # noqa: FBT001 - steps take plain values
        return introducing.tell(Notice(**notice), doubtful=doubtful)

    @DBOS.workflow(name="tell about an introduction")
    def tell_workflow(notice: Plain, begun_in: str, number: int) -> bool:
        is_told = tell(notice, number > 0 or begun_in != life)
        if not is_told and not _try_again(tell_workflow, notice, begun_in, number):
            _log.error("%s is given up: it could not be told for too long", notice["id"])
        return is_told

    return tell_workflow


def _try_again(workflow: Callable[[Plain, str, int], bool], notice: Plain, begun_in: str, number: int) -> bool:
    """Soon at first, then every hour: what is to be told of an introduction is worth waiting for."""
    if number < len(PATIENCE):
        return try_later(workflow, notice["id"], notice, begun_in, number)
    if number == len(PATIENCE) + HOURS:
        return False
    with SetWorkflowID(f"{notice['id']}#{number + 1}"), SetEnqueueOptions(delay_seconds=HOUR):
        DBOS.enqueue_workflow(LATER, workflow, notice, begun_in, number + 1)
    return True


def _deed_workflows(
    changes: Changes, tell_workflow: Callable[[Plain, str, int], bool]
) -> tuple[Callable[[Plain, str], None], Callable[[Plain, str], None]]:
    """Alike but for their names: that of the first deeds, and that of those which came later."""

    @DBOS.step(name="change introductions")
    def do(change: Plain) -> list[Plain]:
        return [notice.as_plain() for notice in changes.do(Change(**change))]

    @DBOS.step(name="erase a member")
    def erase(change: Plain) -> None:
        changes.erase(Change(**change))

    def carry_out(change: Plain, begun_in: str) -> None:
        notices = do(change)
        if change["deed"] == Deed.LEAVE:
            erase(change)
        for notice in notices:
            with SetWorkflowID(notice["id"]):
                if change["deed"] in BY_TIME:
                    DBOS.enqueue_workflow(QUEUE, tell_workflow, notice, begun_in, 0)
                else:
                    DBOS.start_workflow(tell_workflow, notice, begun_in, 0)

    @DBOS.workflow(name="change introductions")
    def deed_workflow(change: Plain, begun_in: str) -> None:
        carry_out(change, begun_in)

    @DBOS.workflow(name="change introductions further")
    def later_deed_workflow(change: Plain, begun_in: str) -> None:
        carry_out(change, begun_in)

    return deed_workflow, later_deed_workflow
