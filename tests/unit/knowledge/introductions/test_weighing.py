"""What a pair is worth in a round: its score, what was learned, and how long the two have waited."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import numpy as np
import pytest

from knowledge.introductions.quotable import may_quote, still_shared
from knowledge.introductions.weighing import taste_of, weights_of
from knowledge.model import (
    NO_ORGANISATION,
    Consent,
    Excerpt,
    IntroductionState,
    Language,
    MemberId,
    Outcome,
    Reply,
    Side,
)
from tests.builders import common_ground, introduction, member, organisation
from tests.fakes import NOON

AINO, BO = MemberId("T1:U1"), MemberId("T1:U2")
SCORES = np.array([[0, 0.5, 0.05], [0.5, 0, 0.2], [0.05, 0.2, 0]])


def test_score_and_waiting_add_up() -> None:
    """.25 for a pair at all, .02 for each week that each has waited, eight at most; nothing below a score of .1."""
    members = [
        member("U1", joined_at=NOON - timedelta(weeks=3)),
        member("U2", joined_at=NOON - timedelta(weeks=52)),
        member("U3", joined_at=NOON),
    ]
    weights = weights_of(members, SCORES, (), NOON)
    assert weights[0, 1] == pytest.approx(0.5 + 0.25 + 0.06 + 0.16)
    assert weights[1, 2] == pytest.approx(0.2 + 0.25 + 0.16)
    assert weights[0, 2] == 0
    assert (weights == weights.T).all()
    proposed = introduction("i1", "U2", "U9", proposed_at=NOON - timedelta(weeks=1))
    assert weights_of(members, SCORES, [proposed], NOON)[0, 1] == pytest.approx(0.5 + 0.25 + 0.06 + 0.02)


@pytest.mark.parametrize(
    ("outcome", "factor"),
    [(Outcome.USEFUL, 1.2), (Outcome.MET, 1.06), (Outcome.NOT_MET, 0.9), (Outcome.ASKED, 1.0), (Outcome.UNKNOWN, 1.0)],
)
def test_what_was_useful_weighs_more(outcome: Outcome, factor: float) -> None:
    """A topic that was useful makes others who show it a fifth better, one that led to nothing worse."""
    past = introduction("i1", "U1", "U9", state=IntroductionState.MADE)
    past = dataclasses.replace(past, first=Side(AINO, Reply.YES, outcome))
    members = [
        member("U1", topics=("etähoiva",), joined_at=NOON),
        member("U2", topics=("Kirjaaminen",), joined_at=NOON),
        member("U3", topics=(), joined_at=NOON),
    ]
    weights = weights_of(members, SCORES, [past], NOON)
    assert weights[0, 1] == pytest.approx(0.5 * factor + 0.25)
    assert weights[1, 2] == pytest.approx(0.2 + 0.25)
    hidden = dataclasses.replace(members[1], consents=frozenset(Consent) - {Consent.TOPICS})
    assert weights_of([members[0], hidden, members[2]], SCORES, [past], NOON)[0, 1] == pytest.approx(0.75)


def test_a_no_teaches_only_whoever_said_it() -> None:
    """And several lessons of one topic are averaged."""
    declined = introduction("i1", state=IntroductionState.DECLINED)
    declined = dataclasses.replace(declined, first=Side(AINO, Reply.NO), second=Side(BO, Reply.YES))
    assert taste_of([declined]) == {AINO: {"kirjaaminen": -0.7}}
    useful = introduction("i2", state=IntroductionState.MADE)
    useful = dataclasses.replace(useful, first=Side(AINO, Reply.YES, Outcome.USEFUL))
    assert taste_of([declined, useful])[AINO]["kirjaaminen"] == pytest.approx(0.15)


def test_quotes_follow_the_consents_of_now() -> None:
    """A profile's words by the consent of their field; a use case's where its organisation is shown; gone is gone."""
    quote = Excerpt("Puheentunnistus on tuotannossa.", Language.FI)
    aino = member(offers=f"Hei! {quote.text}")
    assert may_quote(quote, aino)
    assert not may_quote(quote, dataclasses.replace(aino, offers=""))
    assert not may_quote(quote, dataclasses.replace(aino, consents=frozenset(Consent) - {Consent.OFFERS}))
    case = common_ground().first
    assert may_quote(case, aino)
    assert not may_quote(case, dataclasses.replace(aino, consents=frozenset(Consent) - {Consent.ORGANISATION}))
    assert not may_quote(case, dataclasses.replace(aino, organisation=organisation("Puhevako Oy").id))
    assert not may_quote(dataclasses.replace(case, organisation=NO_ORGANISATION), aino)
    assert not may_quote(Excerpt("", Language.FI), aino)


def test_topics_are_shared_as_long_as_both_name_them() -> None:
    """Each in words of their own; those that are the same word are kept as one."""
    ground = common_ground()
    ours, theirs = frozenset({"kirjaaminen", "kuvantaminen"}), frozenset({"dokumentation"})
    assert still_shared(ground, ours, theirs) == ("kirjaaminen",)
    assert still_shared(ground, theirs, ours) == ()
    assert still_shared(ground, ours, frozenset({"kuvantaminen"})) == ()
    plain = dataclasses.replace(ground, shared=("kuvantaminen", "kirjaaminen"), named=())
    assert still_shared(plain, ours, ours) == ("kuvantaminen", "kirjaaminen")
    assert still_shared(plain, ours, theirs) == ()
