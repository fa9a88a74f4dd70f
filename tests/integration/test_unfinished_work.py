"""Durable work that waits: what an erased person waited for is given up, everybody else's goes on."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from dbos import DBOS

from bot.asking import Outcome
from bot.durable import DATABASE, Durable
from bot.handling import Handlers
from bot.later import FOLLOWED_AT_ONCE
from bot.questions import Question
from bot.reindexing import ReindexRequest, Shown
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.model import MemberId
from knowledge.settings import Settings
from tests.fakes import SetClock

ASKED = datetime(2026, 3, 12, 12, tzinfo=UTC)
QUESTION = Question(
    "message:1", "T1", "U1", "T1", "C1", is_direct=False, ts="", thread="", response_url="", text="?", language="fi"
)


class Unhurried:
    """Puts every question off for an hour."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Its turn has not come."""
        del question, doubtful
        self.asked.set()
        return Outcome.WAITING

    def later(self, question: Question) -> tuple[float, Question]:
        """In an hour."""
        return 3600.0, question


class Endless:
    """Runs that wait and wait; a look at one takes as long as `held` is not set."""

    def __init__(self) -> None:
        self.held = threading.Event()
        self.held.set()
        self.looks: Counter[str] = Counter()

    def request(self, request: ReindexRequest) -> str:
        """A run of its own."""
        return f"run-{request.id}"

    def follow(self, run_id: str, request: ReindexRequest, shown: Shown) -> Shown | None:
        """It goes on waiting; the second look is the last."""
        del request
        self.looks[run_id] += 1
        self.held.wait()
        return Shown("D1", "1.1", "waits", shown.looks + 1) if self.looks[run_id] < 2 else None


@pytest.fixture
def unhurried() -> Unhurried:
    """Whoever answers."""
    return Unhurried()


@pytest.fixture
def endless() -> Iterator[Endless]:
    """Whoever follows runs."""
    made = Endless()
    yield made
    made.held.set()


@pytest.fixture
def clock() -> SetClock:
    """Two hours after the questions."""
    return SetClock(ASKED + timedelta(hours=2))


@pytest.fixture
def durable(tmp_path: Path, clock: SetClock, unhurried: Unhurried, endless: Endless) -> Iterator[Durable]:
    """Durable work in a folder of its own, of which only questions and reindexings are used."""
    nobody = cast(Any, None)
    handlers = Handlers(unhurried, endless, nobody, nobody)
    made = Durable(Settings(data_dir=tmp_path), handlers, (nobody, nobody), clock)
    made.start()
    yield made
    DBOS.destroy()


def test_what_an_erased_person_waits_for_is_given_up(durable: Durable, tmp_path: Path) -> None:
    """Not answered, not stored again, and kept nowhere; whoever asks after having been erased is answered."""
    back = (ASKED + timedelta(hours=1)).timestamp()
    asked = {
        "erased": replace(QUESTION, id="erased", ts=f"{ASKED.timestamp():.6f}"),
        "back": replace(QUESTION, id="back", ts=f"{back:.6f}"),
        "other": replace(QUESTION, id="other", user="U2", ts=f"{ASKED.timestamp():.6f}", text="<@U1>?"),
    }
    for each in asked.values():
        durable.take_in(each)
    for name in asked:
        DBOS.retrieve_workflow(name).get_result()
    FileLedger(tmp_path / "erasures.jsonl").note(MemberId("T1:U1"), ASKED + timedelta(minutes=30))
    durable.forget_erased()
    left = {each.workflow_id for each in DBOS.list_workflows()}
    assert {name for name in asked if f"{name}#turn" in left} == {"back", "other"}
    assert durable.unfinished()["later"] == 2


def _begin(durable: Durable, *names: str) -> None:
    for name in names:
        durable.take_in(replace(QUESTION, id=name, ts=f"{ASKED.timestamp():.6f}"))
        DBOS.retrieve_workflow(name).get_result()


