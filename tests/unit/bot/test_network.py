"""Who does and who knows what as a message: nothing of anybody that they did not agree to, whatever they agreed to."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, product

import pytest

from bot.blocks.network import INTRODUCE, contact_blocks, listing_message
from bot.sandbox.limits import block_problems
from knowledge.members.knowing import Knowers
from knowledge.members.listing import Doing, Listing, Viewer
from knowledge.members.reaching import People
from knowledge.members.topics import Topics
from knowledge.model import (
    NOBODY,
    Audience,
    Consent,
    DocumentId,
    Language,
    Member,
    MemberId,
    OrganisationKind,
    UseCase,
)
from knowledge.searching.synonyms import NO_SYNONYMS
from tests.builders import member, organisation, use_case
from tests.fakes import NOON, SmallEmbedder

ORGANISATION = organisation("Puhevako Oy", kind=OrganisationKind.VENDOR)
NAME, ROLE = "Aino Lehtola", "myyntipäällikkö"
TOPIC, OFFERS, SEEKS = "tutkatopiikki", "Tarjoamme tutkatietoa.", "Kaipaamme: valokaapeli."
OWN, HANDLE = MemberId("T1:U1"), "handle U1"
VIEWER = Viewer(MemberId("T1:U2"), Audience.MEMBERS)
CASE = UseCase(DocumentId("d1"), "Tutkatapaus", ORGANISATION.name, "pilot", (), "", "")
TOPICS = Topics(SmallEmbedder(), NO_SYNONYMS)
KNOWERS = Knowers(TOPICS, SmallEmbedder())
ASKED = TOPICS.read(["TUTKATOPIIKKI", "TUTKATIETO", "VALOKAAPELI"])


def _member(consents: frozenset[Consent]) -> Member:
    return member(of=ORGANISATION, role=ROLE, topics=(TOPIC,), offers=OFFERS, seeks=SEEKS, consents=consents)


def _shown(consents: frozenset[Consent], *, is_private: bool = True) -> str:
    """Everything that is sent about the member, whichever of their words is asked for."""
    people = People((_member(consents),), (ORGANISATION,), NOON.date(), replace(VIEWER, is_private=is_private))
    sent = []
    for topic, done in product(ASKED, ([(CASE, 1.0)], [])):
        found = KNOWERS.find(topic, people, dict, done)
        message = listing_message(Listing(topic.text, (), tuple(found)), {OWN: NAME}, Language.FI)
        sent.append(json.dumps([message.text, message.blocks], ensure_ascii=False).replace(topic.text, ""))
    return "".join(sent)


@pytest.mark.parametrize("size", range(len(Consent) + 1))
def test_nothing_is_shown_without_consent(size: int) -> None:
    """For every set of consents: each field stands in what others get only where its own consent is among them."""
    for chosen in combinations(Consent, size):
        consents = frozenset(chosen)
        sent = _shown(consents)
        for consent, words in (
            (Consent.NAME, NAME),
            (Consent.ROLE, ROLE),
            (Consent.ORGANISATION, ORGANISATION.name),
            (Consent.ORGANISATION, CASE.title),
            (Consent.TOPICS, TOPIC),
            (Consent.OFFERS, OFFERS),
            (Consent.SEEKS, SEEKS),
        ):
            assert words not in sent or consent in consents, (words, consents)
        # Not even where nobody looks: in the value of a button.
        assert OWN not in sent
        assert HANDLE not in sent or consents & {Consent.NAME, Consent.ROUNDS}


@pytest.mark.parametrize("size", range(len(Consent) + 1))
def test_where_others_read_it_nobody_without_a_name_appears(size: int) -> None:
    """And nobody is offered an introduction."""
    for chosen in combinations(Consent, size):
        sent = _shown(frozenset(chosen), is_private=False)
        assert INTRODUCE not in sent
        if Consent.NAME not in chosen:
            assert not any(words in sent for words in (ROLE, ORGANISATION.name, TOPIC, OFFERS, SEEKS))


def test_who_agrees_is_shown() -> None:
    """So that the silence above means something."""
    sent = _shown(frozenset(Consent))
    assert all(words in sent for words in (NAME, ROLE, ORGANISATION.name, TOPIC, OFFERS, SEEKS, HANDLE))


def test_who_is_paused_is_offered_to_nobody() -> None:
    """A named one is still named; one without a name is left out."""
    later = NOON.date().replace(year=2027)
    for consents, expected in ((frozenset(Consent), [NOBODY]), (frozenset(Consent) - {Consent.NAME}, [])):
        paused = member(of=ORGANISATION, topics=(TOPIC,), consents=consents, available_from=later)
        found = KNOWERS.find(ASKED[0], People((paused,), (ORGANISATION,), NOON.date(), VIEWER), dict, [])
        assert [each.reach for each in found] == expected


def test_people_are_for_members() -> None:
    """Guests and outsiders belong to the public audience."""
    assert Viewer(OWN, Audience.MEMBERS).sees_people
    assert not Viewer(OWN, Audience.PUBLIC).sees_people


@pytest.mark.parametrize("language", [Language.FI, Language.SV, Language.EN])
def test_the_longest_listing_fits(language: Language) -> None:
    """Long names, titles and words of hostile hands stay within Slack's limits and call nobody."""
    bad = "<!channel> <@U0ADMIN001> " + "pitkä " * 400
    case = UseCase(DocumentId("d1"), bad, bad, bad, (), "", "javascript:alert(1)")
    doing = Doing(bad, OrganisationKind.COUNTY, (case,) * 3, OWN)
    hostile = member(of=organisation(bad), role=bad, topics=(TOPIC,), offers=f"{TOPIC} {bad}")
    people = People((hostile,), (organisation(bad),), NOON.date(), VIEWER)
    found = KNOWERS.find(ASKED[0], people, dict, [])
    message = listing_message(Listing(bad, (doing,) * 5, tuple(found) * 5, 7, 8), {OWN: bad}, language)
    assert len(found) == 1
    assert block_problems(message.blocks) == []
    sent = json.dumps([message.text, message.blocks], ensure_ascii=False)
    for sign in ("<!", "<@", "javascript", "mrkdwn"):
        assert sign not in sent


def test_a_contact_is_offered_once() -> None:
    """However many of the listed use cases are of their organisation; use cases without one offer nothing."""
    first, second, third = (use_case(DocumentId(name)) for name in ("d1", "d2", "d3"))
    blocks = contact_blocks((first, second, third), {first.document: OWN, second.document: OWN}, Language.FI)
    assert [block["accessory"]["value"] for block in blocks] == [OWN]
    assert blocks[0]["accessory"]["action_id"] == INTRODUCE
