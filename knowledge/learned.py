"""Small logistic models whose coefficients stand in `coefficients/`; `knowledge.evaluation.fitting` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COEFFICIENTS = Path(__file__).parent / "coefficients"


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights over standardised features."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercept: float

    def log_odds(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of every row of features being the case; shape (rows,)."""
        odds: NDArray[np.float64] = (features - self.means) / self.scales @ self.weights + self.intercept
        return odds

    def probability(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of every row of features being the case, 0 to 1; shape (rows,)."""
        probability: NDArray[np.float64] = 1 / (1 + np.exp(-self.log_odds(features)))
        return probability


@lru_cache
def learned(name: str) -> Mapping[str, Logistic]:
    """The models of `coefficients/<name>.json` by the case that each is for."""
    content = json.loads((COEFFICIENTS / f"{name}.json").read_text(encoding="utf-8"))
    return {
        case: Logistic(np.array(part["means"]), np.array(part["scales"]), np.array(part["weights"]), part["intercept"])
        for case, part in content.items()
    }
