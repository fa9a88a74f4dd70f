"""Ranking: the order of the found passages by how well their best sentences cover the question."""

from __future__ import annotations

import pytest

from knowledge.model import Language, ScoreParts
from knowledge.searching import fusion
from knowledge.searching.ranking import FEATURES, features, rank
from tests.builders import candidates, document, hit

RARITY = {"pilo": 3.0, "kurs": 1.0}
ASKED = candidates([1, 1], [1, 1], [1, 1], rarity=RARITY)


def test_features_are_what_their_names_say() -> None:
    """What fusion saw, then of n-grams weighing 3 and 1 the shares in sentence, two neighbours, passage and title."""
    (got,) = features([hit("Pilotti jatkuu. Kurssi alkaa. Muuta.", of=document(title="Pilotti"))], ASKED)
    told = dict(zip(FEATURES, got.tolist(), strict=True))
    assert [told[name] for name in fusion.FEATURES] == [2.5, 2.0, 2.0, 1.0, 2.0, 0.5, 0.5]
    assert {name: told[name] for name in FEATURES if name not in fusion.FEATURES} == {
        "best_sentence_covers": 3 / 4,
        "best_two_cover": 1.0,
        "passage_covers": 1.0,
        "headings_cover": 3 / 4,
    }


def test_of_two_passages_that_fusion_likes_alike_the_one_with_the_sentence_goes_first() -> None:
    """The words of the question in one sentence say more than none of them, and the score becomes the ranking's."""
    about, beside = hit("Pilotti alkaa.", 1, score=1.0), hit("Kahvia on tarjolla.", 2, score=1.0)
    first, second = rank([beside, about], ASKED, Language.FI)
    assert (first.passage.id, second.passage.id) == (1, 2)
    assert first.score > second.score


@pytest.mark.parametrize("language", [Language.FI, Language.SV])
def test_what_fusion_saw_still_counts(language: Language) -> None:
    """Of two passages with the same words the one that lies nearer goes first, across languages too."""
    far, near = (
        hit("Muuta.", number, language=language, parts=ScoreParts(0.8, lift, 3.0, 9.0, (*(lift,) * 5, 0.5, 0.5)))
        for number, lift in ((1, 1.0), (2, 5.0))
    )
    assert [each.passage.id for each in rank([far, near], ASKED, Language.FI)] == [2, 1]


def test_no_hits_are_allowed() -> None:
    """Nothing found stays nothing."""
    assert rank([], candidates([], [], []), Language.FI) == []
