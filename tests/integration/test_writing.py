"""Written answers against a real server: what is kept, what is sent, and that every failure ends in the quotes."""

from __future__ import annotations

import dataclasses
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from knowledge.members.listing import Viewer
from knowledge.model import Answer, AnswerStatus, Audience, Language, MemberId, Reason
from knowledge.ports import Embedder, LanguageModel, Message
from knowledge.wiring import Knowledge, assemble
from tests.builders import document, passage
from tests.writing import ModelServer, model_at, model_server, quoted, writer

TEXT = (
    "Äänitallenne saa olla tallessa enintään 7 vuorokautta sanelun päättymisestä. Järjestelmä poistaa sen itse. "
    "Lisätietoja on osoitteessa ohjeet.example."
)
QUESTION = "Kuinka kauan äänitallenne säilyy?"
GOOD = (
    "Äänitallenne saa olla tallessa enintään 7 vuorokautta sanelun päättymisestä [1]. Järjestelmä poistaa sen itse [1]."
)
ASKER = Viewer(MemberId("T1:U1"), Audience.MEMBERS, is_private=True)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """The server, started once."""
    with model_server() as running:
        yield running


@pytest.fixture(scope="module")
def writing_sample(sample: Knowledge, server: ModelServer) -> Knowledge:
    """The sample ecosystem with a model that writes well."""
    settings = sample.settings.model_copy(update={"llm_base_url": server.address("good"), "llm_model": "small-model"})
    return assemble(settings, sample.store, sample.shelf, sample.embedder, sample.clock)


class Listened:
    """A language model that writes down when each piece came."""

    def __init__(self, model: LanguageModel, order: list[str]) -> None:
        self._model = model
        self._order = order

    def stream(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Iterator[str]:
        """The other's pieces."""
        for piece in self._model.stream(messages, most_tokens=most_tokens, seconds=seconds):
            self._order.append("piece")
            yield piece


def _written(address: str, embedder: Embedder, *, seconds: float = 10) -> tuple[Answer, list[str]]:
    """The answer to the question, and what was heard meanwhile."""
    heard: list[str] = []
    found = passage(TEXT)
    with model_at(address) as model:
        written = writer(model, embedder, found, document(), seconds=seconds).write(
            QUESTION, quoted(found, document(), Language.FI), heard.append
        )
    return written, heard


def _before() -> Answer:
    return quoted(passage(TEXT), document(), Language.FI)


def _same(one: Answer, other: Answer) -> bool:
    return dataclasses.replace(one, took_ms=0) == dataclasses.replace(other, took_ms=0)


@pytest.mark.parametrize("mode", ["good", "thinking", "429-once"])
def test_a_good_reply_is_shown_with_its_sources(server: ModelServer, bundled_embedder: Embedder, mode: str) -> None:
    """What the sources say stands above the quotes, each sentence with its number, and it is said who wrote it."""
    answer, heard = _written(server.address(mode), bundled_embedder)
    assert answer.written == " ".join(heard) == GOOD
    assert answer.text.startswith(f"{GOOD}\n\nKielimalli kirjoitti tämän")
    assert "[1] ”Äänitallenne saa olla tallessa" in answer.text
    assert answer.citations == _before().citations
    assert (answer.status, answer.reason, answer.held_back) == (AnswerStatus.ANSWERED, Reason.NONE, False)


@pytest.mark.parametrize(
    "mode",
    [
        *("cut", "too-long", "401", "404", "429", "500", "redirect", "html", "garbage", "shapeless", "error-inside"),
        *("endless", "silent", "comments", "slow", "refusal", "no-citations", "empty", "wrong-language-uncited"),
    ],
)
def test_every_failure_ends_in_the_quotes(
    server: ModelServer, bundled_embedder: Embedder, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    """Whatever the model does, the answer is the one without a model, and no log holds a word of it."""
    caplog.set_level(logging.DEBUG)
    address = (
        server.address("say", "The recording is kept for seven days.")
        if mode == "wrong-language-uncited"
        else server.address(mode)
    )
    answer, _ = _written(address, bundled_embedder, seconds=1.5)
    assert _same(answer, _before())
    assert not [word for word in ("tallenne", "Kuinka", "sk-secret") if word in caplog.text]


@pytest.mark.parametrize("mode", ["wrong-language", "no-such-source", "invented-numbers", "invented", "gibberish"])
def test_what_is_not_grounded_is_held_back(server: ModelServer, bundled_embedder: Embedder, mode: str) -> None:
    """A reply that claims what the sources do not say is not shown; the quotes are, with a sentence that says so."""
    answer, heard = _written(server.address(mode), bundled_embedder)
    assert heard in ([], ["Järjestelmä poistaa sen itse [1]."])
    assert answer.text.startswith("En saanut kirjoitettua vastausta, jolle olisi löytynyt tuki lähteistä.")
    assert _same(dataclasses.replace(answer, held_back=False, text=""), dataclasses.replace(_before(), text=""))


def test_the_prompt_leaks_nothing_by_being_repeated(server: ModelServer, bundled_embedder: Embedder) -> None:
    """A model that says its whole prompt back shows no word of the instructions."""
    answer, heard = _written(server.address("leak"), bundled_embedder)
    assert "Kirjoitat lyhyen vastauksen" not in " ".join([answer.text, *heard])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**Järjestelmä** poistaa sen itse. [1]", "Järjestelmä poistaa sen itse [1]."),
        ("- Järjestelmä poistaa sen `itse` [1].", "Järjestelmä poistaa sen itse [1]."),
        ("[Järjestelmä](https://huijaus.example) poistaa sen itse [1].", "Järjestelmä poistaa sen itse [1]."),
        ("Lisätietoja on osoitteessa ohjeet.example [1].", "Lisätietoja on osoitteessa ohjeet.example [1]."),
        ("Järjestelmä poistaa sen itse [1]. Järjestelmä poistaa sen itse [1].", "Järjestelmä poistaa sen itse [1]."),
        ("Lisätietoja on osoitteessa huijaus.example [1].", ""),
        ("Lisätietoja on osoitteessa https://ohjeet.example/kirjaudu [1].", ""),
        ("<@U123> Järjestelmä poistaa sen itse [1].", ""),
        ("<https://huijaus.example|Järjestelmä poistaa sen itse> [1].", ""),
        ("@channel Järjestelmä poistaa sen itse [1].", ""),
        ("Järjestelmä poistaa sen itse [1][2].", ""),
        ("Poistaako järjestelmä sen itse [1]?", ""),
    ],
)
def test_no_markup_link_or_mention_of_a_model(
    server: ModelServer, bundled_embedder: Embedder, said: str, shown: str
) -> None:
    """Mark-up goes; addresses and mentions stand only where the cited passage has them word for word."""
    answer, heard = _written(server.address("say", said), bundled_embedder)
    assert (answer.written, heard) == (shown, [shown] if shown else [])


