"""Fusion: what the models look at worked out by hand, and what their stored weights must hold to."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.fusion import FEATURES, features, fuse, language_pair
from knowledge.learned import Logistic, learned
from knowledge.model import Language
from tests.builders import candidates

FI, SV, UNKNOWN = Language.FI, Language.SV, Language.UNKNOWN


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Means and deviations are of the candidates alone, however few."""
    monkeypatch.setattr("knowledge.fusion.ENOUGH_CANDIDATES", 1)


@pytest.mark.usefixtures("few_are_enough")
def test_features_are_what_their_names_say() -> None:
    """Each score by itself, words as shares of their ideal, and in deviations from the mean of its language pair."""
    got = features(candidates(lift=[3, 1], lemma=[2, 4], gram=[6, 3], lemma_ideal=4, gram_ideal=6), FI)
    assert dict(zip(FEATURES, got.T.tolist(), strict=True)) == {
        "lift": [3, 1],
        "lemma": [0.5, 1],
        "gram": [1, 0.5],
        "lift_among": [1, -1],
        "lemma_among": [-1, 1],
        "gram_among": [1, -1],
    }


@pytest.mark.usefixtures("few_are_enough")
def test_passages_stand_among_those_of_their_own_pair() -> None:
    """A Swedish passage alone is neither above nor below the Finnish ones; a score that is the same for all is 0."""
    got = features(candidates([3, 1, 9], [2, 2, 0], [0, 0, 0], languages=(FI, FI, SV)), FI)
    named = dict(zip(FEATURES, got.T.tolist(), strict=True))
    assert named["lift_among"] == [1, -1, 0]
    assert named["lemma_among"] == [0, 0, 0]


def test_a_passage_alone_stands_among_those_of_the_question_sets() -> None:
    """One candidate is compared with what is usual: a thirty-second of mean and deviation is its own."""
    usual = learned("fusion")["same"]
    got = features(candidates(lift=[9], lemma=[0], gram=[0], languages=(FI,)), FI)
    mean, spread = (9 + 31 * usual.means[0]) / 32, 31 * usual.scales[0] / 32
    assert got[0][FEATURES.index("lift_among")] == pytest.approx((9 - mean) / spread, abs=1e-4)


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
    rows = features(candidates(**columns, languages=(FI, SV)), FI)
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
