"""Why two sides fit, in their own words."""

from __future__ import annotations

import pytest

from knowledge.matching.aspects import aspect_of, cues
from knowledge.matching.relating import common_ground, scores
from knowledge.matching.statements import Facet, Statement
from knowledge.model import NO_ORGANISATION, Aspect, Excerpt, Language, OrganisationId
from tests.unit.knowledge.matching.cards import card, case, statement

SEEKS = "Etsimme kokemuksia puheentunnistuksesta kotihoidossa."
DICTATES = "Hoitajat sanelevat käynnin heti sen jälkeen."
SWEDISH = "Vårdarna dikterar direkt efter besöket."


def test_both_sides_are_quoted_with_use_case_and_stage() -> None:
    """The wish and the sentence of the pilot stand word for word, each with its language; titles are not quoted."""
    seeker = card("A", statement(SEEKS, Facet.SEEKS, 0))
    pilot = card("B", *case("Sanelu", SWEDISH, 0, language=Language.SV))
    ground = common_ground(seeker, pilot)
    assert ground is not None
    assert ground.aspect is Aspect.SUPPLY
    assert ground.first == Excerpt(SEEKS, Language.FI)
    assert ground.second == Excerpt(SWEDISH, Language.SV, "Sanelu", "pilot", OrganisationId("o-B"))
    assert ground.strength > 0.5


def test_turned_around_the_sides_change_places() -> None:
    """The first excerpt is always the first card's."""
    seeker, pilot = card("A", statement(SEEKS, Facet.SEEKS, 0)), card("B", *case("Sanelu", DICTATES, 0))
    one, other = common_ground(seeker, pilot), common_ground(pilot, seeker)
    assert one is not None
    assert other is not None
    assert (other.first, other.second, other.aspect) == (one.second, one.first, one.aspect)
    assert other.strength == pytest.approx(one.strength)


def test_a_question_is_never_quoted_nor_a_reason() -> None:
    """What somebody asked Solmu may not be told to others, also where it fits best."""
    asked = statement("Kuka käyttää puheentunnistusta?", Facet.QUESTION, 0)
    pilot = card("B", *case("Sanelu", DICTATES, 0))
    assert common_ground(card("A", asked), pilot) is None
    ground = common_ground(card("A", asked, statement(SEEKS, Facet.SEEKS, 0)), pilot)
    assert ground is not None
    assert ground.first.text == SEEKS


def test_nothing_is_said_where_nothing_is_shared() -> None:
    """Different matters, and cards without statements."""
    routes = card("B", statement("Ajoreitit suunnitellaan koneella.", Facet.OFFERS, 1))
    assert common_ground(card("A", statement(SEEKS, Facet.SEEKS, 0)), routes) is None
    assert common_ground(card("A"), routes) is None


def test_sentences_about_the_matter_are_chosen_before_costs_and_dates() -> None:
    """Both cases tell what they cost and what they do; what they do is quoted."""

    def told(title: str) -> list[Statement]:
        cost = statement("Se maksoi 71 000 euroa vuonna 2026.", Facet.USE_CASE, 0, use_case=title, stage="pilot")
        return [*case(title, DICTATES, 0), cost]

    ground = common_ground(card("A", *told("Sanelu")), card("B", *told("Kirjaaminen")))
    assert ground is not None
    assert (ground.first.text, ground.second.text) == (DICTATES, DICTATES)


def test_topics_are_shared_in_any_language_and_inflection() -> None:
    """`taligenkänning` is the topic `puheentunnistus`, `Lähetteet` is `lähete`; `kotihoito` only one side has."""
    ours = [statement(topic, Facet.TOPICS, 0) for topic in ("puheentunnistus", "Lähetteet", "kotihoito")]
    theirs = [
        statement("taligenkänning", Facet.TOPICS, 0, language=Language.SV),
        statement("lähete", Facet.TOPICS, 0),
        statement("jour", Facet.TOPICS, 0, language=Language.SV),
    ]
    ground = common_ground(card("A", *ours), card("B", *theirs))
    assert ground is not None
    assert ground.shared == ("puheentunnistus", "Lähetteet")
    assert ground.named == (("taligenkänning",), ("lähete",))
    assert {ground.first.organisation, ground.second.organisation} == {NO_ORGANISATION}
    assert (ground.aspect, ground.first.text, ground.second.text) == (Aspect.TOPIC, "puheentunnistus", "taligenkänning")


def test_topics_that_only_lie_near_each_other_are_no_reason() -> None:
    """To a model single words are alike: only the same topic on both sides may be said aloud, or bring them near."""
    ours, theirs = (
        card(user, statement(topic, Facet.TOPICS, 0)) for user, topic in (("A", "kotihoito"), ("B", "tietosuoja"))
    )
    assert common_ground(ours, theirs) is None
    assert scores([ours, theirs])[0, 1] < 0.1


@pytest.mark.parametrize(
    ("one", "other", "aspect"),
    [
        ("Jonot ovat liian pitkiä.", "Väntetiden är för lång.", Aspect.PROBLEM),
        ("Tutka tunnistaa kaatumisen.", "The sensors need no camera.", Aspect.TECHNOLOGY),
        ("Äänitteet tallennetaan rekisteriin.", "Recordings are kept in a register.", Aspect.DATA),
        ("Omaiset jaksavat paremmin.", "Anhöriga orkar bättre.", Aspect.TOPIC),
        ("Jonot ovat liian pitkiä.", "Radar används på natten.", Aspect.TOPIC),
    ],
)
def test_the_aspect_is_what_both_sentences_speak_of(one: str, other: str, aspect: Aspect) -> None:
    """A problem, a technology, data; a topic where only one speaks of it, or neither does."""
    assert aspect_of(one, other) is aspect


def test_every_aspect_but_supply_and_topic_has_cues() -> None:
    """Those two are not told by words: the file names each of the others, with words of its own."""
    assert set(cues()) == {Aspect.PROBLEM, Aspect.TECHNOLOGY, Aspect.DATA}
    assert all(cues().values())
