"""`python -m tests.guard`: ask Solmu the project's own questions, and fail where an answer got worse.

The same questions, record and floors as `tests/integration/test_answers.py`, with the figures shown. `--record` writes
the record anew: what a change made worse for the sake of what it made better then stands in its diff. The floors stay
as they are.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from knowledge.evaluation.guarding import Shares, below, gained, lost, read_floors, shares
from knowledge.evaluation.own import Asked, ask_own, read_questions, read_record, write_record
from knowledge.settings import Settings
from knowledge.shell import errors, output, progress_bar, sentences_for_errors
from knowledge.wiring import open_knowledge
from tests.sample import FLOORS, QUESTIONS, RECORD, index_sample


def main(
    *, record: Annotated[bool, typer.Option("--record", help="Take the answers as the new record.")] = False
) -> None:
    """Ask, show the shares, and name what got worse."""
    with sentences_for_errors(), tempfile.TemporaryDirectory(prefix="solmu-guard-") as folder:
        asked = _ask_all(Path(folder))
        reached, floors = shares(asked), read_floors(FLOORS)
        output.print(_table(reached, floors))
        problems = list(below(reached, floors))
        if record and not problems:
            write_record(RECORD, asked)
        recorded = read_record(RECORD)
        problems += lost(asked, recorded)
        output.print(f"{len(asked)} questions, {gained(asked, recorded)} of them with a merit that is not recorded yet")
    for problem in problems:
        errors.print(problem)
    raise typer.Exit(int(bool(problems)))


def _ask_all(home: Path) -> list[Asked]:
    index_sample(home)
    knowledge = open_knowledge(Settings(data_dir=home))
    questions = read_questions(QUESTIONS)
    with progress_bar() as bar:
        task = bar.add_task("Asking", total=len(questions))
        asked = list(bar.track(ask_own(questions, knowledge.answerer, knowledge.store), task_id=task))
    knowledge.store.dispose()
    return asked


def _table(reached: Shares, floors: Shares) -> Table:
    table = Table("", *(language for language in next(iter(reached.values()))))
    for merit, by_language in reached.items():
        cells = (f"{share:.3f} (floor {floors[merit][code]})" for code, share in by_language.items())
        table.add_row(merit, *cells)
    return table


if __name__ == "__main__":
    typer.run(main)
