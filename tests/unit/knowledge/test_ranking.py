"""Ranking: the order of the found passages by how well their best sentences cover the question."""

from __future__ import annotations

import pytest

from knowledge.model import Language
from knowledge.ranking import FEATURES, features, rank
from tests.builders import candidates, document, hit

RARITY = {"pilotti": 3.0, "kurssi": 1.0}
ASKED = candidates([1, 1], [1, 1], [1, 1], rarity=RARITY)


def test_features_are_what_their_names_say() -> None:
    """Of words weighing 3 and 1: the share in the best sentence, in the best two neighbours, and in the title.

    The shares are those of lemmas; no n-gram of the text is a whole word, so that half of each is 0.
    """
    got = features([hit("Pilotti jatkuu. Kurssi alkaa.", score=2.5, of=document(title="Pilotti"))], ASKED)
    assert dict(zip(FEATURES, got[0].tolist(), strict=True)) == {
        "fused": 2.5,
        "sentence": 3 / 8,
        "two_sentences": 4 / 8,
        "headings": 3 / 8,
    }


def test_of_two_passages_that_fusion_likes_alike_the_one_with_the_sentence_goes_first() -> None:
    """The words of the question in one sentence say more than none of them, and the score becomes the ranking's."""
    about, beside = hit("Pilotti alkaa.", 1, score=1.0), hit("Kahvia on tarjolla.", 2, score=1.0)
    first, second = rank([beside, about], ASKED, Language.FI)
    assert (first.passage.id, second.passage.id) == (1, 2)
    assert first.score > second.score


@pytest.mark.parametrize("language", [Language.FI, Language.SV])
def test_fusion_still_counts(language: Language) -> None:
    """Of two passages with the same words the one that fusion put first stays first, across languages too."""
    hits = [hit("Muuta.", number, score=score, language=language) for number, score in ((1, -3.0), (2, 3.0))]
    assert [each.passage.id for each in rank(hits, ASKED, Language.FI)] == [2, 1]


def test_no_hits_are_allowed() -> None:
    """Nothing found stays nothing."""
    assert rank([], candidates([], [], []), Language.FI) == []
