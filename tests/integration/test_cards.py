"""Cards of members in a real store: what stands on them, and what never does."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import embedded_texts, text_hash
from knowledge.introductions.quotable import topics_of
from knowledge.matching.cards import Cards, Facet, profile_texts
from knowledge.matching.grounds import shared_topics
from knowledge.model import (
    NO_ORGANISATION,
    AnswerStatus,
    Audience,
    Consent,
    DocumentKind,
    Language,
    Member,
)
from knowledge.searching.synonyms import NO_SYNONYMS, read_synonyms
from knowledge.store import Store, open_store
from knowledge.vectors import embed_missing
from tests.builders import content, document, member, organisation, question, source
from tests.fakes import NOON, SmallEmbedder

CASE = "Hoitajat sanelevat käynnin heti. Puheentunnistus tekee siitä tekstin."
OURS = organisation("Hyvinvointialue Esimerkki")
OTHERS = organisation("Toinen hyvinvointialue")


@pytest.fixture
def shop(tmp_path: Path, small_embedder: SmallEmbedder) -> Iterator[Store]:
    """A store with one indexed use case of OURS that members may read."""
    store = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    _index(store, small_embedder, Audience.MEMBERS)
    yield store
    store.dispose()


def _index(store: Store, embedder: SmallEmbedder, audience: Audience) -> None:
    home = source(1, audience)
    pilot = document("uc-1", of=home, title="Puheentunnistus kirjaamisessa", kind=DocumentKind.USECASE)
    with store() as work:
        work.organisations.put(OURS)
        work.organisations.put(OTHERS)
        work.sources.add(home)
        work.documents.put(content(pilot, CASE, case=True), NOON)
        work.commit()
    texts = embedded_texts(pilot.title, (), CASE, Language.FI)
    embed_missing({text_hash(texts.passage): texts}, store, embedder, lambda _: None)


def _join(store: Store, *members: Member) -> None:
    with store() as work:
        for each in members:
            work.members.put(each)
        work.commit()


def _ask(store: Store, text: str, number: str = "Ev1", status: AnswerStatus = AnswerStatus.ANSWERED) -> None:
    with store() as work:
        work.questions.add(dataclasses.replace(question(number, text), status=status))
        work.commit()


def test_a_card_holds_the_profile_the_organisations_use_cases_and_own_questions(
    shop: Store, small_embedder: SmallEmbedder
) -> None:
    """Sentences one by one, each with its facet; a use case by its title, topics and sentences, with its stage."""
    one = member(of=OURS, offers="Autamme alussa. Meillä on malleja.", seeks="Etsimme kumppania.", topics=("sanelu",))
    _join(shop, one)
    _ask(shop, "Kuka sanelee kotihoidossa?")
    [made] = Cards(shop, small_embedder, NO_SYNONYMS).of([one])
    told = {(each.facet, each.text): each for each in made.statements}
    assert set(told) == {
        (Facet.OFFERS, "Autamme alussa."),
        (Facet.OFFERS, "Meillä on malleja."),
        (Facet.SEEKS, "Etsimme kumppania."),
        (Facet.TOPICS, "sanelu"),
        (Facet.QUESTION, "Kuka sanelee kotihoidossa?"),
        (Facet.USE_CASE, "Puheentunnistus kirjaamisessa"),
        (Facet.TOPICS, "puheentunnistus"),
        (Facet.TOPICS, "kirjaaminen"),
        (Facet.USE_CASE, "Hoitajat sanelevat käynnin heti."),
        (Facet.USE_CASE, "Puheentunnistus tekee siitä tekstin."),
    }
    case = told[Facet.USE_CASE, "Hoitajat sanelevat käynnin heti."]
    assert (case.use_case, case.stage, case.language) == ("Puheentunnistus kirjaamisessa", "pilot", Language.FI)
    assert made.topics == ("sanelu", "puheentunnistus", "kirjaaminen")
    assert (made.member, made.organisation) == (one.id, OURS.id)
    assert all(np.isclose(np.linalg.norm(each.vector), 1, atol=1e-3) for each in made.statements)


@given(st.frozensets(st.sampled_from(Consent)))
@settings(max_examples=25)
def test_nothing_stands_on_a_card_that_was_not_agreed_to(consents: frozenset[Consent]) -> None:
    """Whatever somebody agreed to, each facet is there just when it may be; the rest leaves no trace."""
    embedder = SmallEmbedder()
    store = open_store("sqlite://")
    _index(store, embedder, Audience.MEMBERS)
    one = member(of=OURS, consents=consents)
    _join(store, one)
    _ask(store, "Kuka sanelee kotihoidossa?")
    embedder.embedded.clear()
    [made] = Cards(store, embedder, NO_SYNONYMS).of([one])
    facets = {(each.facet, bool(each.use_case)) for each in made.statements}
    shown = {
        (Facet.OFFERS, False): Consent.OFFERS,
        (Facet.SEEKS, False): Consent.SEEKS,
        (Facet.TOPICS, False): Consent.TOPICS,
        (Facet.QUESTION, False): Consent.QUESTIONS,
        (Facet.USE_CASE, True): Consent.ORGANISATION,
        (Facet.TOPICS, True): Consent.ORGANISATION,
    }
    assert facets == {facet for facet, consent in shown.items() if consent in consents}
    assert made.organisation == (OURS.id if Consent.ORGANISATION in consents else NO_ORGANISATION)
    hidden = {one.offers: Consent.OFFERS, one.seeks: Consent.SEEKS, "puheentunnistus": Consent.TOPICS}
    assert not [text for text, consent in hidden.items() if consent not in consents and text in embedder.embedded]
    store.dispose()


def test_what_only_coordinators_may_read_is_on_no_card(tmp_path: Path, small_embedder: SmallEmbedder) -> None:
    """A card may be quoted to any member."""
    store = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    _index(store, small_embedder, Audience.COORDINATORS)
    one = member(of=OURS)
    _join(store, one)
    [made] = Cards(store, small_embedder, NO_SYNONYMS).of([one])
    assert not [each for each in made.statements if each.use_case]
    store.dispose()


def test_use_cases_are_those_of_the_members_organisation(shop: Store, small_embedder: SmallEmbedder) -> None:
    """Two of the same have it, one of another does not; cards come in the order asked for."""
    members = [member("U1", of=OURS), member("U2", of=OTHERS), member("U3", of=OURS)]
    _join(shop, *members)
    made = Cards(shop, small_embedder, NO_SYNONYMS).of([members[2], members[1], members[0]])
    assert [each.member for each in made] == ["T1:U3", "T1:U2", "T1:U1"]
    assert [any(each.use_case for each in card.statements) for card in made] == [True, False, True]


def test_somebody_is_known_by_what_they_and_their_organisation_name(shop: Store) -> None:
    """The use cases' topics where the organisation is shown, by whatever spelling of its name; nothing of another's."""
    with shop.reading() as work:
        known = topics_of(work, ("sanelu",), "hyvinvointialue  esimerkki")
        assert known == {"sanelu", "puheentunnistus", "kirjaaminen"}
        assert topics_of(work, ("sanelu",), OTHERS.name) == topics_of(work, ("sanelu",), "") == {"sanelu"}


def test_what_means_the_same_is_told_by_the_synonyms_that_are_given(
    shop: Store, small_embedder: SmallEmbedder, tmp_path: Path
) -> None:
    """Two who name one topic in two languages share it by one's own list, and do not without it."""
    one = member("U1", of=OTHERS, offers="", seeks="", topics=("lumikenkä",))
    other = member("U2", of=organisation("Puhevako Oy"), offers="", seeks="", topics=("snösko",))
    other = dataclasses.replace(other, languages=(Language.SV,))
    _join(shop, one, other)
    file = tmp_path / "own.tsv"
    file.write_text("lumikenkä\tsnösko\tsnowshoe\n", encoding="utf-8")
    for synonyms, shared in ((read_synonyms(file), ("lumikenkä",)), (NO_SYNONYMS, ())):
        assert shared_topics(*Cards(shop, small_embedder, synonyms).of([one, other])) == shared


