"""From a question in Slack to the posted answer, through the real bot process, and what memory that process holds."""

from __future__ import annotations

import re
import time
from itertools import cycle
from pathlib import Path

from tests.benchmark.plan import Plan
from tests.benchmark.report import Result, percentiles
from tests.scenario.bot_process import BotProcess
from tests.scenario.talking import ask_directly
from tests.standin import ADMIN, COORDINATOR, MEMBER, StandIn

MEGABYTE = 1024


def posting(plan: Plan) -> Result:
    """Direct messages, one after another, at every size, against the Slack stand-in on loopback."""
    result = Result(
        "posting",
        "From a question in Slack to the posted answer, and the bot's memory",
        ("passages", "p50 ms", "p95 ms", "RSS, MB", "PSS, MB", "RSS at most, MB", "not backed by files, MB"),
        note="The real bot process over Socket Mode, the stand-in's own time included.",
    )
    for size in plan.extent.sizes:
        built = plan.holding(size)
        with StandIn() as slack, BotProcess(built.home, slack.environment(), SOLMU_LOG_LEVEL="INFO") as bot:
            took = _ask_all(slack, plan.questions())
            held = memory(bot.process.pid)
            bot.stop()
        result.rows.append((built.passages, *percentiles(took), *held))
    return result


def _ask_all(slack: StandIn, questions: list[str]) -> list[float]:
    """Milliseconds of each; people take turns."""
    took = []
    for person, question in zip(cycle((MEMBER, ADMIN, COORDINATOR)), questions, strict=False):
        started = time.perf_counter()
        ask_directly(slack, person, question)
        took.append((time.perf_counter() - started) * 1000)
    return took


def memory(process: int) -> tuple[int, int, int, int]:
    """Resident, proportional, most resident ever, and anonymous memory of a process, in megabytes."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return (
        _megabytes("Rss", rollup),
        _megabytes("Pss", rollup),
        _megabytes("VmHWM", status),
        _megabytes("Anonymous", rollup),
    )


def _megabytes(name: str, told: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", told, re.MULTILINE)
    if found is None:
        message = f"this system does not tell {name}"
        raise RuntimeError(message)
    return int(found.group(1)) // MEGABYTE
