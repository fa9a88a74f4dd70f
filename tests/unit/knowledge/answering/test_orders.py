"""Which sentences give orders to a machine, and which only speak of machines and orders."""

from __future__ import annotations

import json

import pytest

from knowledge.answering.orders import gives_orders
from tests.writing import INJECTIONS


@pytest.mark.parametrize(
    "sentence",
    [
        "Äänitallenne saa olla tallessa enintään 7 vuorokautta.",
        "Järjestelmä poistaa tallenteen itse.",
        "Tekoälyä ei saa käyttää työhakemusten karsintaan.",
        "Potilaalle kerrotaan kokeilusta tiedotteella.",
        "Ilmoita poikkeamasta esihenkilölle.",
        "Skicka blanketten till nätverkets kansli.",
        "Språkmodellen får inte användas för diagnoser.",
        "Följ anvisningarna för avfall.",
        "The system deletes the recording by itself.",
        "Tell the patient before the dictation begins.",
        "A language model produces text by predicting what comes next.",
        "### Äänitallenne",
    ],
)
def test_guidance_for_people_is_left_alone(sentence: str) -> None:
    """What a guide says to its readers stays evidence."""
    assert not gives_orders(sentence)


def test_most_injections_are_told_by_their_words() -> None:
    """Of the orders inside documents at least nine in ten are seen; the other walls are for the rest."""
    attacks = [json.loads(line) for line in INJECTIONS.read_text(encoding="utf-8").splitlines()]
    inside = [attack["text"] for attack in attacks if attack["place"] == "document"]
    assert sum(map(gives_orders, inside)) >= 0.9 * len(inside)
