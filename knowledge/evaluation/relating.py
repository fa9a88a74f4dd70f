"""`python -m knowledge.evaluation.relating [FOLDER]`: how well related use cases find each other.

States recall at five of Solmu's matching beside BM25 and plain vectors: over the sample's use cases in three languages,
over what members seek among them, and over the catalogues of a folder.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from knowledge.evaluation.related_cards import Indexed, index_cases
from knowledge.evaluation.related_sets import Case, Seeker, read_cases, read_groups, read_seekers, without_names
from knowledge.evaluation.rivals import bm25, cosines
from knowledge.matching.relating import scores
from knowledge.model import Language
from knowledge.settings import load_settings
from knowledge.shell import output, progress_bar, sentences_for_errors
from knowledge.wiring import open_knowledge

DEPTH = 5
THREADS = 2
DATA = Path("tests/data")
SAMPLE = Path("bot/sandbox/sample/usecases.jsonl")
METHODS = ("BM25", "plain vectors", "matching")
_Related = Mapping[str, Collection[str]]
app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One that looks for related use cases: how each method scores every use case, and which are right.

    A `barred` use case cannot be found: the one that asks, and what its owner has.
    """

    language: Language
    by_method: Sequence[NDArray[np.float64]]
    right: Collection[int]
    barred: Collection[int]


@app.command()
def main(
    folder: Annotated[Path | None, typer.Argument(help="A folder with catalogues of use cases as `.jsonl`.")] = None,
    *,
    groups: Annotated[Path, typer.Option(help="Which of the folder's use cases are related.")] = DATA
    / "related_public_use_cases.tsv",
    work: Annotated[Path | None, typer.Option(help="Keep the data folder here and reuse its vectors.")] = None,
) -> None:
    """Embed the use cases into a throw-away folder, compare them, and print the table."""
    with sentences_for_errors(), ExitStack() as stack:
        kept = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="solmu-relating-")))
        bar = stack.enter_context(progress_bar())
        embedded = partial(bar.advance, bar.add_task("Embedding use cases", total=None))
        sample, seekers = read_cases(SAMPLE), read_seekers(DATA / "seeking_members.jsonl")
        indexed = _index(sample, seekers, kept / "sample", embedded)
        related = read_groups(DATA / "related_sample_use_cases.tsv", sample)
        rows = _rows("sample", ask_cases(sample, indexed, related), sample)
        rows |= _rows("sample, what members seek", ask_seekers(sample, seekers, indexed), sample)
        if folder:
            public = without_names(read_cases(folder), folder)
            found = _index(public, (), kept / "public", embedded)
            rows |= _rows(folder.name, ask_cases(public, found, read_groups(groups, public)), public)
    _print(rows)


def ask_cases(cases: Sequence[Case], indexed: Indexed, related: _Related) -> list[Asked]:
    """Every use case that has related ones looks for them among all of them."""
    texts = [(" ".join([case.title, *case.topics, case.text]), case.language) for case in cases]
    vectors = np.stack([indexed.vectors[case.id] for case in cases])
    tables = bm25(texts, texts), cosines(vectors, vectors), scores(indexed.cases)
    number = {case.id: at for at, case in enumerate(cases)}
    return [
        Asked(
            case.language,
            [table[at] for table in tables],
            [number[other] for other in related[case.id]],
            {at} | {place for place, other in enumerate(cases) if other.owner == case.owner != ""},
        )
        for at, case in enumerate(cases)
        if case.id in related
    ]


def ask_seekers(cases: Sequence[Case], seekers: Sequence[Seeker], indexed: Indexed) -> list[Asked]:
    """Every seeker looks for the use cases that fit."""
    texts = [(" ".join([case.title, *case.topics, case.text]), case.language) for case in cases]
    wishes = [(seeker.text, seeker.language) for seeker in seekers]
    vectors = np.stack([indexed.vectors[case.id] for case in cases])
    together = scores([*indexed.seekers, *indexed.cases])[: len(seekers), len(seekers) :]
    tables = bm25(wishes, texts), cosines(indexed.wishes, vectors), together
    number = {case.id: at for at, case in enumerate(cases)}
    return [
        Asked(seeker.language, [table[at] for table in tables], [number[fit] for fit in seeker.fits], ())
        for at, seeker in enumerate(seekers)
    ]


def recall(asked: Asked, method: int, among: Collection[int]) -> float:
    """The share of the right ones that are found among some, of as many as could be; 0 to 1."""
    table = np.full(len(asked.by_method[method]), -np.inf)
    allowed = sorted(set(among) - set(asked.barred))
    table[allowed] = asked.by_method[method][allowed]
    first = set(np.argsort(-table, kind="stable")[:DEPTH].tolist())
    right = set(asked.right) & set(among)
    return len(first & right) / min(DEPTH, len(right))


def _index(cases: Sequence[Case], seekers: Sequence[Seeker], folder: Path, embedded: Callable[[int], None]) -> Indexed:
    settings = load_settings().model_copy(update={"data_dir": folder, "database_url": ""})
    knowledge = open_knowledge(settings, embedding_threads=THREADS)
    return index_cases(cases, seekers, knowledge.store, knowledge.embedder, knowledge.clock, embedded)


def _rows(name: str, asked: Sequence[Asked], cases: Sequence[Case]) -> dict[str, list[float]]:
    """Askers and recall by method: among all, and where there are several, of their language and of the others."""
    spoken = [case.language for case in cases]
    everything = range(len(cases))
    rows = {name: measure(asked, lambda _: everything)}
    if len(set(spoken)) > 1:
        same, other = "the same language", "another language"
        rows[f"{name}: {same}"] = measure(asked, lambda each: [at for at in everything if spoken[at] == each.language])
        rows[f"{name}: {other}"] = measure(asked, lambda each: [at for at in everything if spoken[at] != each.language])
    return rows


def measure(asked: Sequence[Asked], among: Callable[[Asked], Collection[int]]) -> list[float]:
    """How many have somebody to find among some, and what each method finds of it on average, 0 to 1."""
    having = [each for each in asked if set(each.right) & set(among(each))]
    found = [statistics.fmean(recall(each, method, among(each)) for each in having) for method in range(len(METHODS))]
    return [len(having), *found]


def _print(rows: Mapping[str, Sequence[float]]) -> None:
    output.print("| recall@5 | asked | " + " | ".join(METHODS) + " |")
    output.print("| --- |" + " --- |" * (len(METHODS) + 1))
    for name, (count, *values) in rows.items():
        output.print(f"| {name} | {count} | " + " | ".join(f"{value:.3f}" for value in values) + " |")


if __name__ == "__main__":
    app()