def test_whatever_ended_long_ago_is_forgotten_at_once(
    durable: Durable, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much it is, and also what was cancelled or could not be gone on with; what waits is not."""
    names = [f"question{number}" for number in range(5)]
    _begin(durable, *names)
    DBOS.cancel_workflow("question0#turn")
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        changed = "update workflow_status set status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' where workflow_uuid = ?"
        database.execute(changed, ["question1"])
        database.commit()
    monkeypatch.setattr("bot.durable.FORGOTTEN_AT_ONCE", 2)
    clock.now = datetime.now(UTC) + timedelta(hours=5)
    durable.forget()
    assert len(DBOS.list_workflows()) == 10
    clock.advance(hours=2)
    durable.forget()
    assert {each.workflow_id for each in DBOS.list_workflows()} == {f"{name}#turn" for name in names[1:]}


def test_what_was_given_up_is_deleted_by_the_next_life(
    durable: Durable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between giving it up and deleting it keeps nothing of somebody erased."""
    _begin(durable, "erased")
    FileLedger(tmp_path / "erasures.jsonl").note(MemberId("T1:U1"), ASKED + timedelta(minutes=30))

    def killed(workflows: Sequence[str]) -> None:
        raise KeyboardInterrupt(*workflows)

    with monkeypatch.context() as dying:
        dying.setattr(DBOS, "delete_workflows", killed)
        with pytest.raises(KeyboardInterrupt, match="erased#turn"):
            durable.forget_erased()
    assert "erased#turn" in {each.workflow_id for each in DBOS.list_workflows(status="CANCELLED")}
    durable.forget_erased()
    assert "erased#turn" not in {each.workflow_id for each in DBOS.list_workflows()}


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _reindexing(name: str) -> ReindexRequest:
    return ReindexRequest(name, "U1", "fi", ASKED.timestamp(), "T1")


def test_however_many_runs_are_followed_questions_are_answered(
    durable: Durable, unhurried: Unhurried, endless: Endless
) -> None:
    """Looks at runs take turns, and keep nobody else waiting even where Slack makes each of them last."""
    endless.held.clear()
    for number in range(25):
        durable.take_in_reindex(_reindexing(str(number)))
    _wait_until(lambda: len(DBOS.list_workflows(name="reindex", status="SUCCESS")) == 25)
    _wait_until(lambda: len(endless.looks) == FOLLOWED_AT_ONCE)
    durable.take_in(QUESTION)
    assert unhurried.asked.wait(20)
    assert len(endless.looks) == FOLLOWED_AT_ONCE


def test_what_an_earlier_release_followed_is_looked_at_until_it_is_over(
    durable: Durable, endless: Endless, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had been begun outside the queue, to keep its thread to the end; now only a row waits for each look."""
    monkeypatch.setattr("bot.reindexing.FIRST_PAUSE", 0.01)
    durable.take_in_reindex(_reindexing("1"))
    DBOS.retrieve_workflow("1").get_result()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        begun = "update workflow_status set status = 'PENDING', queue_name = null, executor_id = 'earlier'"
        database.execute(f"{begun} where workflow_uuid = 'follow:run-1:U1'")
        database.commit()
    durable.take_over("earlier")
    _wait_until(lambda: endless.looks["run-1"] == 2)
    _wait_until(lambda: not any(durable.unfinished().values()))
    assert [each.workflow_id for each in DBOS.list_workflows(name="follow on")] == ["follow:run-1:U1#1"]


def test_whoever_was_erased_is_shown_no_run_any_more(durable: Durable, endless: Endless, tmp_path: Path) -> None:
    """What they were shown is not looked at again, and nothing names them where work waits."""
    durable.take_in_reindex(_reindexing("1"))
    _wait_until(lambda: durable.unfinished()["later"] == 1)
    FileLedger(tmp_path / "erasures.jsonl").note(MemberId("T1:U1"), ASKED + timedelta(minutes=30))
    durable.forget_erased()
    assert durable.unfinished() == {"waiting": 0, "begun": 0, "later": 0}
    assert endless.looks["run-1"] == 1
