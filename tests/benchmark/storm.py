"""Many questions in bad weather: whatever Slack, the network and the machine do, each ends in exactly one whole answer.

Events come again, twice under two names, and in another order; calls are limited, fail, or are lost on the way;
connections close, streams die, and the process is killed. And how soon Slack is acknowledged while answers are slow.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.sandbox.values import Config, Message, Payload
from tests.benchmark.plan import Plan
from tests.benchmark.report import Cell, Result, percentiles
from tests.scenario.bot_process import (
    MEMBERS_QUESTION,
    MEMBERS_QUOTE,
    PUBLIC_QUESTION,
    PUBLIC_QUOTE,
    BotProcess,
    build_index,
    copy_index,
)
from tests.scenario.talking import mention
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, QUESTIONS, StandIn
from tests.writing import ModelServer, model_server

TAKING_IN = "takes in questions"
RETRIES = (0.05, 0.2, 0.5, *(1.0,) * 20)
AT_ONCE = 30
"""Questions that wait for their answers at the same time, at most."""
LAST_ANSWERS = 600.0
"""Seconds after the last question within which all have to be answered; what failed waits for a minute at times."""
KILLS = 9
SLOW = 50
CALM_QUESTIONS = 10
CALM = "moi"
GREETED = "Olen Solmu"
SENTENCES = {PUBLIC_QUESTION: PUBLIC_QUOTE, MEMBERS_QUESTION: MEMBERS_QUOTE, CALM: GREETED}
WAYS: Sequence[Mapping[str, Any]] = (
    {"status": 429, "retry_after": 1},
    {"status": 500},
    {"status": 503, "accepted": True},
    {"reset": True},
    {"reset": True, "accepted": True},
    {"error": "internal_error"},
    {"delay": 0.5},
)
CALLS = (
    "chat.postMessage",
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "chat.update",
    "conversations.replies",
    "users.info",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and a sentence that its answer has to hold."""

    channel: str
    ts: str
    sentence: str


