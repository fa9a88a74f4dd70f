"""`python -m tests.hostile files|payloads`: hostile input by the ten thousand, and what became of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from knowledge.shell import output
from tests.hostile.files import Limits, Outcome, Run, write_mutant
from tests.hostile.marking import CANARY
from tests.hostile.mutants import Mutants
from tests.hostile.seeds import seeds
from tests.hostile.siege import Damage, besiege
from tests.scenario.bot_process import build_index

app = typer.Typer(help="Hostile input by the ten thousand.", no_args_is_help=True)
CANARY_FILE = Path(tempfile.gettempdir()) / "solmu-canary.txt"
"""Some mutants name it; its place is part of them."""
SHOWN = 40
"""Findings of one run that are listed."""


@app.callback()
def main() -> None:
    """Hostile input by the ten thousand."""


@app.command()
def files(
    kinds: Annotated[list[str] | None, typer.Option("--format", help="pdf, docx, …; all where not said.")] = None,
    count: Annotated[int, typer.Option(help="Mutants of each format.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same mutants.")] = 1,
    first: Annotated[int, typer.Option(help="Number of the first one.")] = 0,
    minutes: Annotated[float, typer.Option(help="After so many each format is left, finished or not.")] = 600,
    keep: Annotated[Path | None, typer.Option(help="Write them there rather than read them.")] = None,
) -> None:
    """Read mutated files in the real reading process; ends with 1 where anything was found."""
    wanted = [f".{kind}" for kind in kinds] if kinds else list(seeds())
    found = 0
    CANARY_FILE.write_text(CANARY, encoding="utf-8")
    mutants, numbers = Mutants(seed, CANARY_FILE), range(first, first + count)
    for extension in wanted:
        if keep:
            for number in numbers:
                output.print(str(write_mutant(mutants, extension, number, keep)))
        else:
            outcome = Run(extension, mutants, Limits()).over(numbers, seed, minutes)
            _tell(outcome)
            found += len(outcome.findings)
    raise typer.Exit(int(found > 0))


@app.command()
def payloads(
    count: Annotated[int, typer.Option(help="Mutants to send.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same changes.")] = 1,
    first: Annotated[int, typer.Option(help="Number of the first one.")] = 0,
    log: Annotated[Path | None, typer.Option(help="Keep the bot's log there.")] = None,
) -> None:
    """Send mutated deliveries to a real bot; ends with 1 where anything was found."""
    with tempfile.TemporaryDirectory(prefix="solmu-hostile-") as folder:
        data = Path(folder) / "data"
        build_index(data)
        damage = besiege(data, count, seed, first)
        output.print(_told(damage, seed))
        for finding in damage.findings[:SHOWN]:
            output.print(f"  {finding}")
        if log:
            shutil.copy(Path(folder) / "data.log", log)
    raise typer.Exit(int(bool(damage.findings)))


def _told(damage: Damage, seed: int) -> str:
    answers = ", ".join(f"{name} {often}" for name, often in sorted(damage.answers.items()))
    return (
        f"Payloads, seed {seed}: {damage.sent} mutants of {damage.templates} deliveries in {damage.seconds:.0f} s, "
        f"the longest {damage.longest:.2f} s; {answers}. {damage.questions} good questions between; "
        f"{damage.told} failures told to whoever waited. The bot's memory: {damage.before_mb} MB before, "
        f"{damage.after_mb} MB after, {damage.peak_mb} MB at its most. Findings: {len(damage.findings)}."
    )


def _tell(outcome: Outcome) -> None:
    ended = ", ".join(f"{name} {count}" for name, count in outcome.ended.most_common())
    output.print(
        f"{outcome.extension} seed {outcome.seed}: {outcome.read} mutants in {outcome.seconds:.0f} s, "
        f"the longest {outcome.longest:.1f} s; {ended}. {outcome.well} readings of a well-formed file between. "
        f"Peak memory: reading process {outcome.child_mb} MB, indexer {outcome.own_mb} MB. "
        f"Findings: {len(outcome.findings)}.",
        soft_wrap=True,
    )
    for finding in outcome.findings[:SHOWN]:
        output.print(f"  {finding}", soft_wrap=True, markup=False)


if __name__ == "__main__":
    app()
