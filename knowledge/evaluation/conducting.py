"""`python -m knowledge.evaluation.conducting`: fit and measure how texts that are no questions are told.

`fit` reads texts with the class each belongs to, and writes `knowledge/coefficients/conduct.json`; `measure` asks every
text of a set the whole way, in a data folder in which some documents are indexed, and counts those that end in the
sentence that their class calls for, in the language they are written in.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression

from knowledge.conduct.by_meaning import FITTED_FOR
from knowledge.learned import COEFFICIENTS, learned
from knowledge.model import Answer, Audience, Reason
from knowledge.settings import Settings, load_settings
from knowledge.shell import output, sentences_for_errors
from knowledge.wiring import open_knowledge

QUESTION = "question"
NONSENSE = "nonsense"
STRENGTH = 0.03
"""Inverse of the regularisation: the texts are few beside the vector's length."""
DIGITS = 3
MOST_STEPS = 5000
RIGHT = {
    "small_talk": {Reason.SMALL_TALK},
    "clinical_advice": {Reason.CLINICAL_ADVICE},
    "crisis": {Reason.CRISIS},
    "off_topic": {Reason.OFF_TOPIC, Reason.THIN_EVIDENCE},
    NONSENSE: {Reason.EMPTY, Reason.TOO_LONG, Reason.OFF_TOPIC, Reason.THIN_EVIDENCE},
    QUESTION: {Reason.NONE, Reason.UNSURE, Reason.THIN_EVIDENCE},
}
"""The reasons of which each class must meet with one."""
app = typer.Typer(add_completion=False)
Sets = Annotated[list[Path], typer.Argument(help="Files of one JSON object a line: text, lang, expected, half.")]
Home = Annotated[Path, typer.Option(help="A data folder.")]
Half = Annotated[str, typer.Option(help="Look at this half only, where a text says which it is of.")]


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text, its language, and the class it belongs to."""

    text: str
    language: str
    expected: str


@app.command()
def fit(sets: Sets, *, home: Home, half: Half = "seen") -> None:
    """Fit the coefficients to some texts."""
    with sentences_for_errors():
        embedder = open_knowledge(_settings(home)).embedder
    utterances = [each for each in read_utterances(sets, half) if any(letter.isalnum() for letter in each.text)]
    vectors = np.array([embedder.embed_query(each.text) for each in utterances], dtype=np.float64)
    means, scales = vectors.mean(axis=0), vectors.std(axis=0)
    model = LogisticRegression(C=STRENGTH, max_iter=MOST_STEPS, class_weight="balanced")
    model.fit((vectors - means) / scales, [_reason(each.expected).value for each in utterances])
    weights = (model.coef_ / scales).round(DIGITS)
    intercepts = model.intercept_ - weights @ means
    lines = [
        f'"{case}": '
        + json.dumps({"means": 0, "scales": 1, "weights": own.tolist(), "intercept": round(intercept, DIGITS)})
        for case, own, intercept in zip(model.classes_, weights, intercepts.tolist(), strict=True)
    ]
    (COEFFICIENTS / "conduct.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    learned.cache_clear()
    output.print(f"Fitted to {len(utterances)} texts.")


@app.command()
def measure(sets: Sets, *, home: Home, half: Half = "", missed: bool = False) -> None:
    """Count the texts of each class that are handled rightly; `--missed` lists the others."""
    with sentences_for_errors():
        answerer = open_knowledge(_settings(home)).answerer
    asked, right = Counter[str](), Counter[str]()
    for each in read_utterances(sets, half):
        answer = answerer.ask(each.text, audience=Audience.MEMBERS)
        asked[each.expected] += 1
        right[each.expected] += is_handled(each, answer)
        if missed and not is_handled(each, answer):
            output.print(f"{each.expected} ({each.language}): {answer.reason} ({answer.language}): {each.text[:100]}")
    refused = sum(count for expected, count in asked.items() if expected != QUESTION)
    for expected, count in sorted(asked.items()):
        output.print(f"{expected}: {right[expected]} of {count}")
    output.print(f"all that is no question: {right.total() - right[QUESTION]} of {refused}")


def read_utterances(sets: Sequence[Path], half: str = "") -> list[Utterance]:
    """The texts of some files: all, or those of one half; a text of no half is of both."""
    lines = [json.loads(line) for path in sets for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Utterance(line["text"], line["lang"], line["expected"])
        for line in lines
        if not half or line.get("half", half) == half
    ]


def is_handled(utterance: Utterance, answer: Answer) -> bool:
    """Whether the answer's sentence is one that the class calls for; nonsense and single names are of no language."""
    spoken = utterance.expected in {NONSENSE, QUESTION} or answer.language.value == utterance.language
    return spoken and answer.reason in RIGHT[utterance.expected]


def _reason(expected: str) -> Reason:
    """Orders to the machine and keyboard mash are as little of the documents as the weather is."""
    return {QUESTION: Reason.NONE, NONSENSE: Reason.OFF_TOPIC}.get(expected) or Reason(expected)


def _settings(home: Path) -> Settings:
    return load_settings().model_copy(update={"data_dir": home, "database_url": "", "embedding_model": FITTED_FOR})


if __name__ == "__main__":
    app()
