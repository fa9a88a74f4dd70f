"""Coverage: how much of a question a sentence holds."""

from __future__ import annotations

import pytest

from knowledge.model import Language
from knowledge.searching.coverage import coverage, shares


def test_coverage_is_the_share_of_the_questions_words() -> None:
    """A sentence with all of the question's words covers 1, one with none 0, one with the rarer half more than half."""
    sentences = ["alfa beeta", "gamma", "alfa", "beeta", "alfa delta"]
    got = coverage("alfa beeta", sentences, Language.UNKNOWN)
    assert got[:2] == [1.0, 0.0]
    assert got[3] > 0.5 > got[2]
    assert got[2] == got[4] == pytest.approx(1 - got[3])


def test_inflection_does_not_matter() -> None:
    """`Pilottien tulokset` covers the question about `pilotin tuloksista` as far as lemmas go."""
    got = coverage("pilotin tuloksista", ["Pilottien tulokset julkaistaan.", "Kahvia on tarjolla."], Language.FI)
    assert got[0] > 0.5
    assert got[1] < 0.1


def test_shares_are_weighed_by_rarity() -> None:
    """The text with the term of weight 3 of 4 holds three quarters; without terms every share is 0."""
    assert shares({"harva": 3.0, "yleinen": 1.0}, [{"harva"}, {"yleinen"}, {"harva", "yleinen"}]) == [0.75, 0.25, 1.0]
    assert shares({}, [{"harva"}]) == [0.0]
