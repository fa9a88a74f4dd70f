"""The directory over the sample and real members, by the real model: whatever language a topic is asked in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.answering.consulting import Consultation
from knowledge.introductions.relatives import Relatives
from knowledge.introductions.surroundings import Scouting
from knowledge.matching.cards import Cards
from knowledge.members.catalogue import find_or_make, take_in_organisations
from knowledge.members.listing import Knows, Listing, Viewer
from knowledge.model import (
    NOBODY,
    AnswerStatus,
    Audience,
    Consent,
    Language,
    MemberId,
    OrganisationKind,
    Reason,
    user_of,
)
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge
from tests.builders import member

ASKER, FINN, SWEDE, BUYER = (MemberId(f"T1:U{number}") for number in range(4))
PROFILES = {
    FINN: (
        "Järvirannan hyvinvointialue",
        "Kerromme, miten sanelu otettiin käyttöön kotihoidossa.",
        "Etsimme kokemuksia selkokielisistä ohjeista.",
        frozenset(Consent),
    ),
    SWEDE: (
        "Nordviks välfärdsområde",
        "Vi berättar gärna om falldetektering i serviceboende.",
        "",
        frozenset({Consent.OFFERS, Consent.ORGANISATION, Consent.ROUNDS}),
    ),
    BUYER: ("Talvipilvi Data Oy", "We can help with procurement of AI.", "", frozenset({Consent.OFFERS, Consent.NAME})),
}


@pytest.fixture(scope="module")
def network(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """The sample with three members in three languages."""
    home = tmp_path_factory.mktemp("network") / "data"
    shutil.copytree(sample_home, home, ignore=shutil.ignore_patterns("models"))
    (home / "models").symlink_to((sample_home / "models").resolve())
    knowledge = open_knowledge(Settings(data_dir=home))
    with knowledge.store() as work:
        for name, (organisation, offers, seeks, consents) in PROFILES.items():
            home_of = find_or_make(work, organisation)
            work.members.put(member(id=name, of=home_of, topics=(), offers=offers, seeks=seeks, consents=consents))
        work.commit()
    yield knowledge
    knowledge.store.dispose()


def _handle(member_of_it: MemberId) -> str:
    """What a button asks for them by."""
    return f"handle {user_of(member_of_it)}"


def _find(network: Knowledge, topic: str, asker: MemberId = ASKER, audience: Audience = Audience.MEMBERS) -> Listing:
    return network.directory.find(topic, Viewer(asker, audience))


def _organisations(listing: Listing) -> set[str]:
    return {each.organisation for each in listing.doing}


def _ask(network: Knowledge, question: str, *, is_private: bool = True) -> Consultation:
    return network.consultant.ask(question, Viewer(ASKER, Audience.MEMBERS, is_private))


def test_the_indexer_took_in_the_organisations(network: Knowledge) -> None:
    """All of the catalogue's, what has names in two languages once, with the kinds that they tell; and only once."""
    with network.store.reading() as work:
        kinds = {each.name: each.kind for each in work.organisations.all()}
    assert len(kinds) == 24
    assert kinds["Järvirannan hyvinvointialue"] is OrganisationKind.COUNTY
    assert kinds["Forskningsinstitutet Sälgö"] is OrganisationKind.RESEARCH
    assert take_in_organisations(network.store) == 0


@pytest.mark.parametrize("topic", ["puheentunnistus", "taligenkänning", "speech recognition"])
def test_a_topic_is_found_in_every_language(network: Knowledge, topic: str) -> None:
    """Those who work on speech recognition, in whichever language they wrote, with their stages."""
    listing = _find(network, topic)
    assert _organisations(listing) == {
        "Järvirannan hyvinvointialue",
        "Kuusijoen hyvinvointialue",
        "Nordviks välfärdsområde",
        "Selkälahti Central Hospital",
        "Forskningsinstitutet Sälgö",
    }
    assert {case.stage for case in listing.use_cases} == {"pilot", "production"}
    assert {each.organisation for each in listing.people} == {"Järvirannan hyvinvointialue", "Nordviks välfärdsområde"}


@pytest.mark.parametrize("topic", ["hankinta", "tekoälyn kilpailutus", "upphandling", "procurement"])
def test_people_are_found_by_what_they_offer(network: Knowledge, topic: str) -> None:
    """Also where no use case is on the topic, and in another language; the organisation is not shown unasked."""
    [knower] = _find(network, topic).people
    assert (knower.shown.member, knower.knows, knower.organisation) == (BUYER, Knows.OFFERS, "")
    assert knower.words == "We can help with procurement of AI."
    assert knower.language is Language.EN


def test_who_shows_no_name_can_still_be_asked_for(network: Knowledge) -> None:
    """As somebody of the organisation that they show."""
    swede = next(each for each in _find(network, "fall prevention").people if each.reach == _handle(SWEDE))
    assert (swede.shown.member, swede.organisation) == (NOBODY, "Nordviks välfärdsområde")


def test_nobody_finds_themself(network: Knowledge) -> None:
    """Neither among people nor as the contact of their own organisation."""
    listing = _find(network, "puheentunnistus", asker=FINN)
    assert _handle(FINN) not in {each.reach for each in listing.people} | {each.contact for each in listing.doing}


@pytest.mark.parametrize("topic", ["kvanttitietokone", "leikkausrobotti", "veneily", "skogsbruk", "blockchain", "???"])
def test_what_nobody_knows_finds_nobody(network: Knowledge, topic: str) -> None:
    """Being near in spelling or meaning is not enough."""
    assert _find(network, topic).is_empty


