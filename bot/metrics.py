"""What is counted and timed while the bot works, for Prometheus.

Labels are words of Solmu's and Slack's own, of which there are few. No id, name or text of anybody becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
QUESTIONS = Counter(
    "solmu_questions", "Questions answered, by how the answer turned out.", ["outcome"], registry=REGISTRY
)
ANSWER_SECONDS = Histogram(
    "solmu_answer_seconds",
    "Time from beginning to answer a question until its answer is posted.",
    buckets=(0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60),
    registry=REGISTRY,
)
ACK_SECONDS = Histogram(
    "solmu_ack_seconds",
    "Time until what Slack brought is acknowledged; Slack waits for three seconds.",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5),
    registry=REGISTRY,
)
SLACK_CALLS = Counter(
    "solmu_slack_calls", "Calls of Slack's Web API, by method and outcome.", ["method", "outcome"], registry=REGISTRY
)
RETRIES = Counter("solmu_retries", "What was done again, by the reason.", ["reason"], registry=REGISTRY)
LETTERS_GIVEN_UP = Counter("solmu_letters_given_up", "Private messages that could not be sent.", registry=REGISTRY)
FAILURES = Counter("solmu_failures", "Unexpected failures, each with its reference in the log.", registry=REGISTRY)

_METHOD = re.compile(r"[a-zA-Z.]{1,64}")
KINDS = {"event_callback": "event", "block_actions": "action", "view_submission": "view", "view_closed": "view"}


@contextmanager
def acknowledging(body: object) -> Iterator[None]:
    """Time how long it takes to acknowledge a payload."""
    told = body if isinstance(body, dict) else {}
    kind = "command" if "command" in told else KINDS.get(str(told.get("type", "")), "other")
    with ACK_SECONDS.labels(kind).time():
        yield


def count_call(method: str, outcome: str) -> None:
    """Count one call of the Web API."""
    SLACK_CALLS.labels(method if _METHOD.fullmatch(method) else "other", outcome).inc()
