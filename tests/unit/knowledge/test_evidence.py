"""Evidence: what the model of "is the answer there" looks at."""

from __future__ import annotations

import json

import numpy as np
import pytest

from knowledge.evidence import COEFFICIENTS, FEATURES, Logistic, evidence, features, pair_name
from knowledge.model import Language, ScoreParts
from tests.builders import found, hit

FI, SV, UNKNOWN = Language.FI, Language.SV, Language.UNKNOWN


def test_without_hits_there_is_no_evidence() -> None:
    """Nothing found is probability 0, whatever the coefficients."""
    assert evidence(found("Milloin pilotti alkoi?")) == 0


def test_features_are_what_their_names_say() -> None:
    """Of two hits: the best and first of each score, and how far the first is ahead of the others."""
    hits = (
        hit("Pilotti alkoi.", 1, score=2.0, parts=ScoreParts(0.8, 3.0, 4.0)),
        hit("Muuta.", 2, score=0.5, parts=ScoreParts(0.9, 1.0, 6.0)),
    )
    got = dict(zip(FEATURES, features(found("Milloin pilotti alkoi?", *hits)), strict=True))
    # The sentence holds both words of the question that count; the ideals are 1.
    assert got == pytest.approx(
        {
            "cosine_best": 0.9,
            "cosine_first": 0.8,
            "cosine_ahead": -0.1,
            "lemma_best": 3.0,
            "lemma_first": 3.0,
            "gram_best": 6.0,
            "gram_first": 4.0,
            "score_first": 2.0,
            "score_ahead": 1.5,
            "score_ahead_of_fifth": 2.0,
            "sentence_best": got["sentence_best"],
            "lemma_ahead": 2.0,
            "gram_ahead": -2.0,
        }
    )
    assert 0.5 < got["sentence_best"] <= 1


@pytest.mark.parametrize(
    ("question", "passage", "name"),
    [(FI, FI, "same"), (FI, SV, "other"), (UNKNOWN, SV, "same"), (FI, UNKNOWN, "same")],
)
def test_question_and_passage_of_two_languages_have_a_model_of_their_own(
    question: Language, passage: Language, name: str
) -> None:
    """Across languages no words are shared, so the same scores mean something else."""
    assert pair_name(found("Kysymys", hit(language=passage), language=question)) == name


def test_the_probability_is_the_logistic_function() -> None:
    """Weights over features less their means by their scales: 1 / (1 + exp(-(0.5 * 2 - 1))) is a half."""
    model = Logistic(np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([2.0, 0.0]), -1.0)
    assert model.probability(np.array([2.0, 7.0])) == 0.5
    assert model.probability(np.array([4.0, 7.0])) == pytest.approx(0.8808, abs=1e-4)


def test_the_stored_coefficients_fit_the_features() -> None:
    """For both pairs there is a mean, a positive scale and a weight for every feature."""
    stored = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    assert stored.keys() >= {"same", "other"}
    for name in ("same", "other"):
        model = stored[name]
        assert [len(model[part]) for part in ("means", "scales", "weights")] == [len(FEATURES)] * 3
        assert all(scale > 0 for scale in model["scales"])
