"""Crossing languages: the parallel questions, and how a question is moved by them."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.language.detecting import detect_language
from knowledge.model import Language
from knowledge.searching.crossing import LANGUAGES, SHARE, moved, parallel_questions

FI, SV, EN = LANGUAGES


def test_the_parallel_questions_are_questions_of_their_language() -> None:
    """As many in each language, none twice, each a question, and nearly all told to be in their own language."""
    questions = parallel_questions()
    assert len({len(texts) for texts in questions.values()}) == 1
    for language, texts in questions.items():
        assert len(set(texts)) == len(texts) >= 80
        assert all(text.endswith("?") for text in texts)
        assert np.mean([detect_language(text) is language for text in texts]) >= 0.95


def test_a_question_is_moved_by_the_distance_of_the_means() -> None:
    """From (1, 0) by three quarters of the way from (0, 0) to (0, 4): (1, 3), of unit length."""
    means = {FI: np.array([0.0, 4.0], dtype=np.float32), EN: np.zeros(2, dtype=np.float32)}
    assert SHARE == 0.75
    got = moved(np.array([1.0, 0.0], dtype=np.float32), EN, means)
    assert set(got) == {FI}
    assert got[FI] == pytest.approx(np.array([1.0, 3.0]) / np.sqrt(10.0))


@pytest.mark.parametrize("asked_in", [Language.UNKNOWN, SV])
def test_a_question_in_a_language_without_a_mean_stays(asked_in: Language) -> None:
    """Where the language is not known, or the model has no mean for it, nothing is moved."""
    assert moved(np.ones(2, dtype=np.float32), asked_in, {FI: np.ones(2, dtype=np.float32)}) == {}
