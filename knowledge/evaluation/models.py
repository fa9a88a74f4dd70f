"""Fitting small logistic models to labelled rows, judged by cross-validation that keeps a document in one fold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from knowledge.learned import COEFFICIENTS, Logistic, learned

FOLDS = 5
DIGITS = 6
MOST_STEPS = 3000
SHRINK = 1e-3
"""Weight of the squared weights beside the mean negative log-likelihood."""
WRONG = 1e3
"""Taken off the score of wrong rows, so that only right ones share the probability."""
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Example:
    """Rows that are judged together: a question's candidates, or a passage's sentences.

    `group` is the document that answers; `case` names for each row the model that it is for.
    """

    group: str
    rows: NDArray[np.float64]
    case: NDArray[np.str_]
    label: NDArray[np.bool_]


Fit = Callable[[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]], Logistic]
"""Makes a model from rows, their labels, and the number of the example that each is of."""


def fit(examples: Sequence[Example], method: Fit) -> dict[str, Logistic]:
    """A model for each case that has rows of both labels."""
    rows = np.concatenate([example.rows for example in examples])
    case = np.concatenate([example.case for example in examples])
    label = np.concatenate([example.label for example in examples])
    number = np.repeat(np.arange(len(examples)), [len(example.rows) for example in examples])
    models = {}
    for name in sorted(set(case)):
        here = case == name
        if len(set(label[here])) > 1:
            models[str(name)] = method(rows[here], label[here], number[here])
    return models


def cross_validate(examples: Sequence[Example], method: Fit) -> list[NDArray[np.float64]]:
    """The log-odds of every example's rows, by models that saw no example of the same group."""
    odds = [np.zeros(0)] * len(examples)
    folds = GroupKFold(FOLDS).split(examples, groups=[example.group for example in examples])
    for seen, unseen in folds:
        models = fit([examples[at] for at in seen], method)
        for at in unseen:
            odds[at] = apply(models, examples[at])
    return odds


def by_row(rows: NDArray[np.float64], label: NDArray[np.bool_], number: NDArray[np.int64]) -> Logistic:
    """Logistic regression: each row is judged by itself."""
    del number
    means, scales = _standard(rows)
    model = LogisticRegression(max_iter=MOST_STEPS).fit((rows - means) / scales, label)
    return Logistic(means, scales, model.coef_[0], float(model.intercept_[0]))


def by_rank(rows: NDArray[np.float64], label: NDArray[np.bool_], number: NDArray[np.int64]) -> Logistic:
    """Softmax over the rows of each example (ListNet's top-one probability; Cao et al., 2007), then log-odds.

    The weights are those that put a right row first; how sure a score is, a logistic regression over it tells.
    """
    means, scales = _standard(rows)
    standard = (rows - means) / scales
    answered = np.isin(number, number[label])
    weights = _softmax_weights(standard[answered], label[answered], number[answered])
    score = standard @ weights
    sure = LogisticRegression(max_iter=MOST_STEPS).fit(score[:, None], label)
    return Logistic(means, scales, weights * float(sure.coef_[0][0]), float(sure.intercept_[0]))


def _softmax_weights(
    rows: NDArray[np.float64], label: NDArray[np.bool_], number: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The weights of the highest likelihood; every example must have a right row."""
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    sizes = np.diff(np.append(starts, len(number)))

    def shares(score: NDArray[np.float64]) -> NDArray[np.float64]:
        likely = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        total: NDArray[np.float64] = likely / np.repeat(np.add.reduceat(likely, starts), sizes)
        return total

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = rows @ weights
        share, right = shares(score), shares(np.where(label, score, score - WRONG))
        first = np.add.reduceat(np.where(label, share, 0.0), starts)
        value = -float(np.log(np.maximum(first, TINY)).mean()) + SHRINK * float(weights @ weights)
        return value, rows.T @ (share - right) / len(starts) + 2 * SHRINK * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    best: NDArray[np.float64] = found.x
    return best


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


def _standard(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    spread = rows.std(axis=0)
    return rows.mean(axis=0), np.where(spread > 0, spread, 1.0)
