"""Which messages in a channel ask everybody something."""

from __future__ import annotations

import pytest

from knowledge.channels.overhearing import is_open_question

QUESTIONS = (
    "Milloin jäsenmaksu laskutetaan?",
    "Moi! Tietääkö joku, kuinka kauan sanelun äänitallennetta saa säilyttää?",
    "Onko kellään kokemusta puheentunnistuksesta kotihoidossa? Kiinnostaisi kuulla.",
    "Vilka regler gäller för taligenkänning inom hemvården?",
    "Finns det någon som vet när avvikelsen ska rapporteras?",
    "Does anyone know how long recordings may be kept?",
    "What does the AI Act say about high-risk systems? Asking for a project.",
    "Tässä raportti <https://example.org/r?x=1>, mutta missä kerrotaan kustannuksista?",
)
OTHERS = (
    "Jäsenmaksu laskutetaan taas tammikuussa.",
    "Mitä kuuluu?",
    "Eikö?",
    "Ai niin?",
    "<@U0ADMIN001> milloin jäsenmaksu laskutetaan?",
    "@riikka milloin jäsenmaksu laskutetaan?",
    "<!subteam^S1> kuka hoitaa laskutuksen tänä vuonna?",
    "&gt; Milloin jäsenmaksu laskutetaan?\nKiitos, selvisi jo.",
    "> Milloin jäsenmaksu laskutetaan?",
    "```select * from t where a = ?``` mikä tässä on vikana?",
    "Minulla on huono olo ja rintaan sattuu, mitä lääkettä otan?",
    "Miten paljon kello on ja kuka on 131052-308T?",
    "Katsokaa <https://example.org/?q=1>",
    "Terve kaikille, olen uusi täällä ja mukava olla mukana.",
    "Kuka tulee syömään? " + "Tarjolla on keittoa ja leipää. " * 20,
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_to_everybody_is_one(text: str) -> None:
    """In three languages, with a greeting before it or a word after it."""
    assert is_open_question(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_messages_are_none(text: str) -> None:
    """What tells, greets, asks somebody by name, quotes, is about one's own health, or holds an identity code."""
    assert not is_open_question(text)
