"""`python -m knowledge.evaluation.refusing`: how well texts about a certain patient are told from ordinary ones.

`measure` reads labelled texts as messages and prints precision and recall; `scan` reads texts that are all ordinary,
each line of the files that it is given as of a document, and counts those that would be refused by mistake.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from knowledge.privacy import kind_of_personal_data, personal_data_in
from knowledge.shell import output

REFUSE = "refuse"
READABLE = {".md", ".txt", ".jsonl", ".json", ".csv", ".tsv"}
app = typer.Typer(add_completion=False, help="Measure what is refused as personal data.")
Sets = Annotated[list[Path], typer.Argument(help="Files of one JSON object a line: text, lang, expected, half.")]
Places = Annotated[list[Path], typer.Argument(help="Files of plain text, or folders of them.")]
Half = Annotated[str, typer.Option(help="Look at this half only.")]
Shown = Annotated[bool, typer.Option("--missed", help="Also show what was told wrongly.")]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many texts were refused and let pass, rightly and wrongly."""

    refused: int
    refused_wrongly: int
    passed: int
    passed_wrongly: int

    @property
    def precision(self) -> float:
        """The share of the refused that were to be refused."""
        return self.refused / max(self.refused + self.refused_wrongly, 1)

    @property
    def recall(self) -> float:
        """The share of those to be refused that were."""
        return self.refused / max(self.refused + self.passed_wrongly, 1)


@app.command()
def measure(sets: Sets, *, half: Half = "", missed: Shown = False) -> None:
    """Precision and recall over labelled texts, in all and by language."""
    texts = list(read_texts(sets, half))
    for language in ("", *sorted({each["lang"] for each in texts})):
        told = outcome([each for each in texts if language in {"", each["lang"]}])
        output.print(
            f"{language or 'all'}: precision {told.precision:.3f}, recall {told.recall:.3f} "
            f"({told.refused} refused, {told.refused_wrongly} wrongly; "
            f"{told.passed} passed, {told.passed_wrongly} wrongly)"
        )
    for each in texts if missed else ():
        if bool(personal_data_in(each["text"])) is not (each["expected"] == REFUSE):
            output.print(f"{each['expected']}: {each['text']}")


@app.command()
def scan(places: Places, *, missed: Shown = False) -> None:
    """Count the lines of ordinary texts that would be refused."""
    kinds, lines = Counter[str](), 0
    for path, line in lines_of(places):
        lines += 1
        if kind := kind_of_personal_data(line):
            kinds[kind] += 1
            if missed:
                output.print(f"{path.name}: {kind}: {line[:300]}", markup=False)
    output.print(f"{kinds.total()} of {lines} lines would be refused")
    for kind, count in kinds.most_common():
        output.print(f"{kind}: {count}")


def read_texts(sets: Sequence[Path], half: str = "") -> Iterator[dict[str, str]]:
    """The labelled texts of some files: all, or those of one half."""
    for path in sets:
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)
            if not half or text["half"] == half:
                yield text


def outcome(texts: Iterable[dict[str, str]]) -> Outcome:
    """What becomes of labelled texts."""
    counts = Counter((bool(personal_data_in(each["text"])), each["expected"] == REFUSE) for each in texts)
    return Outcome(counts[True, True], counts[True, False], counts[False, False], counts[False, True])


def lines_of(places: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Every line that says something, with the file that it stands in."""
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in files:
            if path.is_file() and path.suffix in READABLE:
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                yield from ((path, line) for line in lines if line.strip())


if __name__ == "__main__":
    app()
