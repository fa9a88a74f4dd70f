"""How the network fares: the unmatched, what nobody offers, the rounds; only what members agreed to show."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from knowledge.members.demand import Demand, Demands
from knowledge.members.overview import NetworkOverview, NetworkOverviews, RoundOutcome
from knowledge.members.reporting import as_table, sections, summary
from knowledge.members.topics import Topics
from knowledge.model import (
    NO_ROUND,
    NOBODY,
    Consent,
    DocumentId,
    IntroductionState,
    Language,
    Member,
    MemberId,
    Outcome,
    Round,
    RoundId,
    Side,
    UseCase,
)
from knowledge.searching.synonyms import Synonyms, parse_groups
from knowledge.store import Store
from tests.builders import introduction, member, organisation
from tests.fakes import NOON, SetClock, SmallEmbedder

GROUPS = parse_groups(["kaatuminen\tfallolycka\tfall", "tutka\tradar\tradar"], "test")
WEEK = RoundId("2026-W11")


def _demands() -> Demands:
    return Demands(Topics(SmallEmbedder(), Synonyms(GROUPS)), SmallEmbedder())


def _person(name: str, *, topics: tuple[str, ...] = (), offers: str = "", seeks: str = "", **changes: object) -> Member:
    return member(name, topics=topics, offers=offers, seeks=seeks, **changes)


def _overview(store: Store) -> NetworkOverview:
    return NetworkOverviews(store, _demands(), SmallEmbedder(), SetClock()).now()


@pytest.fixture
def kept(store: Store) -> Store:
    """Four members: two introduced, one paused, one without a name; a round with one made and one declined."""
    made = dataclasses.replace(
        introduction("i1", state=IntroductionState.MADE),
        first=Side(MemberId("T1:U1"), outcome=Outcome.MET),
        second=Side(MemberId("T1:U2"), outcome=Outcome.USEFUL),
    )
    with store() as work:
        work.organisations.put(organisation())
        for each in (
            _person("U1"),
            _person("U2"),
            _person("U3", available_from=NOON.date() + timedelta(days=30)),
            _person("U4", consents=frozenset({Consent.ROUNDS})),
        ):
            work.members.put(each)
        work.introductions.add_round(Round(WEEK, NOON, 4, 2))
        work.introductions.put(made)
        work.introductions.put(introduction("i2", "U3", "U4", state=IntroductionState.DECLINED))
        work.introductions.put(introduction("i3", "U1", "U4", round=NO_ROUND))
        work.introductions.put(introduction("i4", "U2", "U4", round=NO_ROUND, state=IntroductionState.ENDED))
        work.commit()
    return store


def test_the_overview_counts_what_happened(kept: Store) -> None:
    """Members by what they take part in, rounds by how they ended; a pair met where either says so."""
    overview = _overview(kept)
    assert (overview.members, overview.taking_part) == (4, 4)
    assert [each.shown.member for each in overview.unmatched] == [NOBODY]
    assert [(each.shown.member, each.day) for each in overview.paused] == [("T1:U3", date(2026, 4, 11))]
    assert overview.rounds == (
        RoundOutcome(WEEK, 2, 1, 1, 0, 0, 1, 1),
        RoundOutcome(NO_ROUND, 2, 0, 1, 0, 1, 0, 0),
    )


def test_the_overview_is_told_in_words(kept: Store) -> None:
    """Each section with its lines, or with a word that there are none."""
    overview = _overview(kept)
    assert summary(overview, Language.SV) == "Medlemmar 4, med i presentationerna 4, på paus 1."
    told = dict(sections(overview, {MemberId("T1:U3"): "Aino Lehtola"}, Language.FI))
    assert told["Vielä ilman esittelyä"] == ["Jäsen, joka ei näytä nimeään"]
    assert told["Etsitään, mutta kukaan ei tarjoa"] == ["Ei yhtään."]
    assert told["Tauolla"] == ["Aino Lehtola · kehittämispäällikkö · Järvirannan hyvinvointialue, palaa 11.4.2026"]
    assert told["Esittelykierrokset"][1].startswith("Kierrosten ulkopuolella: ehdotettu 2")


def test_the_table_is_harmless(kept: Store) -> None:
    """A name that a spreadsheet program would run as a formula is a text."""
    table = as_table(_overview(kept), {MemberId("T1:U3"): "=EVIL()"}, Language.FI).decode("utf-8-sig")
    assert "\r\nTauolla;'=EVIL();Järvirannan hyvinvointialue;2026-04-11;" in table
    assert len({line.count(";") for line in table.splitlines()}) == 1


def test_what_nobody_offers_is_a_demand() -> None:
    """By topic over languages, with its seekers and use cases; what somebody offers is none."""
    members = [
        _person("U1", topics=("kaatuminen",), seeks="Etsimme kokemuksia kaatumisen ehkäisystä."),
        _person("U2", topics=("fall",), seeks="We look for help with fall prevention. Radar interests us."),
        _person("U3", topics=("tutka",), offers="Kerromme, miten tutka toimii."),
    ]
    cases = [UseCase(DocumentId(name), name, "Puhevako Oy", "pilot", ("fallolycka",), "", "") for name in ("d1", "d2")]
    assert _demands().unmet(members, cases, dict) == [Demand("fallolycka", 2, 2)]


def test_a_demand_on_no_known_topic_is_told_in_its_own_words() -> None:
    """Nobody's wish gets lost because nobody gave it a name."""
    members = [_person("U1", seeks="Haluamme oppia viljelemään sieniä."), _person("U2", offers="Myymme autoja.")]
    assert _demands().unmet(members, [], dict) == [Demand("Haluamme oppia viljelemään sieniä.", 1, 0)]


def test_what_was_not_agreed_to_is_no_demand() -> None:
    """Neither what somebody seeks nor what somebody offers counts without consent."""
    hidden = frozenset(Consent) - {Consent.SEEKS, Consent.OFFERS}
    seeks = _person("U1", topics=("tutka",), seeks="Meitä kiinnostaa tutka.", consents=hidden)
    assert _demands().unmet([seeks], [], dict) == []
    offers = _person("U2", offers="Meillä tutka on käytössä.", consents=hidden)
    open_seeks = dataclasses.replace(seeks, consents=frozenset(Consent))
    assert _demands().unmet([open_seeks, offers], [], dict) == [Demand("tutka", 1, 0)]


def test_topics_of_one_meaning_stand_together() -> None:
    """Other forms, letter cases and languages of a word are one topic; other words are others."""
    groups = _demands().groups(["Tutka", "tutkat", "radar", "kaatuminen", "veneily"])
    assert [[topic.text for topic in group] for group in groups] == [
        ["Tutka", "tutkat", "radar"],
        ["kaatuminen"],
        ["veneily"],
    ]
