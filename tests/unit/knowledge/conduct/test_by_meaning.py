"""Verdicts on a text's meaning, from vectors that lie as far towards a class as can be."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.conduct.by_meaning import FITTED_FOR, class_probabilities, reason_by_meaning
from knowledge.learned import learned
from knowledge.model import Reason


def _towards(*reasons: Reason) -> NDArray[np.float32]:
    """The unit vector that speaks for these classes the most, and against the others."""
    models = learned("conduct")
    weights = sum(models[reason.value].weights for reason in reasons) / len(reasons)
    mean = sum(model.weights for model in models.values()) / len(models)
    direction = np.asarray(weights - mean, dtype=np.float32)
    return np.asarray(direction / np.linalg.norm(direction), dtype=np.float32)


@pytest.mark.parametrize(
    "reason", [Reason.SMALL_TALK, Reason.CLINICAL_ADVICE, Reason.CRISIS, Reason.OFF_TOPIC, Reason.NONE]
)
def test_a_vector_is_judged_by_the_class_it_lies_towards(reason: Reason) -> None:
    """Probabilities add up to 1, and the class in whose direction the vector lies is the likeliest."""
    probabilities = class_probabilities(_towards(reason))
    assert sum(probabilities.values()) == pytest.approx(1)
    assert probabilities[reason] > 0.9
    assert reason_by_meaning("jotain", _towards(reason), FITTED_FOR, evidence=0.1, answered=False) is reason


def test_documents_decide_what_is_on_topic() -> None:
    """Where they surely answer, a text that looks off topic is answered; small talk never is."""
    off, talk = _towards(Reason.OFF_TOPIC), _towards(Reason.SMALL_TALK)
    assert reason_by_meaning("sää", off, FITTED_FOR, evidence=0.9, answered=True) is Reason.NONE
    assert reason_by_meaning("sää", off, FITTED_FOR, evidence=0.3, answered=True) is Reason.OFF_TOPIC
    assert reason_by_meaning("moi", talk, FITTED_FOR, evidence=0.9, answered=True) is Reason.SMALL_TALK


def test_vectors_of_another_model_are_not_judged() -> None:
    """They mean something else."""
    vector = _towards(Reason.SMALL_TALK)
    assert reason_by_meaning("moi", vector, "another", evidence=0.0, answered=False) is Reason.NONE