def test_a_sentence_is_heard_before_the_reply_is_over(server: ModelServer, bundled_embedder: Embedder) -> None:
    """Each sentence is told as soon as it has been checked, not when the model is done."""
    found, order = passage(TEXT), list[str]()
    with model_at(server.address("good")) as model:
        listened = Listened(model, order)
        writer(listened, bundled_embedder, found, document()).write(
            QUESTION, quoted(found, document(), Language.FI), lambda _: order.append("heard")
        )
    assert order.count("heard") == 2
    assert "piece" in order[order.index("heard") + 2 :]


def test_a_question_is_written_about_with_its_sources_alone(writing_sample: Knowledge, server: ModelServer) -> None:
    """The prompt holds instructions, the cited passages and the question; the reply keeps quotes and use cases."""
    before = len(server.asked())
    question = "Kuinka kauan sanelun äänitallennetta saa säilyttää?"
    heard: list[str] = []
    answer = writing_sample.consultant.ask(question, ASKER, heard.append).answer
    alone = writing_sample.answerer.ask(question, audience=Audience.MEMBERS)
    [request] = server.asked()[before:]
    material = request["body"]["messages"][1]["content"]
    assert material.count("<source n=") == sum(not each.is_superseded for each in alone.citations) > 0
    assert question in material
    assert answer.citations == alone.citations
    assert answer.written == " ".join(heard) != ""
    assert answer.text.startswith(heard[0])


@pytest.mark.parametrize(
    "question",
    [
        "Potilaan hetu on 131052-308T, mitä teen?",
        "Mitä lääkettä minun pitäisi ottaa päänsärkyyn?",
        "En jaksa enää elää.",
        "Hei!",
        "Kuka voitti eilen jääkiekossa?",
        "Missä on käytössä kvanttitietokone?",
    ],
)
def test_nothing_is_sent_for_what_is_not_answered(
    writing_sample: Knowledge, server: ModelServer, question: str
) -> None:
    """What is refused or not found is so before any model is asked."""
    before = len(server.asked())
    answer = writing_sample.consultant.ask(question, ASKER).answer
    assert answer.status is not AnswerStatus.ANSWERED
    assert server.asked()[before:] == []


def test_nothing_of_members_is_sent_for_the_public(writing_sample: Knowledge, server: ModelServer) -> None:
    """A passage that the asker may not see is not sent either."""
    before = len(server.asked())
    guest = Viewer(MemberId("T1:U1"), Audience.PUBLIC, is_private=True)
    writing_sample.consultant.ask("Kuinka kauan sanelun äänitallennetta saa säilyttää?", guest)
    assert server.asked()[before:] == []


@pytest.mark.parametrize("place", ["question", "passage"])
def test_an_identity_code_never_leaves(server: ModelServer, bundled_embedder: Embedder, place: str) -> None:
    """Where question or passage hold a personal identity code, nothing is sent and the quotes stand alone."""
    found = passage(TEXT if place == "question" else f"{TEXT} Esimerkki: 131052-308T.")
    question = f"{QUESTION} 131052-308T" if place == "question" else QUESTION
    before, asked = quoted(found, document(), Language.FI), len(server.asked())
    with model_at(server.address("good")) as model:
        assert writer(model, bundled_embedder, found, document()).write(question, before) == before
    assert len(server.asked()) == asked


def test_without_a_model_its_client_is_not_imported() -> None:
    """Who has no language model does not wait for its client at each start."""
    code = "import sys, bot.__main__, knowledge.wiring; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_model_nothing_changes(sample: Knowledge) -> None:
    """Nothing set: the consultant's answer is the answerer's, and nothing is written."""
    question = "Kuinka kauan sanelun äänitallennetta saa säilyttää?"
    answer = sample.consultant.ask(question, ASKER).answer
    assert answer.written == ""
    assert _same(answer, sample.answerer.ask(question, audience=Audience.MEMBERS))
