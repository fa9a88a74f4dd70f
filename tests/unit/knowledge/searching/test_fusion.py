"""Fusion: what the models look at worked out by hand, and what their stored weights must hold to."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.learned import Logistic, learned
from knowledge.model import Language
from knowledge.searching.fusion import FEATURES, features, fuse, language_pair
from tests.builders import candidates

FI, SV, UNKNOWN = Language.FI, Language.SV, Language.UNKNOWN


def test_features_are_what_their_names_say() -> None:
    """The lifts as they are, and words as shares of their ideal."""
    got = features(candidates([3, 1], [2, 4], [6, 3], sentences=[[4, 3, 2, 1], [8, 7, 6, 5]], ideals=(4, 6)))
    assert dict(zip(FEATURES, got.T.tolist(), strict=True)) == {
        "lift": [3, 1],
        "sentence_best": [4, 8],
        "sentence_two": [3, 7],
        "sentence_all": [2, 6],
        "sentence_unmoved": [1, 5],
        "lemma": [0.5, 1],
        "gram": [1, 0.5],
    }


@pytest.mark.parametrize(
    ("question", "passage", "name"),
    [(FI, FI, "same"), (FI, SV, "other"), (UNKNOWN, SV, "same"), (FI, UNKNOWN, "same")],
)
def test_question_and_passage_of_two_languages_have_a_model_of_their_own(
    question: Language, passage: Language, name: str
) -> None:
    """Across languages few words are shared; where a language is not known, words are trusted."""
    assert language_pair(question, passage) == name


def test_each_candidate_is_scored_by_the_model_of_its_pair() -> None:
    """Of two candidates alike in all but their language each gets the log-odds of its own model."""
    columns = {"lift": [2, 2], "lemma": [1, 1], "gram": [1, 1]}
    rows = features(candidates(**columns, languages=(FI, SV)))
    models = learned("fusion")
    got = fuse(candidates(**columns, languages=(FI, SV)), FI)
    assert got == pytest.approx([models["same"].log_odds(rows[:1])[0], models["other"].log_odds(rows[1:])[0]], abs=1e-4)


@pytest.mark.parametrize("languages", [(FI, FI), (SV, SV)])
def test_more_of_anything_never_scores_less(languages: tuple[Language, Language]) -> None:
    """A candidate ahead in vector, lemmas and n-grams is ahead, within a language and across."""
    first, second = fuse(candidates(lift=[3, 1], lemma=[0.8, 0.2], gram=[0.7, 0.2], languages=languages), FI)
    assert first > second


def test_no_candidates_are_allowed() -> None:
    """Nothing found gives no scores."""
    assert fuse(candidates(lift=[], lemma=[], gram=[]), FI).shape == (0,)


def test_log_odds_are_weighed_standardised_features() -> None:
    """(4 - 2) / 2 by weight 3, plus (5 - 5) / 1 by weight 1, plus 0.5 is 3.5; its probability is 1 / (1 + e^-3.5)."""
    model = Logistic(np.array([2.0, 5.0]), np.array([2.0, 1.0]), np.array([3.0, 1.0]), 0.5)
    assert model.log_odds(np.array([[4.0, 5.0]])).tolist() == [3.5]
    assert model.probability(np.array([[4.0, 5.0]])) == pytest.approx([0.9707], abs=1e-4)
