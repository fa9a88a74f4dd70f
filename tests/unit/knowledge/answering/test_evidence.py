"""Evidence: what the model of "is the answer there" looks at."""

from __future__ import annotations

import json

import pytest

from knowledge.answering import evidence as doubt
from knowledge.answering import sentence_fit
from knowledge.answering.evidence import FEATURES, evidence, features
from knowledge.learned import COEFFICIENTS
from knowledge.model import ScoreParts
from knowledge.searching import fusion, ranking
from tests.builders import found, hit


def test_without_hits_there_is_no_evidence() -> None:
    """Nothing found is probability 0, whatever the coefficients."""
    assert evidence(found("Milloin pilotti alkoi?")) == 0


def test_features_are_what_their_names_say() -> None:
    """Of two hits: the best and first of each score, and how far the first is ahead of the others."""
    hits = (
        hit("Pilotti alkoi.", 1, score=2.0, parts=ScoreParts(0.8, 5.0, 3.0, 4.0, (5.0, 6.0, 5.5, 4.0, 6.0, 3.0, 4.0))),
        hit("Muuta.", 2, score=0.5, parts=ScoreParts(0.9, 7.0, 1.0, 6.0, (7.0, 3.0, 2.5, 2.0, 3.0, 1.0, 6.0))),
    )
    got = dict(zip(FEATURES, features(found("Milloin pilotti alkoi?", *hits)), strict=True))
    # The passage holds both words of the question that count; the ideals are 1.
    assert got == pytest.approx(
        {
            "lift_best": 7.0,
            "lift_first": 5.0,
            "lift_ahead": -2.0,
            "cosine_first": 0.8,
            "sentence_best": 6.0,
            "sentence_first": 6.0,
            "sentence_ahead": 3.0,
            "lemma_best": 3.0,
            "lemma_first": 3.0,
            "lemma_ahead": 2.0,
            "gram_best": 6.0,
            "gram_first": 4.0,
            "gram_ahead": -2.0,
            "score_first": 2.0,
            "score_ahead": 1.5,
            "score_ahead_of_fifth": 1.5,
            "words_covered": 1.0,
            "rarest_missing": 0.0,
            "quotable": got["quotable"],
        }
    )


def test_a_word_that_is_not_there_is_missed() -> None:
    """Of two words alike in rarity the passage holds one: half is covered, and one of the rarest is missing."""
    got = dict(zip(FEATURES, features(found("Milloin pilotti alkoi?", hit("Pilotti jatkuu."))), strict=True))
    assert (got["words_covered"], got["rarest_missing"]) == (0.5, 1.0)


def test_a_misspelt_word_is_there_as_far_as_it_is_spelt_alike() -> None:
    """A slip of the pen makes a word count by the share of its n-grams that are there, not as missing."""
    asked = found("pilottp", hit("Pilottitoiminta jatkuu."))
    got = dict(zip(FEATURES, features(asked), strict=True))
    # ^pilotp$ has ^pil, pilo, ilot, lotp, otp$; the first three stand in the passage.
    assert got["words_covered"] == pytest.approx(3 / 5)
    assert got["rarest_missing"] == pytest.approx(2 / 5)


def test_a_passage_with_a_fitting_sentence_is_more_quotable() -> None:
    """The best sentence decides: one that speaks of the question beats one that does not."""
    about, beside = (
        dict(zip(FEATURES, features(found("Milloin pilotti alkoi?", hit(text))), strict=True))["quotable"]
        for text in ("Kahvia on. Pilotti alkoi toukokuussa 2025.", "Kahvia on. Kurssi jatkuu.")
    )
    assert about > beside


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("fusion", dict.fromkeys(("same", "other"), fusion.FEATURES)),
        ("ranking", dict.fromkeys(("same", "other"), ranking.FEATURES)),
        ("evidence", dict.fromkeys(("same", "other"), doubt.FEATURES)),
        (
            "quoting",
            {"words": sentence_fit.FEATURES} | dict.fromkeys(("same", "other"), sentence_fit.MEANING_FEATURES),
        ),
    ],
)
def test_the_stored_coefficients_fit_the_features(name: str, cases: dict[str, tuple[str, ...]]) -> None:
    """For every case there is a mean, a positive scale and a weight for every feature, and the weights tell."""
    stored = json.loads((COEFFICIENTS / f"{name}.json").read_text(encoding="utf-8"))
    assert stored.keys() == cases.keys()
    for case, names in cases.items():
        model = stored[case]
        assert [len(model[part]) for part in ("means", "scales", "weights")] == [len(names)] * 3
        assert all(scale > 0 for scale in model["scales"])
        assert any(weight != 0 for weight in model["weights"])
