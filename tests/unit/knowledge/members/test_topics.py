"""How well texts fit a topic: by words in any form, by synonyms of three languages, by meaning."""

from __future__ import annotations

import pytest

from knowledge.members.terms import all_terms
from knowledge.members.topics import Topics, covers
from knowledge.searching.synonyms import Synonyms, parse_groups
from tests.fakes import SmallEmbedder

GROUPS = parse_groups(
    ["puheentunnistus\ttaligenkänning\tspeech recognition", "hoitaja\tvårdare\tnurse", "kaatuminen\tfallolycka\tfall"],
    "test",
)


@pytest.fixture(scope="module")
def topics() -> Topics:
    """With three groups of synonyms, and a model without weights."""
    return Topics(SmallEmbedder(), Synonyms(GROUPS))


@pytest.mark.parametrize(
    ("topic", "text", "share"),
    [
        ("puheentunnistus", "Puheentunnistusta kokeiltiin kotihoidossa.", 1),
        ("puheentunnistuksesta", "taligenkänning", 1),
        ("taligenkänning", "speech recognition", 1),
        ("Speech Recognition", "Puheentunnistus kirjaamisessa", 1),
        ("kotihoidon puheentunnistus", "puheentunnistus", 0.5),
        ("hoitajien puheentunnistus", "Speech recognition for nurses", 1),
        ("kielimalli", "Kielimallien käyttö potilasohjeissa", 1),
        ("kielimalli", "Etsimme kokemuksia selkokielen tuottamisesta.", 0),
        ("training of nurses", "Hoitajat pitävät työstään.", 0.5),
        ("puheentunnistus", "puheen automaattinen tunnistus", 0.5),
        ("puheentunnistus", "kaatumisen tunnistus", 0),
        ("puheentunnistus", "veneily", 0),
    ],
)
def test_words_are_found_in_every_form_and_language(topics: Topics, topic: str, text: str, share: float) -> None:
    """A synonym of a part stands for that part alone, and a compound counts half where all its parts are there."""
    [read] = topics.read([topic])
    assert covers(read, all_terms(text)) == share


def test_the_fit_adds_meaning_to_words(topics: Topics) -> None:
    """All the words are enough; without a word a text must be near, and something else is not."""
    embedder = SmallEmbedder()
    [read] = topics.read(["puheentunnistus"])
    texts = ["Meillä on puheentunnistus tuotannossa kotihoidossa.", "puheentunnistukset", "veneily"]
    fits = topics.prepare(texts, embedder.embed_passages(texts)).fits(read)
    assert fits[0] == 1
    assert fits[1] > 0.7
    assert fits[2] < 0.3


def test_no_texts_fit_nothing(topics: Topics) -> None:
    """Where nobody said anything there is nothing to hold against."""
    [read] = topics.read(["tutka"])
    assert topics.prepare([], SmallEmbedder().embed_passages([])).fits(read).shape == (0,)


def test_a_topic_without_words_covers_nothing(topics: Topics) -> None:
    """Signs alone are no topic."""
    [read] = topics.read(["???"])
    assert covers(read, all_terms("???")) == 0
