"""Two bot processes on one PostgreSQL database: what one leaves when it is killed, the other finishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from bot.sandbox.values import Config
from tests.conftest import PostgreSQL
from tests.scenario.balancer import Balancer
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, BotProcess, build_index
from tests.scenario.talking import mention, settle
from tests.standin import GENERAL, MEMBER, QUESTIONS, StandIn, free_port

TAKEN_OVER = "left unfinished is taken over"


@dataclass(frozen=True)
class Pair:
    """Two bots with names of their own, on one database and one index."""

    slack: StandIn
    bots: dict[str, BotProcess]
    database: str

    def busy(self) -> str:
        """The name of a bot that has begun something; empty where none has."""
        return next((name for name in self.bots if self.unfinished(name)), "")

    def other(self, name: str) -> BotProcess:
        """The other one."""
        return next(bot for each, bot in self.bots.items() if each != name)

    def unfinished(self, name: str) -> int:
        """How many pieces of work the bot of this name has begun and not ended."""
        begun = "SELECT count(*) FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED') AND executor_id = %s"
        with psycopg.connect(self.database) as connection:
            told = connection.execute(begun, (name,)).fetchone()
        return told[0] if told else 0

    def ask(self, number: int) -> list[tuple[str, str]]:
        """Ask so many questions, in two channels in turn; returns where each stands."""
        places = [(QUESTIONS, GENERAL)[each % 2] for each in range(number)]
        return [(place, self.slack.post(MEMBER, place, mention(PUBLIC_QUESTION))) for place in places]

    def answers(self, asked: list[tuple[str, str]]) -> list[list[bool]]:
        """Of each question, whether each of its answers is the right one; once nothing is unfinished any more."""
        self.slack.wait_for(lambda: all(self.slack.from_bot(*each) for each in asked) and not self.busy(), timeout=90)
        settle(self.slack)
        return [[PUBLIC_QUOTE in message.text for message in self.slack.from_bot(*each)] for each in asked]


@pytest.fixture(scope="module", params=["socket", "http"])
def pair(
    request: pytest.FixtureRequest,
    built_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
    postgresql: PostgreSQL,
) -> Iterator[Pair]:
    """Both start at the same moment, on a database that DBOS has not seen. Slack reaches both, each in its turn."""
    url = postgresql.new_database()
    home = tmp_path_factory.mktemp("pair")
    data = home / "data"
    data.mkdir()
    (data / "models").symlink_to(built_index / "models")
    build_index(data, url)
    settings = {"SOLMU_DATABASE_URL": url, "SOLMU_TAKE_OVER_SECONDS": "8", "SOLMU_DRAIN_SECONDS": "0.5"}
    ports = {"one": free_port(), "two": free_port()}
    with Balancer(list(ports.values())) as balancer:
        address = balancer.url if request.param == "http" else ""
        with StandIn(Config(retry_delays=(0.2,) * 20, bot_url=address)) as slack:
            bots = {
                name: BotProcess(
                    data, slack.environment(), SOLMU_PROCESS_NAME=name, SOLMU_HTTP_PORT=str(port), **settings
                )
                for name, port in ports.items()
            }
            for name, bot in bots.items():
                bot.log = home / f"{name}.log"
                bot.start()
            try:
                for bot in bots.values():
                    bot.wait_until("ready to answer")
                yield Pair(slack, bots, url)
            finally:
                for bot in bots.values():
                    bot.kill()


def test_a_killed_process_s_questions_are_answered_once_by_the_other(pair: Pair) -> None:
    """SIGKILL in the middle of many questions: each has exactly one answer, and the dead process is not needed."""
    pair.slack.fault("assistant.threads.setStatus", times=100, delay=1.0)
    asked = pair.ask(15)
    killed = pair.slack.wait_for(pair.busy)
    pair.bots[killed].kill()
    asked += pair.ask(15)
    assert pair.answers(asked) == [[True]] * 30
    # Else the kill proved nothing.
    assert TAKEN_OVER in pair.other(killed).logged()
    pair.bots[killed].start()
    pair.bots[killed].wait_until("ready to answer")


def test_what_a_stop_does_not_wait_for_is_answered_by_the_other(pair: Pair) -> None:
    """SIGTERM while answers stand there of which the process has not heard: the other finds them, and repeats none."""
    pair.slack.fault("chat.postMessage", accepted=True, times=6, delay=12.0)
    asked = pair.ask(6)
    pair.slack.wait_for(lambda: any(pair.slack.from_bot(*each) for each in asked))
    stopped = pair.busy()
    assert pair.bots[stopped].stop() == 0
    assert "some answers are left" in pair.bots[stopped].logged()
    assert pair.answers(asked) == [[True]] * 6
    assert TAKEN_OVER in pair.other(stopped).logged()
