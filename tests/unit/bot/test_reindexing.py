"""A reindexing that an admin asked for: one message that follows the run to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self, cast

import pytest

from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError
from bot.reindexing import NOTHING_SHOWN, Reindexing, ReindexRequest, Shown
from knowledge.model import IndexRun, RunCounts, RunState, RunTask
from knowledge.ports import UnitOfWorkFactory
from tests.fake_people import FakeAudit
from tests.fakes import NOON, SetClock

REQUEST = ReindexRequest("command:T1:9", "U1", "fi", NOON.timestamp())
QUEUED = IndexRun("r1", RunState.QUEUED, "U1", NOON, "", 0, 0)
READING = replace(QUEUED, state=RunState.RUNNING, phase="reading", done=1, total=4)
DONE = replace(QUEUED, state=RunState.DONE, counts=RunCounts(new=4))


class FakeRuns:
    """One run whose state changes at every look: its own unit of work and factory."""

    def __init__(self, *states: IndexRun) -> None:
        self.runs = self.care = self
        self.states = list(states)
        self.requested: list[str] = []
        self.audit = FakeAudit()
        self.seen = NOON - timedelta(hours=1)

    def __call__(self) -> Self:
        """Begin to write."""
        return self

    def reading(self) -> Self:
        """Begin to read."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is rolled back."""

    def commit(self) -> None:
        """Everything is kept already."""

    def request(self, run_id: str, _user: str, _now: object, task: RunTask, source: str) -> IndexRun:
        """The one run there is."""
        assert (task, source) == (RunTask.SYNC, "")
        self.requested.append(run_id)
        return self.states[0]

    def last_seen(self) -> datetime:
        """When an indexer last gave a sign of life."""
        return self.seen

    def get(self, _run_id: str) -> IndexRun:
        """The next state; the last one stays."""
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]


class FakeDelivery:
    """One direct message and what it said in turn; `failures` are raised by the next updates."""

    def __init__(self, *failures: Exception | None, closed: Exception | None = None) -> None:
        self.failures = list(failures)
        self.closed = closed
        self.said: list[str] = []
        self.posted: list[tuple[str, str, bool]] = []

    def open_direct(self, user: str) -> Place:
        """The direct messages, unless they are closed to the bot."""
        if self.closed:
            raise self.closed
        return Place(f"D-{user}")

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """The first words."""
        assert (place.channel, place.since) == ("D-U1", f"{REQUEST.asked_at:.6f}")
        self.posted.append((mark, message.text, doubtful))
        return "3.3"

    def update(self, _place: Place, ts: str, message: Outgoing) -> None:
        """The next words."""
        assert ts == "3.3"
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.said.append(message.text)


def _follow(runs: FakeRuns, delivery: FakeDelivery, *, step: float = 2.0) -> float:
    """Look at the run every `step` seconds, for as long as that is wanted; returns how long that took."""
    clock = SetClock()
    reindexing = Reindexing(cast(UnitOfWorkFactory, runs), cast(Delivery, delivery), "T1", clock)
    shown = reindexing.follow("r1", REQUEST, NOTHING_SHOWN)
    while shown is not None:
        clock.advance(seconds=step)
        shown = reindexing.follow("r1", REQUEST, Shown(**shown.as_plain()))
    return (clock.now - NOON).total_seconds()


def test_the_message_follows_the_run() -> None:
    """Each change once, to the end; it carries a mark by which another life finds it."""
    delivery = FakeDelivery()
    _follow(FakeRuns(QUEUED, READING, READING, DONE), delivery)
    assert delivery.posted == [("run:r1:U1", "Aineistojen päivitys odottaa vuoroaan.", True)]
    assert [text.split(".")[0] for text in delivery.said] == [
        "Aineistojen päivitys odottaa vuoroaan",
        "Luen aineistoja",
        "Aineistot ovat ajan tasalla",
    ]


def test_a_run_that_nobody_takes_up_says_what_to_start() -> None:
    """After a quarter of a minute: the indexer is not there, and since when it is not."""
    delivery = FakeDelivery()
    _follow(FakeRuns(*[QUEUED] * 12, DONE), delivery)
    assert "python -m indexer worker" in delivery.said[1]
    assert delivery.said[1].endswith("Indeksoija on nähty viimeksi torstaina 12.3.2026 klo 13.00.")
    assert delivery.said[-1].startswith("Aineistot ovat ajan tasalla")
    assert len(delivery.said) == 3


def test_a_run_that_waits_for_another_is_not_said_to_wait_for_an_indexer() -> None:
    """The indexer is there, and busy with what was asked for before."""
    runs, delivery = FakeRuns(*[QUEUED] * 40, DONE), FakeDelivery()
    runs.seen = NOON
    _follow(runs, delivery)
    assert [text.split(".")[0] for text in delivery.said] == [
        "Aineistojen päivitys odottaa vuoroaan",
        "Aineistot ovat ajan tasalla",
    ]


def test_the_end_is_shown_although_slack_was_away() -> None:
    """What could not be shown is tried again at the next look, also where nothing could be posted at first."""
    away = SlackUnavailableError("D1")
    delivery = FakeDelivery(away, away, away)
    _follow(FakeRuns(QUEUED, DONE), delivery)
    assert [text.split(".")[0] for text in delivery.said] == ["Aineistot ovat ajan tasalla"]
    delivery = FakeDelivery(closed=away)
    reindexing = Reindexing(cast(UnitOfWorkFactory, FakeRuns(QUEUED, DONE)), cast(Delivery, delivery), "T1", SetClock())
    shown = reindexing.follow("r1", REQUEST, NOTHING_SHOWN)
    assert shown == Shown(looks=1)
    delivery.closed = None
    assert reindexing.follow("r1", REQUEST, shown) is None
    assert [text.split(".")[0] for text in delivery.said] == ["Aineistot ovat ajan tasalla"]


def test_a_message_that_was_deleted_is_let_go() -> None:
    """The run goes on without it."""
    delivery = FakeDelivery(UndeliverableError("message_not_found"))
    runs = FakeRuns(QUEUED, READING, DONE)
    _follow(runs, delivery)
    assert (delivery.said, runs.states) == ([], [READING, DONE])


def test_direct_messages_that_are_closed_end_it() -> None:
    """The run itself is none of this message's business."""
    delivery = FakeDelivery(closed=UndeliverableError("cannot_dm_bot"))
    _follow(FakeRuns(QUEUED, DONE), delivery)
    assert delivery.posted == []


def test_it_does_not_watch_forever() -> None:
    """A run that never ends is left after two days; it is looked at often at first, later twice a minute."""
    assert _follow(FakeRuns(READING), FakeDelivery(), step=600) == pytest.approx(48 * 3600)
    assert [round(Shown(looks=looks).pause, 1) for looks in (0, 10, 100)] == [1.5, 2.4, 30.0]


def test_a_command_that_comes_again_asks_for_the_same_run() -> None:
    """The run's id comes from the command's."""
    runs = FakeRuns(QUEUED)
    reindexing = Reindexing(cast(UnitOfWorkFactory, runs), cast(Delivery, FakeDelivery()), "T1", SetClock())
    assert [reindexing.request(REQUEST), reindexing.request(REQUEST)] == ["r1", "r1"]
    assert len(set(runs.requested)) == 1
    assert reindexing.request(replace(REQUEST, id="command:T1:10")) == "r1"
    assert len(set(runs.requested)) == 2
    assert {(each.who, each.subject) for each in runs.audit.entries} == {("T1:U1", "sync:all")}
