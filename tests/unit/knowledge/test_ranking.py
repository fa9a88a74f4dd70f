"""Ranking: the order of the found passages by how well their best sentences cover the question."""

from __future__ import annotations

import pytest

from knowledge import fusion
from knowledge.model import Language, ScoreParts
from knowledge.ranking import FEATURES, features, rank
from tests.builders import candidates, document, hit

RARITY = {"pilotti": 3.0, "kurssi": 1.0}
ASKED = candidates([1, 1], [1, 1], [1, 1], rarity=RARITY)


def test_features_are_what_their_names_say() -> None:
    """What fusion saw, then of words weighing 3 and 1 the shares in sentence, two neighbours, passage and title.

    The shares in one text are means over lemmas and n-grams; no n-gram of the text is a whole word, so that those of
    n-grams are 0.
    """
    (got,) = features([hit("Pilotti jatkuu. Kurssi alkaa.", of=document(title="Pilotti"))], ASKED)
    told = dict(zip(FEATURES, got.tolist(), strict=True))
    assert [told[name] for name in fusion.FEATURES] == [2.5, 2.0, 2.0, 1.0, 2.0, 0.5, 0.5]
    assert {name: told[name] for name in FEATURES if name not in fusion.FEATURES} == {
        "best_sentence_covers": 3 / 8,
        "best_two_cover": 4 / 8,
        "lemmas_covered": 1.0,
        "grams_covered": 0.0,
        "headings_cover": 3 / 8,
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
