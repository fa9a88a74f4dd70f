"""What the choice of a quote looks at in every sentence."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.answering.sentence_fit import FEATURES, MEANING_FEATURES, describe, describe_meaning
from knowledge.model import Language

SENTENCES = ("# Aikataulu", "Milloin pilotti alkaa?", "Pilotti alkaa toukokuussa.", "Kahvia on tarjolla.")


def _described(question: str) -> dict[str, list[float]]:
    rows = describe(question, SENTENCES, Language.FI, "")
    return dict(zip(FEATURES, rows.T.tolist(), strict=True))


def test_a_sentence_is_seen_with_its_neighbours() -> None:
    """What the sentence before and the one after cover stands beside its own; outside there is nothing."""
    got = _described("Milloin pilotti alkaa?")
    assert got["before_covers"] == [0, *got["covers"][:-1]]
    assert got["after_covers"] == [*got["covers"][1:], 0]
    assert max(got["covers_to_best"]) == 1
    assert got["covers"][2] > got["covers"][3]


def test_questions_and_headings_are_told_from_answers() -> None:
    """A sentence that asks is marked, and so is the one that follows it; a short line without an end is a heading."""
    got = _described("Milloin pilotti alkaa?")
    assert got["asks"] == [0, 1, 0, 0]
    assert [value > 0 for value in got["answers_asked"]] == [False, False, True, False]
    assert got["heading"] == [1, 0, 0, 0]


def test_only_the_kind_that_is_asked_for_counts() -> None:
    """A question for a time sees that May is one; a question for a number does not look at times."""
    assert _described("Milloin pilotti alkaa?")["offers_date"] == [0, 0, 1, 0]
    assert _described("Montako pilottia alkaa?")["offers_date"] == [0, 0, 0, 0]


def test_new_words_are_those_that_the_question_does_not_hold() -> None:
    """`Pilotti alkaa keväällä` adds one word to the question, `Kurssi alkaa syksyllä` two: the logarithm of 1 + n."""
    rows = describe("Milloin pilotti alkaa?", ["Pilotti alkaa keväällä.", "Kurssi alkaa syksyllä."], Language.FI, "")
    new = dict(zip(FEATURES, rows.T.tolist(), strict=True))["new_words"]
    assert new == pytest.approx([np.log(2), np.log(3)])


def test_meaning_is_seen_beside_the_nearest_and_the_mean() -> None:
    """Of cosines .9, .7 and .8 the first is nearest and .1 above the mean, and so on for its neighbour."""
    rows = describe("Milloin pilotti alkaa?", SENTENCES[:3], Language.FI, "")
    got = dict(zip(MEANING_FEATURES, describe_meaning(rows, np.array([0.9, 0.7, 0.8])).T.tolist(), strict=True))
    assert got["behind_nearest"] == pytest.approx([0, -0.2, -0.1])
    assert got["nearer_than_mean"] == pytest.approx([0.1, -0.1, 0])
    assert got["before_nearer_than_mean"] == pytest.approx([0, 0.1, -0.1])