def test_outsiders_see_nothing_of_members(network: Knowledge) -> None:
    """The sample is for members: a guest finds neither use cases nor people."""
    assert _find(network, "puheentunnistus", audience=Audience.PUBLIC).is_empty


def test_those_who_are_looking_are_told_apart(network: Knowledge) -> None:
    """In the directory they are of interest; they are no answer to who knows."""
    found = {each.reach: each.knows for each in _find(network, "selkokieli").people}
    assert found[_handle(FINN)] is Knows.SEEKS
    assert _handle(FINN) not in {each.reach for each in _ask(network, "Kuka tietää selkokielestä?").listing.people}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Kuka tietää hankinnoista?", Language.FI),
        ("Vem kan något om upphandling?", Language.SV),
        ("Who has experience with procurement?", Language.EN),
    ],
)
def test_who_knows_is_answered_by_people(network: Knowledge, question: str, language: Language) -> None:
    """In the language of the question."""
    found = _ask(network, question)
    assert [each.shown.member for each in found.listing.people] == [BUYER]
    assert (found.answer.status, found.answer.language) == (AnswerStatus.ANSWERED, language)


def test_who_knows_is_answered_by_use_cases_where_nobody_said_so(network: Knowledge) -> None:
    """And it is said that nobody did."""
    found = _ask(network, "Kuka tietää rannemurtumien tunnistuksesta?")
    assert found.listing.people == ()
    assert [case.title for case in found.answer.use_cases] == ["Rannemurtumien tunnistus päivystyksessä"]
    assert found.answer.text.startswith("Kukaan ei ole kertonut profiilissaan tuntevansa aihetta")


def test_who_knows_is_answered_by_documents_where_they_alone_do(network: Knowledge) -> None:
    """With a word that no person is known."""
    found = _ask(network, "Kuka tietää äänitallenteiden säilytysajasta?")
    assert found.listing.is_empty
    assert found.answer.citations
    assert found.preface.startswith("Kukaan ei ole vielä kertonut")


def test_nobody_knowing_is_said(network: Knowledge) -> None:
    """Where neither people nor documents know, the reason says so."""
    found = _ask(network, "Kuka tietää kvanttitietokoneista?")
    assert (found.answer.status, found.answer.reason) == (AnswerStatus.NOT_FOUND, Reason.NOBODY_KNOWS)


def test_a_question_for_a_fact_stays_with_the_documents(network: Knowledge) -> None:
    """However it begins, and with whom to ask about the use cases that it lists."""
    found = _ask(network, "Kuka tietää, kuinka kauan sanelun äänitallennetta saa säilyttää?")
    assert "7 vuorokautta" in found.answer.text
    assert found.listing.is_empty
    assert found.preface == ""


UNANSWERED = "Paljonko sanelun käyttöönotto kotihoidossa maksoi saamenkielisten kuntien yhteishankkeessa?"


def test_where_nothing_is_found_somebody_may_know(network: Knowledge) -> None:
    """A member is shown who says that they know the topic; what is found stays nothing."""
    found = _ask(network, UNANSWERED)
    assert found.answer.status is AnswerStatus.NOT_FOUND
    assert [each.shown.member for each in found.may_know.people] == [FINN]
    assert found.listing.is_empty


@pytest.mark.parametrize(
    ("question", "audience", "is_private"),
    [
        (UNANSWERED, Audience.MEMBERS, False),
        (UNANSWERED, Audience.PUBLIC, True),
        ("Paljonko ambulanssin ostaminen maksaa Kuusijoella?", Audience.MEMBERS, True),
    ],
    ids=["others read along", "an outsider", "nobody knows"],
)
def test_nobody_is_named_where_that_is_not_for_them(
    network: Knowledge, question: str, audience: Audience, *, is_private: bool
) -> None:
    """People are for members, in private, and never for a topic that is not theirs."""
    assert network.consultant.ask(question, Viewer(ASKER, audience, is_private)).may_know.is_empty


@pytest.fixture
def newcomer(network: Knowledge) -> Iterator[MemberId]:
    """A hospital's member, new in the network, who seeks what the Finn offers."""
    name = MemberId("T1:U9")
    with network.store() as work:
        home, agreed = find_or_make(work, "Selkälahden keskussairaala"), frozenset({Consent.SEEKS})
        seeks = "Etsimme kokemuksia siitä, miten sanelu otetaan käyttöön kotihoidossa."
        work.members.put(member(id=name, of=home, topics=("taligenkänning",), offers="", seeks=seeks, consents=agreed))
        work.commit()
    yield name
    with network.store() as work:
        work.members.remove(name)
        work.commit()


def test_a_newcomer_is_shown_what_is_near(network: Knowledge, newcomer: MemberId) -> None:
    """The people first, then use cases on their topics, whatever the language: of others, each organisation once."""
    relatives = Relatives(network.store, Cards(network.store, network.embedder, network.synonyms), network.clock)
    around = Scouting(network.store, relatives, network.directory).around(newcomer)
    assert [each.handle for each in around.relatives] == [_handle(FINN)]
    assert around.relatives[0].ground.second.text == "Kerromme, miten sanelu otettiin käyttöön kotihoidossa."
    told = [(each.organisation, len(each.use_cases)) for each in around.works]
    assert len(told) == 2
    assert {count for _, count in told} == {1}
    assert not {name for name, _ in told} & {"Järvirannan hyvinvointialue", "Selkälahden keskussairaala"}


def test_contacts_are_offered_to_the_asker_alone(network: Knowledge) -> None:
    """Beside the use cases of an answer; not where others read it."""
    question = "Missä on käytössä puheentunnistus?"
    assert _handle(FINN) in _ask(network, question).contacts.values()
    assert _ask(network, question, is_private=False).contacts == {}
