"""Fitting small logistic models to labelled rows, judged by cross-validation that keeps a document in one fold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from knowledge.learned import COEFFICIENTS, Logistic, learned

FOLDS = 5
DIGITS = 6
MOST_STEPS = 3000


@dataclass(frozen=True, slots=True)
class Example:
    """Rows that are judged together: a question's candidates, or a passage's sentences.

    `group` is the document that answers; `case` names for each row the model that it is for.
    """

    group: str
    rows: NDArray[np.float64]
    case: NDArray[np.str_]
    label: NDArray[np.bool_]


def fit(examples: Sequence[Example], strength: float = 1.0) -> dict[str, Logistic]:
    """A model for each case that has rows of both labels; `strength` is the inverse of the regularisation."""
    rows = np.concatenate([example.rows for example in examples])
    case = np.concatenate([example.case for example in examples])
    label = np.concatenate([example.label for example in examples])
    models = {}
    for name in sorted(set(case)):
        here = case == name
        if len(set(label[here])) > 1:
            models[str(name)] = _fit(rows[here], label[here], strength)
    return models


def cross_validate(examples: Sequence[Example], strength: float = 1.0) -> list[NDArray[np.float64]]:
    """The log-odds of every example's rows, by models that saw no example of the same group."""
    odds = [np.zeros(0)] * len(examples)
    folds = GroupKFold(FOLDS).split(examples, groups=[example.group for example in examples])
    for seen, unseen in folds:
        models = fit([examples[at] for at in seen], strength)
        for at in unseen:
            odds[at] = apply(models, examples[at])
    return odds


def apply(models: Mapping[str, Logistic], example: Example) -> NDArray[np.float64]:
    """The log-odds of an example's rows, each by the model of its case."""
    odds = np.full(len(example.rows), -np.inf)
    for name, model in models.items():
        odds[example.case == name] = model.log_odds(example.rows[example.case == name])
    return odds


def write(name: str, models: Mapping[str, Logistic]) -> None:
    """Replace the coefficients that Solmu works with."""
    content = {
        case: {
            "means": model.means.round(DIGITS).tolist(),
            "scales": model.scales.round(DIGITS).tolist(),
            "weights": model.weights.round(DIGITS).tolist(),
            "intercept": round(model.intercept, DIGITS),
        }
        for case, model in models.items()
    }
    (COEFFICIENTS / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    learned.cache_clear()


def _fit(rows: NDArray[np.float64], label: NDArray[np.bool_], strength: float) -> Logistic:
    means = rows.mean(axis=0)
    spread = rows.std(axis=0)
    scales = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=strength, max_iter=MOST_STEPS).fit((rows - means) / scales, label)
    return Logistic(means, scales, model.coef_[0], float(model.intercept_[0]))
