"""Durable work that waits: what an erased person waited for is given up, everybody else's goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from dbos import DBOS

from bot.asking import Outcome
from bot.durable import Durable
from bot.handling import Handlers
from bot.questions import Question
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.model import MemberId
from knowledge.settings import Settings

ASKED = datetime(2026, 3, 12, 12, tzinfo=UTC)
QUESTION = Question(
    "message:1", "T1", "U1", "T1", "C1", is_direct=False, ts="", thread="", response_url="", text="?", language="fi"
)


class Unhurried:
    """Puts every question off for an hour."""

    def answer(self, question: Question, *, doubtful: bool) -> Outcome:
        """Its turn has not come."""
        del question, doubtful
        return Outcome.WAITING

    def later(self, question: Question) -> tuple[float, Question]:
        """In an hour."""
        return 3600.0, question


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Durable]:
    """Durable work in a folder of its own, of which only questions are used."""
    nobody = cast(Any, None)
    handlers = Handlers(Unhurried(), nobody, nobody, nobody)
    made = Durable(Settings(data_dir=tmp_path), handlers, (nobody, nobody), lambda: ASKED + timedelta(hours=2))
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
