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
UNSHRUNK = 1e6
"""Inverse of the regularisation where one slope and one intercept are told from many rows."""
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


Fit = Callable[[Sequence[Example]], dict[str, Logistic]]
"""Makes a model for each case that has rows of both labels."""


def cross_validate(examples: Sequence[Example], method: Fit) -> list[NDArray[np.float64]]:
    """The log-odds of every example's rows, by models that saw no example of the same group."""
    odds = [np.zeros(0)] * len(examples)
    folds = GroupKFold(FOLDS).split(examples, groups=[example.group for example in examples])
    for seen, unseen in folds:
        models = method([examples[at] for at in seen])
        for at in unseen:
            odds[at] = apply(models, examples[at])
    return odds


def by_row(examples: Sequence[Example]) -> dict[str, Logistic]:
    """Logistic regression: each row is judged by itself."""
    return {name: _logistic(rows.rows, rows.label) for name, rows in _by_case(examples).items()}


def by_rank(examples: Sequence[Example]) -> dict[str, Logistic]:
    """Each case by itself: the weights that put a right row of an example first, and how sure a score then is.

    The first is softmax over the rows of each example (ListNet's top-one probability; Cao et al., 2007), the second
    logistic regression over the score.
    """
    models = {}
    for name, each in _by_case(examples).items():
        means, scales = standard(each.rows)
        weights = _softmax_weights((each.rows - means) / scales, each.label, each.number)
        slope, intercept = _sureness((each.rows - means) / scales @ weights, each.label)
        models[name] = Logistic(means, scales, weights * slope, intercept)
    return models


def by_rank_together(examples: Sequence[Example]) -> dict[str, Logistic]:
    """As `by_rank`, the rows of all cases in one list, so that a score says as much in each case."""
    cases = _by_case(examples)
    whole = _Rows.of(examples).only(tuple(cases))
    standards = {name: standard(each.rows) for name, each in cases.items()}
    width = whole.rows.shape[1] + 1
    columns = np.zeros((len(whole.rows), width * len(cases)))
    for place, (name, (means, scales)) in enumerate(standards.items()):
        here = whole.case == name
        columns[here, place * width : (place + 1) * width] = np.column_stack(
            [(whole.rows[here] - means) / scales, np.ones(here.sum())]
        )
    weights = _softmax_weights(columns, whole.label, whole.number)
    slope, intercept = _sureness(columns @ weights, whole.label)
    models = {}
    for (name, (means, scales)), own in zip(standards.items(), weights.reshape(len(cases), width), strict=True):
        models[name] = Logistic(means, scales, own[:-1] * slope, float(own[-1]) * slope + intercept)
    return models


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows with their cases and labels, and the number of the example that each is of."""

    rows: NDArray[np.float64]
    case: NDArray[np.str_]
    label: NDArray[np.bool_]
    number: NDArray[np.int64]

    @classmethod
    def of(cls, examples: Sequence[Example]) -> _Rows:
        """All rows, in order."""
        return cls(
            np.concatenate([example.rows for example in examples]),
            np.concatenate([example.case for example in examples]),
            np.concatenate([example.label for example in examples]),
            np.repeat(np.arange(len(examples)), [len(example.rows) for example in examples]),
        )

    def only(self, cases: Sequence[str]) -> _Rows:
        """The rows of these cases."""
        here = np.isin(self.case, cases)
        return _Rows(self.rows[here], self.case[here], self.label[here], self.number[here])


def _by_case(examples: Sequence[Example]) -> dict[str, _Rows]:
    """The rows of each case that has both labels."""
    whole = _Rows.of(examples)
    found = {str(name): whole.only([name]) for name in sorted(set(whole.case))}
    return {name: rows for name, rows in found.items() if len(set(rows.label)) > 1}


def _logistic(rows: NDArray[np.float64], label: NDArray[np.bool_]) -> Logistic:
    means, scales = standard(rows)
    model = LogisticRegression(max_iter=MOST_STEPS).fit((rows - means) / scales, label)
    return Logistic(means, scales, model.coef_[0], float(model.intercept_[0]))


def _sureness(score: NDArray[np.float64], label: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and intercept that make log-odds of a score."""
    model = LogisticRegression(C=UNSHRUNK, max_iter=MOST_STEPS).fit(score[:, None], label)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def _softmax_weights(
    rows: NDArray[np.float64], label: NDArray[np.bool_], number: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The weights of the highest likelihood, by the examples that have a right row."""
    answered = np.isin(number, number[label])
    rows, label, number = rows[answered], label[answered], number[answered]
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


def standard(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean and the scale of every column: its standard deviation, 1 where all values are the same."""
    spread = rows.std(axis=0)
    return rows.mean(axis=0), np.where(spread > 0, spread, 1.0)