@dataclass
class Storm:
    """The weather over one workspace; the same for the same number."""

    slack: StandIn
    bot: BotProcess
    chance: random.Random
    asked: list[Asked] = field(default_factory=list)
    mishaps: Counter[str] = field(default_factory=Counter)
    _answered: int = 0

    def rage(self, events: int, kills: int) -> None:
        """Let this many events come, and evenly among them so many kills."""
        kill_at = [events * part // (kills + 1) for part in range(1, kills + 1)]
        while (come := len(self.slack.events())) < events:
            if kill_at and come >= kill_at[0]:
                self._kill()
                del kill_at[0]
            self.chance.choices(
                (self._ask, self._in_reverse, self._again, self._twice, self._fail, self._cut, self._end_streams),
                weights=(50, 5, 8, 8, 24, 2, 3),
            )[0]()
            self._keep_up()

    def pending(self) -> list[Asked]:
        """The questions without a whole answer."""
        whole = self.whole()
        return [each for each in self.asked if not whole[each]]

    def whole(self) -> Counter[Asked]:
        """How many whole answers each question has."""
        written = self._written()
        return Counter(
            each
            for each in self.asked
            for message in written.get((each.channel, each.ts), [])
            if message.metadata and each.sentence in f"{message.text}{message.blocks}"
        )

    def messages(self) -> Counter[Asked]:
        """How many messages of the bot stand below each question."""
        written = self._written()
        return Counter({each: len(written.get((each.channel, each.ts), [])) for each in self.asked})

    def _written(self) -> Mapping[tuple[str, str], list[Message]]:
        found: dict[tuple[str, str], list[Message]] = {}
        for place in {each.channel for each in self.asked}:
            for message in self.slack.from_bot(place):
                found.setdefault((place, message.thread), []).append(message)
        return found

    def _ask(self) -> None:
        person = self.chance.choice((MEMBER, ADMIN, COORDINATOR))
        place = self.chance.choice((QUESTIONS, GENERAL, self.slack.dm(person)))
        # What members may read is not for a channel that others are in.
        known = (PUBLIC_QUESTION, MEMBERS_QUESTION, CALM) if place.startswith("D") else (PUBLIC_QUESTION, CALM)
        text = self.chance.choice(known)
        ts = self.slack.post(person, place, text if place.startswith("D") else mention(text))
        self.asked.append(Asked(place, ts, SENTENCES[text]))

    def _in_reverse(self) -> None:
        held: list[Payload] = []
        sends = self.slack.server.slack.send_event
        self.slack.server.slack.send_event = held.append
        for _ in range(3):
            self._ask()
        self.slack.server.slack.send_event = sends
        for event in reversed(held):
            self.slack.send_event(event)
        self.mishaps["in another order"] += len(held)

    def _again(self) -> None:
        if events := self.slack.events():
            self.slack.redeliver(self.chance.choice(events[-40:]).id)
            self.mishaps["delivered again"] += 1

    def _twice(self) -> None:
        if events := self.slack.events():
            self.slack.send_event(dict(self.chance.choice(events[-40:]).payload["event"]))
            self.mishaps["sent twice under two names"] += 1

    def _fail(self) -> None:
        way = self.chance.choice(WAYS)
        self.slack.fault(self.chance.choice(CALLS), **way)
        self.mishaps["calls that fail, are limited or are lost"] += 1

    def _cut(self) -> None:
        self.chance.choice((self.slack.disconnect, self.slack.drop_connections))()
        self.mishaps["connections closed"] += 1

    def _end_streams(self) -> None:
        self.mishaps["streams that died"] += self.slack.end_streams()

    def _kill(self) -> None:
        self.bot.kill()
        self.bot.start()
        self.bot.wait_until(TAKING_IN)
        self.mishaps["SIGKILL"] += 1

    def _keep_up(self) -> None:
        if len(self.asked) - self._answered > AT_ONCE:
            self.slack.wait_for(self._few_wait, timeout=LAST_ANSWERS)

    def _few_wait(self) -> bool:
        self._answered = len(self.asked) - len(self.pending())
        return len(self.asked) - self._answered <= AT_ONCE * 2 // 3


def storm(plan: Plan) -> Result:
    """Through the real bot over Socket Mode, with a language model server that answers well."""
    result = Result(
        "storm",
        f"{plan.extent.storm:,} events in bad weather, and acknowledgements while answers are slow",
        ("what", "how many"),
        note="The real bot process, the stand-in and the language model's server on the same machine.",
    )
    built = plan.folder / "storm"
    build_index(built)
    with model_server() as server:
        kills = min(KILLS, plan.extent.storm // 30)
        result.rows.extend(weather(copy_index(built, plan.folder / "storm-1"), server, plan.extent.storm, kills))
        result.rows.extend(first_words(copy_index(built, plan.folder / "storm-2"), server))
        result.rows.extend(slow_answers(copy_index(built, plan.folder / "storm-3"), server, plan.extent.storm // 10))
    return result


def weather(home: Path, server: ModelServer, events: int, kills: int, seed: int = 6) -> list[tuple[str, Cell]]:
    """What happened, and how many answers the questions got."""
    started = time.monotonic()
    with StandIn(Config(retry_delays=RETRIES)) as slack, _writing_bot(home, slack, server, "good") as bot:
        raging = Storm(slack, bot, random.Random(seed))
        raging.rage(events, kills)
        slack.wait_for(lambda: not raging.pending(), timeout=LAST_ANSWERS)
        # What was sent last, and what comes a second time, has been through by then.
        slack.wait_for(lambda: all(each.over for each in slack.events()), timeout=LAST_ANSWERS)
        return [*_told(raging), ("seconds", time.monotonic() - started)]


def _told(raging: Storm) -> list[tuple[str, Cell]]:
    slack = raging.slack
    messages, whole = Counter(raging.messages().values()), Counter(raging.whole().values())
    calls = slack.counts("ok")
    return [
        ("events", len(slack.events())),
        ("deliveries of them", sum(len(each.attempts) for each in slack.events())),
        *raging.mishaps.items(),
        ("streams begun", calls["chat.startStream"]),
        ("streams replaced by an update", calls["chat.update"]),
        ("questions", len(raging.asked)),
        ("of them with exactly one whole answer", whole[1]),
        ("with more or less than one message", len(raging.asked) - messages[1]),
    ]


def first_words(home: Path, server: ModelServer) -> list[tuple[str, Cell]]:
    """Milliseconds from a question to the first words of its answer, one after another."""
    with StandIn() as slack, _writing_bot(home, slack, server, "leisurely"):
        middle, high = percentiles([_first_words(slack) * 1000 for _ in range(CALM_QUESTIONS)])
    return [("first words seen after, median ms", middle), ("first words seen after, 95th percentile ms", high)]


def slow_answers(home: Path, server: ModelServer, times: int) -> list[tuple[str, Cell]]:
    """Milliseconds until questions and commands are acknowledged while fifty answers are being written slowly."""
    settings = {"SOLMU_ANSWER_WORKERS": str(SLOW), "SOLMU_LLM_SECONDS": "120"}
    asked_before = len(server.asked())
    with StandIn() as slack, _writing_bot(home, slack, server, "slow", **settings) as bot:
        for number in range(SLOW):
            slack.post(MEMBER, (QUESTIONS, GENERAL)[number % 2], mention(PUBLIC_QUESTION))
        slack.wait_for(lambda: len(server.asked()) - asked_before >= SLOW, timeout=LAST_ANSWERS)
        before, took = len(slack.events()), []
        for _ in range(times):
            took.append(slack.command(MEMBER, GENERAL, "/kysy", CALM).took)
            slack.post(MEMBER, slack.dm(MEMBER), CALM)
        slack.wait_for(lambda: all(each.over for each in slack.events()), timeout=LAST_ANSWERS)
        done = sum(bool(each.metadata) for place in (QUESTIONS, GENERAL) for each in slack.from_bot(place))
        took += [each.attempts[0].took for each in slack.events()[before:]]
        bot.kill()
    middle, high = np.percentile(np.asarray(took) * 1000, [50, 99])
    return [
        ("acknowledged while answers are slow", len(took)),
        ("answers that were being written all the time", SLOW - done),
        ("acknowledged after, median ms", float(middle)),
        ("acknowledged after, 99th percentile ms", float(high)),
    ]


def _first_words(slack: StandIn) -> float:
    """Seconds from a question to the first words of its answer, by the workspace's clock."""
    place = slack.dm(MEMBER)
    asked = slack.post(MEMBER, place, PUBLIC_QUESTION)
    [answer] = slack.wait_for(lambda: slack.from_bot(place, asked))
    slack.wait_for(lambda: slack.from_bot(place, asked)[0].metadata)
    return float(answer.ts) - float(asked)


def _writing_bot(home: Path, slack: StandIn, server: ModelServer, mode: str, **settings: str) -> BotProcess:
    model = {"SOLMU_LLM_BASE_URL": server.address(mode), "SOLMU_LLM_MODEL": "m"}
    return BotProcess(home, slack.environment(), **(model | settings))
