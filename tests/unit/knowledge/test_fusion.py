"""Fusion: three scores, standardised and weighed, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.fusion import fuse
from knowledge.model import Language
from knowledge.ports import Candidates

FI, SV, UNKNOWN = Language.FI, Language.SV, Language.UNKNOWN


def _candidates(
    vector: list[float], lemma: list[float], gram: list[float], languages: tuple[Language, ...]
) -> Candidates:
    ids = np.arange(len(vector), dtype=np.int64)
    columns = (np.array(values, dtype=np.float32) for values in (vector, lemma, gram))
    return Candidates(ids, *columns, languages, 1.0, 1.0)


def test_within_a_language_scores_are_standardised_and_weighed() -> None:
    """Cosine counts .34, lemmas .22 and n-grams .44, each in standard deviations from the candidates' mean."""
    # 0.8, 0.6 and 4, 0 and 10, 20 are all one deviation from their means.
    got = fuse(_candidates([0.8, 0.6], [4, 0], [10, 20], (FI, FI)), FI)
    assert got == pytest.approx([0.34 + 0.22 - 0.44, -0.34 - 0.22 + 0.44], abs=1e-5)


def test_across_languages_the_vector_decides() -> None:
    """For a passage in another language the weights are .80, .05 and .15: shared words are few and mislead."""
    got = fuse(_candidates([0.8, 0.6], [0, 4], [0, 20], (SV, FI)), FI)
    assert got == pytest.approx([0.80 - 0.05 - 0.15, -0.34 + 0.22 + 0.44], abs=1e-5)


@pytest.mark.parametrize(("question", "passage"), [(UNKNOWN, FI), (FI, UNKNOWN), (UNKNOWN, UNKNOWN)])
def test_an_unknown_language_counts_as_the_same(question: Language, passage: Language) -> None:
    """Where a language is not known, words are trusted: an acronym stands in texts of every language."""
    columns = ([0.8, 0.6], [4.0, 0.0], [10.0, 20.0])
    assert fuse(_candidates(*columns, (passage, passage)), question) == pytest.approx(
        fuse(_candidates(*columns, (FI, FI)), FI)
    )


def test_a_score_that_tells_nothing_counts_nothing() -> None:
    """Where all candidates score the same in one index, the other indexes decide alone."""
    got = fuse(_candidates([0.7, 0.7, 0.7], [0, 0, 0], [0, 0, 3], (FI, FI, FI)), FI)
    # Of 0, 0 and 3 the mean is 1 and the deviation the root of 2.
    assert got == pytest.approx([-0.44 / 2**0.5, -0.44 / 2**0.5, 0.44 * 2 / 2**0.5], abs=1e-5)


def test_one_candidate_and_none_are_allowed() -> None:
    """A single candidate scores 0; no candidates give no scores."""
    assert fuse(_candidates([0.9], [3.0], [9.0], (FI,)), FI).tolist() == [0.0]
    assert fuse(_candidates([], [], [], ()), FI).shape == (0,)
