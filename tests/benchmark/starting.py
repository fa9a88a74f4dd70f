"""From the start of a process to its first answer."""

from __future__ import annotations

import json
import subprocess
import time
from functools import partial
from statistics import median

from tests.benchmark.plan import PYTHON, Plan, environment
from tests.benchmark.report import Result
from tests.sample import ROOT


def start(plan: Plan) -> Result:
    """`python -m knowledge ask` as a process of its own, from its start to its end, at every size."""
    result = Result(
        "start",
        "From the start of a process to its first answer",
        ("passages", "whole, s", "of it asking, s"),
        note=f"`python -m knowledge ask`, files in the page cache, medians of up to {plan.extent.rounds}. "
        "The rest is Python, libraries, the database's check and the end of the process.",
    )
    for size in plan.extent.sizes:
        built = plan.holding(size)
        pairs = plan.extent.repeat(partial(_start, plan, size))
        result.rows.append((built.passages, *(median(column) for column in zip(*pairs, strict=True))))
    return result


def _start(plan: Plan, size: int) -> tuple[float, float]:
    question = plan.questions()[0]
    started = time.perf_counter()
    done = subprocess.run(
        [PYTHON, "-m", "knowledge", "ask", "--json", question],
        cwd=ROOT,
        env=environment(plan.holding(size).home),
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started, json.loads(done.stdout)["took_ms"] / 1000
