"""`python -m tests.choices SETS --work DIR`: what each choice in finding is worth, as tables for `docs/evaluation.md`.

Reads the question sets `squad2fi`, `squad2-en2fi` and `swequad` of one folder; their documents are indexed once each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from knowledge.evaluation.collection import Collection, read_collection
from knowledge.evaluation.fitting import SETS, THREADS
from knowledge.evaluation.indexing import index_documents
from knowledge.settings import Settings
from knowledge.shell import output, progress_bar, sentences_for_errors
from knowledge.wiring import Knowledge, open_knowledge
from tests.choices.signals import Look, fusions, look, singles
from tests.choices.words import analysers

SAME_LANGUAGE = ("squad2fi", "swequad")


def main(
    sets: Annotated[Path, typer.Argument(help="The folder that holds the question sets.")],
    *,
    work: Annotated[Path, typer.Option(help="Keep a data folder for each corpus here, and reuse it.")],
    every: Annotated[int, typer.Option(min=1, help="Look at every n-th question only.")] = 1,
) -> None:
    """Print a table of the analysers of words, of the single signals, and of the ways to fuse them."""
    with sentences_for_errors():
        collections = {name: read_collection(sets / name, sets / corpus) for name, corpus in SETS.items()}
        opened = {name: _opened(work / corpus, collections[name]) for name, corpus in SETS.items()}
        looks: dict[str, list[Look]] = {name: look(opened[name], collections[name], every) for name in SETS}
        _print("words alone, BM25", analysers({name: collections[name] for name in SAME_LANGUAGE}, every))
        _print("single signals", {name: singles(each) for name, each in looks.items()})
        _print("fused", {name: fusions(each) for name, each in looks.items()})


def _opened(folder: Path, collection: Collection) -> Knowledge:
    knowledge = open_knowledge(Settings(data_dir=folder), embedding_threads=THREADS)
    with progress_bar() as bar:
        task = bar.add_task("Embedding passages", total=None)
        index_documents(
            list(collection.documents),
            knowledge.store,
            knowledge.shelf,
            knowledge.embedder,
            knowledge.clock,
            lambda count: bar.advance(task, count),
        )
    return knowledge


def _print(title: str, table: dict[str, dict[str, float]]) -> None:
    """Rows are what was tried, columns the sets; every figure is nDCG@10."""
    output.print(f"\n| {title} | {' | '.join(table)} |\n| --- |{' --- |' * len(table)}", soft_wrap=True)
    for name in next(iter(table.values())):
        figures = (f"{column[name]:.3f}".removeprefix("0") for column in table.values())
        output.print(f"| {name} | {' | '.join(figures)} |", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