def test_a_text_is_embedded_once_and_kept(shop: Store, small_embedder: SmallEmbedder) -> None:
    """The second time nothing is embedded; texts embedded when the profile was saved never are."""
    one = member(of=OURS)
    _join(shop, one)
    small_embedder.embedded.clear()
    cards = Cards(shop, small_embedder, NO_SYNONYMS)
    cards.of([one])
    assert sorted(small_embedder.embedded) == sorted(profile_texts(one))
    small_embedder.embedded.clear()
    cards.of([one])
    assert small_embedder.embedded == []


def test_somebody_who_leaves_while_cards_are_made_leaves_no_vector(shop: Store, small_embedder: SmallEmbedder) -> None:
    """The card is made all the same, and nothing is stored of who is gone."""
    gone = member(of=OURS)
    [made] = Cards(shop, small_embedder, NO_SYNONYMS).of([gone])
    assert made.statements
    with shop.reading() as work:
        assert work.members.vectors(small_embedder.identity) == {}


def test_only_the_newest_questions_count_and_refused_ones_never(shop: Store, small_embedder: SmallEmbedder) -> None:
    """Of seven questions five are looked at; one that was refused is not."""
    one = member(of=OURS)
    _join(shop, one)
    for number in range(7):
        _ask(shop, f"Kysymys {number}?", f"Ev{number}")
    _ask(shop, "Auta minua!", "Ev9", AnswerStatus.REFUSED)
    [made] = Cards(shop, small_embedder, NO_SYNONYMS).of([one])
    asked = [each.text for each in made.statements if each.facet is Facet.QUESTION]
    assert len(asked) == 5
    assert "Auta minua!" not in asked
