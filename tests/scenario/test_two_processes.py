"""Two bot processes on one PostgreSQL database: what one leaves when it is killed, the other finishes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.values import Config
from tests.conftest import PostgreSQL
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, BotProcess, build_index
from tests.scenario.talking import acknowledged, event_of, mention, settle
from tests.standin import GENERAL, MEMBER, QUESTIONS, StandIn

QUESTIONS_ASKED = 30
BETWEEN_QUESTIONS = 0.08
SLOWLY = 2.5
"""Seconds that Slack takes to show that a question is being answered, which comes first."""


@dataclass(frozen=True)
class Pair:
    """Two bots with names of their own, on one database and one index."""

    slack: StandIn
    first: BotProcess
    second: BotProcess


@pytest.fixture(scope="module")
def pair(built_index: Path, tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL) -> Iterator[Pair]:
    """Both start at the same moment, on a database that DBOS has not seen."""
    url = postgresql.new_database()
    home = tmp_path_factory.mktemp("pair")
    data = home / "data"
    data.mkdir()
    (data / "models").symlink_to(built_index / "models")
    build_index(data, url)
    settings = {"SOLMU_DATABASE_URL": url, "SOLMU_TAKE_OVER_SECONDS": "8", "SOLMU_DRAIN_SECONDS": "0.5"}
    with StandIn(Config(retry_delays=(0.2,) * 20)) as slack:
        bots = [BotProcess(data, slack.environment(), SOLMU_PROCESS_NAME=name, **settings) for name in ("one", "two")]
        for bot in bots:
            bot.log = home / f"{id(bot)}.log"
            bot.start()
        try:
            for bot in bots:
                bot.wait_until("ready to answer")
            yield Pair(slack, *bots)
        finally:
            for bot in bots:
                bot.kill()


def test_a_killed_process_s_questions_are_answered_once_by_the_other(pair: Pair) -> None:
    """SIGKILL in the middle of many questions: each has exactly one answer, and the dead process is not needed."""
    slack, asked = pair.slack, []
    killing = threading.Timer(QUESTIONS_ASKED * BETWEEN_QUESTIONS / 2, pair.first.kill)
    # Slow enough that the killed process has some under way.
    slack.fault("users.info", times=200, delay=0.4)
    killing.start()
    for number in range(QUESTIONS_ASKED):
        place = (QUESTIONS, GENERAL)[number % 2]
        asked.append((place, slack.post(MEMBER, place, mention(PUBLIC_QUESTION))))
        time.sleep(BETWEEN_QUESTIONS)
    killing.join()
    slack.wait_for(lambda: all(slack.from_bot(*each) for each in asked), timeout=60)
    settle(slack)
    assert [[PUBLIC_QUOTE in message.text for message in slack.from_bot(*each)] for each in asked] == [
        [True]
    ] * QUESTIONS_ASKED
    # Else the kill proved nothing.
    assert "left unfinished is taken over" in pair.second.logged()


def test_what_a_stop_does_not_wait_for_is_answered_by_the_other(pair: Pair) -> None:
    """SIGTERM: the process ends soon after its time is up, and what it left is answered once, without a new start."""
    slack = pair.slack
    pair.first.start()
    pair.first.wait_until("ready to answer")
    slack.fault("assistant.threads.setStatus", times=6, delay=SLOWLY)
    asked = [(GENERAL, slack.post(MEMBER, GENERAL, mention(PUBLIC_QUESTION))) for _ in range(6)]
    for _, ts in asked:
        acknowledged(slack, event_of(slack, ts))
    started = time.monotonic()
    assert pair.second.stop() == 0
    assert time.monotonic() - started < 20
    assert "some answers are left" in pair.second.logged()
    slack.wait_for(lambda: all(slack.from_bot(*each) for each in asked), timeout=60)
    settle(slack)
    assert [len(slack.from_bot(*each)) for each in asked] == [1] * 6
