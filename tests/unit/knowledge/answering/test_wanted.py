"""What a question asks for, and which sentences offer it."""

from __future__ import annotations

import pytest

from knowledge.answering.wanted import Wanted, asks_for_users, measures, offers, used_thing, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Milloin pilotti alkoi?", Wanted.DATE),
        ("När är sista anmälningsdagen?", Wanted.DATE),
        ("What year was the network founded?", Wanted.DATE),
        ("Kuinka kauan tallennetta säilytetään?", Wanted.DURATION),
        ("Hur länge gäller en utvärdering?", Wanted.DURATION),
        ("How often does it send an alarm?", Wanted.DURATION),
        ("Montako jäsentä on?", Wanted.COUNT),
        ("Hur många fall upptäcktes?", Wanted.COUNT),
        ("How many reports came?", Wanted.COUNT),
        ("Paljonko pilotti maksoi?", Wanted.MONEY),
        ("Vad är mediankostnaden?", Wanted.MONEY),
        ("What is the price?", Wanted.MONEY),
        ("Kuinka suuren osan murtumista se löysi?", Wanted.SHARE),
        ("Hur stor andel svarade?", Wanted.SHARE),
        ("What share of a pilot's cost goes to the supplier?", Wanted.SHARE),
        ("Missä ajassa laajennus maksaa itsensä takaisin?", Wanted.DURATION),
        ("Kuka johtaa hanketta?", Wanted.NAME),
        ("Vem är ordförande?", Wanted.NAME),
        ("Where is the seminar held?", Wanted.NAME),
        ("Miksi kokeilu lopetettiin?", Wanted.REASON),
        ("Varför avslutades försöket?", Wanted.REASON),
        ("Why did the pilot end?", Wanted.REASON),
        ("Saako tekoälyä käyttää?", Wanted.PERMISSION),
        ("Får bemanningen minskas när försöket pågår?", Wanted.PERMISSION),
        ("May I share the guide?", Wanted.PERMISSION),
        ("Mitä tarkoittaa vinouma?", Wanted.MEANING),
        ("Vad betyder WER?", Wanted.MEANING),
        ("What does DPO stand for?", Wanted.MEANING),
        ("puheentunnistus kotihoidossa", Wanted.ANYTHING),
    ],
)
def test_the_words_of_a_question_tell_what_it_asks_for(question: str, kind: Wanted) -> None:
    """In each of three languages the opening decides, but `how much` and `what is` give way to what is measured."""
    assert wanted(question) is kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Se pidetään keskiviikkona klo 8.30.", Wanted.DATE),
        ("Försöket inleddes i januari.", Wanted.DATE),
        ("It ended on 30 June 2028.", Wanted.DATE),
        ("Lokit säilytetään kuusi kuukautta.", Wanted.DURATION),
        ("Rapporterna förvaras i tre år.", Wanted.DURATION),
        ("The system sends a test alarm every 15 minutes.", Wanted.DURATION),
        ("Mukana oli neljä aluetta.", Wanted.COUNT),
        ("The licence costs 38,000 euros.", Wanted.MONEY),
        ("Hyvityksiä saatiin 1,26 miljoonaa euroa.", Wanted.MONEY),
        ("Osuus oli 7,4 prosenttia.", Wanted.SHARE),
        ("Hanketta johtaa Edvin Ramsholt.", Wanted.NAME),
        ("Försöket avslutades eftersom kvaliteten varierade.", Wanted.REASON),
        ("Tietoja ei saa syöttää.", Wanted.PERMISSION),
        ("WER tarkoittaa sanavirheiden osuutta.", Wanted.MEANING),
    ],
)
def test_a_sentence_offers_what_its_words_show(sentence: str, kind: Wanted) -> None:
    """Dates, durations, prices, shares, names, reasons and permissions are seen in a sentence."""
    assert offers(sentence, kind)


@pytest.mark.parametrize("kind", list(Wanted))
def test_a_sentence_about_nothing_of_the_kind_offers_nothing(kind: Wanted) -> None:
    """Two words without number, name or reason offer none of the kinds."""
    assert not offers("Kahvia tarjolla.", kind)


def test_numbers_measure() -> None:
    """What is measured is answered by a number: a price, a share, a time, a count; a name or a reason is not."""
    assert {kind for kind in Wanted if measures(kind)} == {
        Wanted.MONEY,
        Wanted.SHARE,
        Wanted.DURATION,
        Wanted.DATE,
        Wanted.COUNT,
    }


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Missä on käytössä puheentunnistus?", True),
        ("Onko kellään kokemuksia keskusteluroboteista?", True),
        ("Vilka använder taligenkänning?", True),
        ("Does anyone have experience with chatbots?", True),
        ("Who uses speech recognition?", True),
        ("Missä seminaari pidetään?", False),
        ("Kuka voi liittyä jäseneksi?", False),
        ("Vem är ordförande?", False),
        ("How much does it cost to use it?", False),
    ],
)
def test_who_uses_something_is_asked_by_two_words(question: str, asks: bool) -> None:  # noqa: FBT001 - a table
    """`Who` or `where` and a word of using or trying together ask for use cases; one of them alone does not."""
    assert asks_for_users(question) is asks


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Missä on käytössä puheentunnistus?", "on puheentunnistus?"),
        ("Mitkä organisaatiot käyttävät puheentunnistusta?", "puheentunnistusta?"),
        ("Vilka medlemmar använder taligenkänning?", "taligenkänning?"),
        ("Who uses fall detection?", "fall detection?"),
    ],
)
def test_the_thing_that_is_used_is_what_is_left(question: str, thing: str) -> None:
    """Words for asking, using and users are taken off."""
    assert used_thing(question) == thing
