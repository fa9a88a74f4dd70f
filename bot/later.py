"""Trying again later what Slack was not there for: durable, and without keeping a thread meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

from bot.metrics import RETRIES

LATER = "later"
"""The queue of what waits for Slack to come back."""
LATER_AT_ONCE = 2
FOLLOWING = "following"
"""The queue of looks at how indexing runs go: however many are followed, others get their answers."""
FOLLOWED_AT_ONCE = 4
PATIENCE = (2, 5, 15, 60, 300, 600, 900)
"""Seconds between tries while Slack is not available."""
Workflow = Callable[[dict[str, Any], str, int], Any]


def register() -> None:
    """Make the queues known; after the launch, before anything is put into them."""
    DBOS.register_queue(LATER, worker_concurrency=LATER_AT_ONCE)
    DBOS.register_queue(FOLLOWING, worker_concurrency=FOLLOWED_AT_ONCE)


def try_then(
    workflow: Workflow, name: str, plain: dict[str, Any], begun_in: str, number: int, *, seconds: float
) -> None:
    """Begin a workflow called `name` when its turn has come; its tries are counted on from `number`."""
    with SetWorkflowID(f"{name}#turn"), SetEnqueueOptions(delay_seconds=seconds):
        DBOS.enqueue_workflow(LATER, workflow, plain, begun_in, number)


def try_later(workflow: Workflow, name: str, plain: dict[str, Any], begun_in: str, number: int) -> bool:
    """Put try `number` + 1 of a workflow called `name` into the queue; false after the last."""
    if number == len(PATIENCE):
        return False
    RETRIES.labels("later").inc()
    with SetWorkflowID(f"{name}#{number + 1}"), SetEnqueueOptions(delay_seconds=PATIENCE[number]):
        DBOS.enqueue_workflow(LATER, workflow, plain, begun_in, number + 1)
    return True
