"""`python -m tests.benchmark [PART …]`: how fast Solmu is here, one table per topic.

Everything is measured on data folders that the run itself builds, from the sample and from made-up documents like it.
The tables are printed, and written to `.benchmarks/latest.md` and `latest.json`.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from knowledge.shell import errors, output
from tests.benchmark.calendars import calendar
from tests.benchmark.capacity import capacity
from tests.benchmark.clicks import clicks
from tests.benchmark.crowding import beside, throughput
from tests.benchmark.embedding import embedding
from tests.benchmark.plan import QUICK, Extent, Plan
from tests.benchmark.posting import posting
from tests.benchmark.querying import query
from tests.benchmark.reindexing import building, reindexing
from tests.benchmark.report import Result, machine, write
from tests.benchmark.rounds import holding_rounds, living_year
from tests.benchmark.starting import start
from tests.benchmark.storm import storm
from tests.benchmark.vectors import vectors
from tests.sample import ROOT

PARTS: Mapping[str, Callable[[Plan], Result]] = {
    "embedding": embedding,
    "building": building,
    "reindexing": reindexing,
    "start": start,
    "query": query,
    "throughput": throughput,
    "beside": beside,
    "posting": posting,
    "clicks": clicks,
    "round": holding_rounds,
    "year": living_year,
    "calendar": calendar,
    "storm": storm,
    "vectors": vectors,
    "capacity": capacity,
}


def main(
    parts: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(PARTS)}; all where not said.")] = None,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Tiny sizes: shows that it works, says nothing.")] = False,
    size: Annotated[list[int] | None, typer.Option(help="Passages; may be repeated.")] = None,
    sample: Annotated[Path | None, typer.Option(help="A data folder that holds the sample already.")] = None,
    out: Annotated[Path, typer.Option(help="Where the tables are written.")] = ROOT / ".benchmarks",
) -> None:
    """Measure, print, write."""
    wanted = parts or list(PARTS)
    unknown = ", ".join(sorted(set(wanted) - PARTS.keys()))
    if unknown:
        errors.print(f"There is no part {unknown}; there are {', '.join(PARTS)}.")
        raise typer.Exit(1)
    extent = QUICK if quick else Extent(sizes=tuple(sorted(size))) if size else Extent()
    facts = machine()
    for name, value in facts.items():
        output.print(f"{name}: {value}")
    results = []
    with tempfile.TemporaryDirectory(prefix="solmu-bench-") as folder:
        plan = Plan(extent, Path(folder), sample)
        for part in wanted:
            started = time.perf_counter()
            results.append(PARTS[part](plan))
            output.print(results[-1].table())
            # After each part: a run that is cut short has measured what it has.
            write(out, results, facts)
            errors.print(f"{part} took {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    typer.run(main)
