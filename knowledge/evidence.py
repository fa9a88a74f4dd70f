"""How sure it is that the answer is in what was found: a logistic model over what retrieval saw.

The coefficients in `evidence.json` are fitted by `python -m knowledge.evaluation.fitting`, on questions whose answer
is indexed against the same questions with their document taken out. `ENOUGH` is the probability below which the
bot says "not found".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language
from knowledge.quoting import coverage
from knowledge.search import Found
from knowledge.sentences import split_sentences

ENOUGH = 0.5
DEPTH = 12
"""Hits looked at, whatever the number searched for."""
COEFFICIENTS = Path(__file__).parent / "evidence.json"
FEATURES = (
    "cosine_best",
    "cosine_first",
    "cosine_ahead",
    "lemma_best",
    "lemma_first",
    "gram_best",
    "gram_first",
    "score_first",
    "score_ahead",
    "score_ahead_of_fifth",
    "sentence_best",
    "lemma_ahead",
    "gram_ahead",
)


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights over standardised features."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercept: float

    def probability(self, features: NDArray[np.float64]) -> float:
        """Of the answer being among the hits, 0 to 1."""
        linear = float((features - self.means) / self.scales @ self.weights + self.intercept)
        return float(1 / (1 + np.exp(-linear)))


def evidence(found: Found) -> float:
    """The probability that the hits hold the answer, 0 to 1; 0 without hits."""
    if not found.hits:
        return 0.0
    return round(_models()[pair_name(found)].probability(features(found)), 4)


def pair_name(found: Found) -> str:
    """Which of the two models applies: `same` language of question and best passage, or `other`."""
    languages = {found.language, found.hits[0].passage.language}
    return "same" if len(languages) == 1 or Language.UNKNOWN in languages else "other"


def features(found: Found) -> NDArray[np.float64]:
    """What the model looks at, in the order of FEATURES; there must be a hit."""
    cosines, lemmas, grams, scores = (
        np.array(values)
        for values in zip(
            *(
                (
                    hit.parts.vector,
                    hit.parts.lemma / found.lemma_ideal,
                    hit.parts.gram / found.gram_ideal,
                    hit.score,
                )
                for hit in found.hits[:DEPTH]
            ),
            strict=True,
        )
    )
    first = found.hits[0].passage
    sentences = coverage(found.question, split_sentences(first.text, first.language), first.language)
    return np.array(
        [
            cosines.max(),
            cosines[0],
            cosines[0] - _others(cosines),
            lemmas.max(),
            lemmas[0],
            grams.max(),
            grams[0],
            scores[0],
            scores[0] - (scores[1] if len(scores) > 1 else 0),
            scores[0] - (scores[4] if len(scores) > 4 else 0),  # noqa: PLR2004 - the fifth hit
            max(sentences, default=0.0),
            lemmas[0] - _others(lemmas),
            grams[0] - _others(grams),
        ]
    )


def _others(values: NDArray[np.float64]) -> float:
    return float(values[1:].mean()) if len(values) > 1 else 0.0


_loaded: dict[str, Logistic] = {}


def _models() -> dict[str, Logistic]:
    if not _loaded:
        content = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
        for name in ("same", "other"):
            part = content[name]
            _loaded[name] = Logistic(
                np.array(part["means"]), np.array(part["scales"]), np.array(part["weights"]), part["intercept"]
            )
    return _loaded
