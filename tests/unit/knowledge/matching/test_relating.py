"""Who is related to whom: numbers for every two, and the nearest to one."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching.relating import related, scores
from knowledge.matching.statements import Card, Facet, Statement
from knowledge.model import Aspect, Language, MemberId
from tests.unit.knowledge.matching.cards import DIMENSION, card, case, statement, strangers, toward

SEEKS = "Etsimme kokemuksia puheentunnistuksesta kotihoidossa."
OFFERS = "Meillä puheentunnistus on kotihoidossa käytössä."


def test_members_who_speak_of_the_same_are_related_and_strangers_are_not() -> None:
    """Of two who dictate and ten others only the two come above a half with each other."""
    cards = [
        card("A", statement(OFFERS, Facet.OFFERS, 0)),
        card("B", statement(OFFERS, Facet.OFFERS, 0)),
        *strangers(10),
    ]
    found = scores(cards)
    assert found[0, 1] > 0.5
    assert found[0, 2:].max() < 0.5
    assert found[2:, 2:].max() < 0.5


def test_a_wish_that_somebody_can_fulfil_weighs_more_than_the_same_wish() -> None:
    """Seeking and offering the same comes before both seeking it, all else being equal."""
    cards = [
        card("A", statement(SEEKS, Facet.SEEKS, 0, 1)),
        card("B", statement(SEEKS, Facet.SEEKS, 0, 2)),
        card("C", statement(SEEKS, Facet.OFFERS, 0, 3)),
        *strangers(10),
    ]
    found = scores(cards)
    assert found[0, 2] > found[0, 1]


@pytest.mark.parametrize("stage", ["idea", "ended"])
def test_experience_helps_only_where_a_use_case_is_in_use(stage: str) -> None:
    """A wish fits a pilot better than the same case that is an idea or has ended."""
    cards = [
        card("A", statement(SEEKS, Facet.SEEKS, 0)),
        card("B", *case("Sanelu", OFFERS, 0, stage="pilot")),
        card("C", *case("Sanelu", OFFERS, 0, stage=stage)),
        *strangers(10),
    ]
    found = scores(cards)
    assert found[0, 1] > found[0, 2] > 0.5


def test_words_that_mean_the_same_relate_across_languages() -> None:
    """With vectors that tell nothing, `taligenkänning` finds `puheentunnistus` and no other topic."""
    swedish = statement("Vi har taligenkänning i hemvården.", Facet.OFFERS, 1, language=Language.SV)
    cards = [card("A", statement(OFFERS, Facet.OFFERS, 0)), card("B", swedish), *strangers(10)]
    found = scores(cards)
    assert found[0, 1] == found[0, 1:].max()
    assert found[0, 1] > 10 * found[0, 2:].max()


def test_nobody_is_related_to_who_shows_nothing() -> None:
    """An empty card is 0 with everybody; no cards make no scores."""
    found = scores(
        [card("A"), card("B", statement(OFFERS, Facet.OFFERS, 0)), card("C", statement(OFFERS, Facet.OFFERS, 0))]
    )
    assert not found[0].any()
    assert found[1, 2] > 0
    assert scores([]).shape == (0, 0)
    assert not scores([card("A"), card("B")]).any()


_statements = st.builds(
    lambda facet, axis, language: statement(f"Lause {axis} puheentunnistuksesta.", facet, axis, language=language),
    st.sampled_from([facet for facet in Facet if facet is not Facet.USE_CASE]),
    st.integers(0, 20),
    st.sampled_from(Language),
)


@given(st.lists(st.lists(_statements, max_size=4), max_size=6))
@settings(max_examples=60)
def test_scores_are_symmetric_between_nought_and_one_with_an_empty_diagonal(groups: list[list[Statement]]) -> None:
    """Whatever the cards hold."""
    cards = [card(f"M{number}", *group) for number, group in enumerate(groups)]
    found = scores(cards)
    assert found.shape == (len(cards), len(cards))
    assert np.array_equal(found, found.T)
    assert ((found >= 0) & (found <= 1)).all()
    assert not np.diagonal(found).any()


def test_scores_do_not_depend_on_how_many_are_compared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards compared two at a time score as all at once."""
    cards = [card(f"M{at}", *case("Sanelu", OFFERS, at % 5), statement(SEEKS, Facet.SEEKS, at % 3)) for at in range(11)]
    whole = scores(cards)
    monkeypatch.setattr("knowledge.matching.relating.AT_ONCE", 2)
    assert np.allclose(scores(cards), whole, atol=1e-5)


def test_the_nearest_come_first_with_the_reason_and_never_oneself() -> None:
    """The one who offers what is sought is named first, with both sentences; the member's own card is passed over."""
    me = card("A", statement(SEEKS, Facet.SEEKS, 0))
    found = related(me, [me, *strangers(10), card("B", statement(OFFERS, Facet.OFFERS, 0))], limit=3)
    assert len(found) == 3
    assert found[0].member == MemberId("T1:B")
    assert found[0].score > 0.5 > found[1].score
    assert found[0].ground is not None
    assert (found[0].ground.aspect, found[0].ground.first.text, found[0].ground.second.text) == (
        Aspect.SUPPLY,
        SEEKS,
        OFFERS,
    )
    assert found[1].ground is None
    assert related(me, [me], limit=3) == []


def test_two_thousand_cards_are_compared_in_seconds() -> None:
    """Cards of ten statements each; what a round may take in all is ten seconds on an idle machine."""
    random = np.random.default_rng(1)
    started = time.perf_counter()
    found = scores([_anybody(number, random) for number in range(2000)])
    assert found.shape == (2000, 2000)
    assert time.perf_counter() - started < 40


def _anybody(number: int, random: np.random.Generator) -> Card:
    axes = [int(axis) for axis in random.integers(0, DIMENSION, 3)]
    return card(
        f"M{number}",
        *case(f"Tapaus {number}", f"Kokeilu {number} alkoi yksikössä {axes[0]}.", axes[0]),
        *(statement(f"Tarjoamme apua {axis} ja {number} asiassa.", Facet.OFFERS, axis) for axis in axes),
        *(statement(f"Etsimme tukea {axis} ja {number} asiaan.", Facet.SEEKS, axis) for axis in axes),
        *(statement(f"aihe {axis}", Facet.TOPICS, axis) for axis in axes[:2]),
    )


def test_axes_are_apart() -> None:
    """The vectors of these tests are what they say."""
    assert float(toward(0) @ toward(1)) == 0
    assert float(toward(0, 1) @ toward(0, 2)) == pytest.approx(0.5)
