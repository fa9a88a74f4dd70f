"""`python -m tools.peers.compare`: Solmu beside what one would pick instead, on the same passages, questions and model.

Every engine runs in processes of its own: one builds, asks and brings a change in, with vectors that were made once
for all; another starts from nothing with the real model. The table is printed and written to `.benchmarks/peers.md`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Annotated, Any

import typer

from knowledge.evaluation.metrics import ndcg, recall
from knowledge.shell import errors, output
from tests.benchmark.report import Result, machine, percentiles
from tests.sample import ROOT
from tools.peers.engines import MODULES
from tools.peers.prepare import prepare
from tools.peers.rows import DEPTH, ROWS, reasons
from tools.peers.workload import VECTORS, Workload

PEERS = ROOT / ".venv-peers" / "bin" / "python"
STARTS = 3
NOTE = (
    "A start loads the model: Solmu its own engine, the others sentence-transformers' default; "
    f"told is the median of {STARTS}. At its very first one Solmu also writes the bundled model as a graph and embeds "
    "the questions that set its languages apart; both are kept. "
    "Memory is the resident set of that process after some questions."
)


@dataclass(frozen=True)
class Standing:
    """An engine's figures by row."""

    name: str
    figures: Mapping[str, float]


def main(
    collection: Annotated[Path | None, typer.Argument(help="A question set; the sample's where not said.")] = None,
    *,
    corpus: Annotated[Path | None, typer.Option(help="The folder with its corpus, where another.")] = None,
    vectors: Annotated[Path | None, typer.Option(help="Keep the passages' vectors in this file.")] = None,
    engine: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(MODULES)}; may be repeated.")] = None,
) -> None:
    """Prepare once, measure each, print one table."""
    if not PEERS.exists():
        errors.print("The peers are not installed; run `make peers`.")
        raise typer.Exit(1)
    with tempfile.TemporaryDirectory(prefix="solmu-peers-") as name:
        folder = Path(name)
        workload = prepare(folder, collection, corpus, vectors)
        if vectors:
            vectors.write_bytes((folder / VECTORS).read_bytes())
        standings = [_measure(each, folder, workload) for each in engine or MODULES]
    result = _result(standings, workload, collection.name if collection else "the sample")
    output.print(result.table())
    _write(result)


def _measure(name: str, folder: Path, workload: Workload) -> Standing:
    errors.print(f"measuring {name}")
    [built] = _run(name, folder, "index")
    starts = [_serve(name, folder) for _ in range(STARTS)]
    ranked = [(built["ranked"][question.id], question.relevant) for question in workload.questions]
    middle, high = percentiles(built["query_ms"])
    figures = {
        "ndcg": fmean(ndcg(found, relevant, DEPTH) for found, relevant in ranked),
        "recall": fmean(recall(found, relevant, DEPTH) for found, relevant in ranked),
        "index": built["index"],
        "change": built["change"],
        "p50": middle,
        "p95": high,
        "first": starts[0][0],
        "start": median(seconds for seconds, _ in starts),
        "memory": median(held["memory"] for _, held in starts),
    }
    return Standing(name, figures)


def _serve(name: str, folder: Path) -> tuple[float, Mapping[str, int]]:
    """Seconds from the start of the process to its first answer, and what memory it said it holds."""
    started = time.perf_counter()
    with subprocess.Popen(
        _command(name, folder, "serve"), cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        lines = process.stdout or ()
        first = next(iter(lines), "")
        took = time.perf_counter() - started
        held = next(iter(lines), "")
    if process.returncode or not first or not held:
        message = f"{name} did not answer"
        raise RuntimeError(message)
    return took, json.loads(held)


def _run(name: str, folder: Path, what: str) -> list[Any]:
    done = subprocess.run(
        _command(name, folder, what), cwd=ROOT, env=_environment(), check=True, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _command(name: str, folder: Path, what: str) -> Sequence[str]:
    python = sys.executable if name.startswith("Solmu") else str(PEERS)
    return [python, "-W", "ignore", "-m", "tools.peers.measure", what, name, str(folder)]


def _environment() -> Mapping[str, str]:
    """Nothing is looked for on a hub, and nothing reported."""
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}
    offline |= {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **offline, "OMP_NUM_THREADS": str(os.cpu_count()), "TOKENIZERS_PARALLELISM": "false"}


def _result(standings: Sequence[Standing], workload: Workload, what: str) -> Result:
    everything = len(workload.passages) + len(workload.padding)
    padded = f"; where time and memory count, {everything:,} passages" if workload.padding else ""
    rows = {key: {each.name: round(each.figures[key], 3) for each in standings} for key in ROWS}
    result = Result(
        "peers",
        f"Beside the peers: {what}, {len(workload.passages):,} passages, {len(workload.questions)} questions{padded}",
        ("", *(standing.name for standing in standings)),
        note=NOTE + "".join(f"\n\n{reason}" for reason in reasons(rows)),
        command="make peers",
    )
    for key, row in ROWS.items():
        result.rows.append((row.title, *rows[key].values()))
    return result


def _write(result: Result) -> None:
    folder = ROOT / ".benchmarks"
    folder.mkdir(exist_ok=True)
    content = {"machine": machine(), "title": result.title, "columns": result.columns, "rows": result.rows}
    (folder / "peers.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "peers.md").write_text(result.markdown(), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
