"""`python -m tests.grounding`: how many true and false sentences the check of written answers tells right.

The rules were made on the first set, and mended on what they told wrong of the second and the third when they first saw
them; docs/language-model.md has what that was.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.table import Table

from knowledge.adapters.embedder import open_embedder
from knowledge.answering.grounding import Evidence, Judge
from knowledge.model import Language
from knowledge.ports import Embedder
from knowledge.shell import output

DATA = Path(__file__).parent / "data"
SETS = {f"set {number}": DATA / f"supported_sentences_{number}.jsonl" for number in (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim about a passage: what it is, and what was decided."""

    language: Language
    source: Language
    kind: str
    text: str
    is_true: bool
    is_supported: bool

    @property
    def crosses(self) -> bool:
        """Whether it is in another language than its source."""
        return self.language is not self.source


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the true sentences were kept, and how many of the false ones."""

    true: int
    kept: int
    false: int
    wrongly_kept: int

    @property
    def recall(self) -> float:
        """The share of the true sentences that is kept."""
        return self.kept / max(1, self.true)

    @property
    def precision(self) -> float:
        """The share of what is kept that is true."""
        return self.kept / max(1, self.kept + self.wrongly_kept)


def judge_all(file: Path, embedder: Embedder) -> Iterator[Judged]:
    """Every sentence of a set, judged."""
    judge = Judge(embedder)
    for line in file.read_text(encoding="utf-8").splitlines():
        group = json.loads(line)
        source = Language(group["language"])
        evidence = Evidence(group["passage"], source, [group["title"]], embedder)
        for claim in group["claims"]:
            language = Language(claim["language"])
            supported = judge.supports(evidence, claim["text"], language)
            yield Judged(language, source, claim["kind"], claim["text"], claim["supported"], supported)


def tally(judged: Sequence[Judged]) -> Tally:
    """The counts."""
    true, false = [each for each in judged if each.is_true], [each for each in judged if not each.is_true]
    return Tally(
        len(true), sum(each.is_supported for each in true), len(false), sum(each.is_supported for each in false)
    )


def main() -> None:
    """Judge all sets and print what was told right, and each sentence that was not."""
    table = Table("set", "sentences", "true kept", "false kept", "recall", "precision")
    with tempfile.TemporaryDirectory(prefix="solmu-grounding-") as home:
        embedder = open_embedder("bundled", "", Path(home))
        embedder.embed_query("warm")
        started, seen = time.perf_counter(), 0
        for name, file in SETS.items():
            judged = list(judge_all(file, embedder))
            seen += len(judged)
            for part, some in _parts(judged):
                row = tally(some)
                kept = (f"{row.kept} of {row.true}", f"{row.wrongly_kept} of {row.false}")
                table.add_row(f"{name}, {part}", str(len(some)), *kept, f"{row.recall:.3f}", f"{row.precision:.3f}")
            for each in judged:
                if each.is_true is not each.is_supported:
                    output.print(f"{'held back' if each.is_true else 'WRONGLY KEPT'} ({each.kind}): {each.text}")
        seconds = time.perf_counter() - started
    output.print(table)
    output.print(f"{seen} sentences, {1000 * seconds / seen:.0f} ms each, with the embedding of their passages")


def _parts(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    for language in (Language.FI, Language.SV, Language.EN):
        yield language.value, [each for each in judged if not each.crosses and each.language is language]
    yield "across languages", [each for each in judged if each.crosses]
    yield "all", list(judged)


if __name__ == "__main__":
    typer.run(main)
