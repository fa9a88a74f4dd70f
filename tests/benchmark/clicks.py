"""Five hundred people who click on one card with fifty seats: how fast each click is kept and acknowledged."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from bot.sandbox.courier import Attempt
from knowledge.model import Attendance, Audience, OccurrenceId
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.benchmark.plan import Plan
from tests.benchmark.report import Result, percentiles
from tests.builders import event
from tests.conftest import PostgreSQL
from tests.scenario.announcing import announce, copies
from tests.scenario.bot_process import BotProcess, build_index, copy_index
from tests.scenario.conftest import standin_config
from tests.scenario.crowds import admit_crowd, click_together
from tests.signing import Evening
from tests.standin import EVENTS, StandIn

THREADS = 16
WAITED_FOR = 60.0
"""Seconds; Slack itself waits three."""
SLACK_WAITS = 3.0
PACES = (("all at once", 0.0), ("50 a second", 0.02), ("20 a second", 0.05))


def clicks(plan: Plan) -> Result:
    """Through the use case alone on both databases, and through the real bot over both transports."""
    crowd, seats = plan.extent.crowd, plan.extent.crowd // 10
    result = Result(
        "clicks",
        f"{crowd} people click on a card with {seats} seats",
        ("how", "clicks/s", "p50 ms", "p95 ms", "later than 3 s", "seats taken", "waiting", "changes of the card"),
        note=f"The use case in {THREADS} threads; the bot as one process, with the stand-in on the same machine. "
        "PostgreSQL without waiting for the disk.",
    )
    result.rows.append(
        ("the use case, SQLite", *_through_use_case(f"sqlite:///{plan.folder}/crowd.sqlite", crowd, seats))
    )
    server = PostgreSQL()
    try:
        result.rows.append(("the use case, PostgreSQL", *_through_use_case(server.new_database(), crowd, seats)))
    finally:
        server.stop()
    built = plan.folder / "clicks"
    build_index(built)
    for transport in ("socket", "http"):
        for pace, between in PACES:
            home = copy_index(built, plan.folder / f"clicks-{transport}-{between}")
            result.rows.append((f"{transport}, {pace}", *_through_bot(transport, home, crowd, seats, between)))
    return result


def _through_use_case(url: str, crowd: int, seats: int) -> Sequence[float | str]:
    store = open_store(url)
    evening = Evening(store, capacity=seats)

    def click(number: int) -> float:
        started = time.perf_counter()
        evening.say(f"U{number}")
        return time.perf_counter() - started

    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        took = list(pool.map(click, range(crowd)))
    told = _told(took, time.perf_counter() - started)
    counts = len(evening.who(Attendance.GOING)), len(evening.who(Attendance.WAITING))
    store.dispose()
    return *told, *counts, "–"


def _through_bot(transport: str, home: Path, crowd: int, seats: int, between: float) -> Sequence[float | str]:
    config = replace(standin_config(transport), ack_seconds=WAITED_FOR)
    port = {"SOLMU_HTTP_PORT": config.bot_url.split(":")[2].split("/")[0]} if config.bot_url else {}
    store = open_store(Settings(data_dir=home).database)
    with StandIn(config) as slack, BotProcess(home, slack.environment(), **port):
        people = admit_crowd(slack, crowd)
        announce(store, "e1", EVENTS, of=event("e1", capacity=seats), audience=Audience.MEMBERS)
        card = slack.wait_for(lambda: copies(slack, "e1", EVENTS))[0]
        attempts = click_together(slack, people, card, "event_going", between=between)
        told = _told([each.took for each in attempts], _span(attempts))
        slack.wait_for(_is_drawn(slack, f"{seats}/{seats}", str(crowd - seats)), timeout=WAITED_FOR)
        changes = len(slack.calls("chat.update"))
    counts = _counts(store)
    store.dispose()
    return *told, counts.get(Attendance.GOING, 0), counts.get(Attendance.WAITING, 0), changes


def _is_drawn(slack: StandIn, *figures: str) -> Callable[[], bool]:
    return lambda: all(figure in str(copies(slack, "e1", EVENTS)[0].blocks) for figure in figures)


def _counts(store: Store) -> dict[Attendance, int]:
    name = OccurrenceId("e1-1")
    with store.reading() as work:
        return dict(work.sign_ups.counts([name]).get(name, {}))


def _span(attempts: Sequence[Attempt]) -> float:
    return max(each.sent_at + each.took for each in attempts) - min(each.sent_at for each in attempts)


def _told(took: Sequence[float], seconds: float) -> tuple[float, float, float, int]:
    middle, high = percentiles([each * 1000 for each in took])
    return len(took) / seconds, middle, high, sum(each > SLACK_WAITS for each in took)
