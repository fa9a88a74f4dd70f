"""What patterns miss: whether a text's meaning is that of small talk, a plea for advice, or nothing of ours at all.

The vector is the one that the search made anyway, so this costs a dot product. The coefficients are fitted by
`python -m knowledge.evaluation.conducting` to the vectors of the bundled model; another model's vectors mean something
else, and are not judged.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from knowledge.conduct.work_words import speaks_of_work
from knowledge.learned import learned
from knowledge.model import Reason

FITTED_FOR = "bundled"
"""The embedding model's name."""
NO_QUESTION = 0.15
"""Probability of being a question to the documents below which a text is refused, whatever was found."""
NO_QUESTION_AT_ALL = 0.03
"""The same where the text holds a word of the field's work."""


ANSWERED_ALL_THE_SAME = 0.5
"""Evidence from which the documents decide what is on topic: they may well be about football."""

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_UNSPEAKABLE = re.compile(r"(.)\1\1|[^aeiouyåäö]{5}|^[^aeiouyåäö]+$", re.IGNORECASE)
"""Three times the same letter, five consonants in a row, or no vowel at all."""


def reason_by_meaning(text: str, vector: NDArray[np.float32], model: str, *, evidence: float, answered: bool) -> Reason:
    """Why a text is refused, or NONE. What the documents would answer must be surely no question to be refused.

    Where it is perhaps off topic and not answered, what comes nearest helps nobody: that is THIN_EVIDENCE.
    """
    if model != FITTED_FOR:
        return Reason.NONE
    probabilities = class_probabilities(vector)
    likeliest = max(probabilities, key=lambda reason: probabilities[reason])
    if likeliest is Reason.SMALL_TALK and not any(map(_is_like_a_word, _LETTERS.findall(text))):
        likeliest = Reason.OFF_TOPIC
    question = probabilities[Reason.NONE]
    if speaks_of_work(text):
        refused = question < NO_QUESTION_AT_ALL
    elif likeliest is Reason.OFF_TOPIC:
        refused = question < NO_QUESTION and evidence < ANSWERED_ALL_THE_SAME
        if not refused and not answered:
            return Reason.THIN_EVIDENCE
    else:
        refused = question < NO_QUESTION or not answered
    return likeliest if refused else Reason.NONE


def _is_like_a_word(letters: str) -> bool:
    """Whether it can be spoken: what keys were hit at random is no greeting."""
    return not _UNSPEAKABLE.search(letters)


def class_probabilities(vector: NDArray[np.float32]) -> dict[Reason, float]:
    """The probability of each reason to refuse, and of NONE for a question to the documents; they add up to 1."""
    models = learned("conduct")
    odds = np.array([float(model.log_odds(vector.astype(np.float64))) for model in models.values()])
    likely = np.exp(odds - odds.max())
    return dict(zip(map(Reason, models), (likely / likely.sum()).tolist(), strict=True))
