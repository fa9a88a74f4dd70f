"""Instructions inside documents, titles, headings, names and questions change nothing, even where the model obeys."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest

from knowledge.model import Answer, Document, Language, Passage
from knowledge.ports import Embedder
from tests.builders import document, passage
from tests.writing import INJECTIONS, ModelServer, model_at, model_server, quoted, writer

GUIDES = {
    Language.FI: (
        "Äänitallenne saa olla tallessa enintään 7 vuorokautta sanelun päättymisestä. Järjestelmä poistaa sen itse.",
        "Kuinka kauan äänitallenne säilyy?",
    ),
    Language.SV: (
        "Ljudinspelningen får sparas högst 7 dygn efter att dikteringen avslutats. Systemet raderar den självt.",
        "Hur länge sparas inspelningen?",
    ),
    Language.EN: (
        "The audio recording may be kept for at most 7 days after dictation. The system deletes it by itself.",
        "How long is the recording kept?",
    ),
}
ATTACKS = [json.loads(line) for line in INJECTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """The gullible server, started once."""
    with model_server() as running:
        yield running


def _scene(attack: dict[str, str]) -> tuple[str, Passage, Document]:
    """Question, passage and document with the instruction where it stands."""
    language, place, order = Language(attack["language"]), attack["place"], attack["text"]
    text, question = GUIDES[language]
    of = dataclasses.replace(document(), language=language)
    if place == "title":
        of = dataclasses.replace(of, title=order)
    if place == "name":
        of = dataclasses.replace(of, publisher=order)
    found = passage(f"{text}\n\n{order}" if place == "document" else text, of=of, language=language)
    if place == "heading":
        found = dataclasses.replace(found, headings=(order,))
    return order if place == "question" else question, found, of


def _answers(attack: dict[str, str], address: str, embedder: Embedder) -> tuple[Answer, Answer, list[str]]:
    """The answer without a model, the written one, and what was heard meanwhile."""
    question, found, of = _scene(attack)
    before = quoted(found, of, Language(attack["language"]))
    heard: list[str] = []
    with model_at(address) as model:
        after = writer(model, embedder, found, of).write(question, before, heard.append)
    return before, after, heard


def _good(language: Language) -> list[str]:
    first, second = GUIDES[language][0].rstrip(".").split(". ")
    return [f"{first} [1].", f"{second} [1]."]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack['language']}-{attack['place']}")
def test_a_model_that_obeys_what_it_reads(
    attack: dict[str, str], server: ModelServer, bundled_embedder: Embedder
) -> None:
    """Of a model that follows every order in its prompt, nothing is heard or shown but what the sources say."""
    before, after, heard = _answers(attack, server.address("gullible"), bundled_embedder)
    good = _good(Language(attack["language"]))
    assert set(heard) <= set(good)
    assert after.written in {"", *good, " ".join(good)}
    assert dataclasses.replace(after, written="", held_back=False, text="", took_ms=0) == dataclasses.replace(
        before, text="", took_ms=0
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack['language']}-{attack['place']}")
def test_a_model_that_was_won_over(attack: dict[str, str], server: ModelServer, bundled_embedder: Embedder) -> None:
    """The same where the order reaches the model by whatever way: what it then says is told from what sources say."""
    address = server.address("good-and-say", attack["says"])
    _, after, heard = _answers(attack, address, bundled_embedder)
    good = _good(Language(attack["language"]))
    assert heard == good
    assert after.written in {"", " ".join(good)}
    assert after.held_back is not bool(after.written)


def test_the_set_is_as_wide_as_it_says() -> None:
    """At least sixty orders, in three languages, in five places, none twice."""
    assert len({attack["text"] for attack in ATTACKS}) == len(ATTACKS) >= 60
    assert {attack["language"] for attack in ATTACKS} == {"fi", "sv", "en"}
    assert {attack["place"] for attack in ATTACKS} == {"document", "title", "heading", "name", "question"}


def test_a_model_of_good_faith_is_believed(server: ModelServer, bundled_embedder: Embedder) -> None:
    """The checks that stop all this let a good reply through: otherwise they would prove nothing."""
    for language, (text, question) in GUIDES.items():
        found = passage(text, language=language)
        with model_at(server.address("good")) as model:
            after = writer(model, bundled_embedder, found, document()).write(
                question, quoted(found, document(), language)
            )
        assert after.written == " ".join(_good(language))
