"""How well true sentences are told from false ones, by the real embedding model, in three languages and across."""

from __future__ import annotations

import pytest

from knowledge.ports import Embedder
from tests.grounding import SETS, Judged, judge_all, tally


@pytest.fixture(scope="module")
def judged(bundled_embedder: Embedder) -> list[Judged]:
    """Every sentence of every set."""
    return [each for file in SETS.values() for each in judge_all(file, bundled_embedder)]


def test_what_is_kept_is_true(judged: list[Judged]) -> None:
    """Of hand-written falsehoods, most of them one word away from the truth, at most one in a hundred is kept."""
    counts = tally(judged)
    assert counts.false > 200
    assert counts.wrongly_kept <= counts.false // 100


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_true_is_kept(judged: list[Judged], language: str) -> None:
    """In each language eight of ten true sentences or more are kept: else a model would be of little use."""
    assert tally([each for each in judged if each.language == language and not each.crosses]).recall >= 0.8


def test_what_is_true_across_languages_is_kept(judged: list[Judged]) -> None:
    """Between languages no words are shared, and still eight of ten are kept, and nothing false."""
    counts = tally([each for each in judged if each.crosses])
    assert counts.recall >= 0.8
    assert counts.wrongly_kept == 0
