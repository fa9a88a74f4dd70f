"""The adapter against a server that misbehaves: whatever it does, the reply is whole and in time, or an error."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from knowledge.adapters.openai_model import OpenAIModel
from knowledge.errors import (
    LanguageModelError,
    ModelBusyError,
    ModelCutShortError,
    ModelNonsenseError,
    ModelRejectedError,
    ModelTimedOutError,
    ModelUnavailableError,
)
from knowledge.ports import Message, Role
from tests.writing import ModelServer, model_server

PROMPT = [
    Message(Role.SYSTEM, "Vastaa."),
    Message(Role.USER, '<source n="1" title="Opas">\nPilotti alkoi toukokuussa.\nSe päättyi elokuussa.\n</source>'),
]
REPLY = "Pilotti alkoi toukokuussa [1]. Se päättyi elokuussa [1]."
KEY = "sk-secret-key"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """The server, started once."""
    with model_server() as running:
        yield running


def _ask(address: str, *, seconds: float = 5, most_tokens: int = 100) -> str:
    model = OpenAIModel(address, "small-model", KEY)
    try:
        return "".join(model.stream(PROMPT, most_tokens=most_tokens, seconds=seconds))
    finally:
        model.close()


def test_a_reply_comes_in_pieces(server: ModelServer) -> None:
    """What the model says comes as it says it, and together it is the whole reply."""
    model = OpenAIModel(server.address("good"), "small-model", KEY)
    pieces = list(model.stream(PROMPT, most_tokens=100, seconds=5))
    model.close()
    assert len(pieces) > 4
    assert "".join(pieces) == REPLY


def test_the_request_says_what_was_set(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Model, key, limit and messages are those told, and nothing of the environment's own account goes along."""
    monkeypatch.setenv("OPENAI_ORG_ID", "org-other")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-other")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    _ask(server.address("good"))
    request = server.asked()[-1]
    assert request["headers"]["authorization"] == f"Bearer {KEY}"
    assert not {"org-other", "proj-other"} & set(request["headers"].values())
    assert request["body"] == {
        "model": "small-model",
        "messages": [{"role": "system", "content": "Vastaa."}, {"role": "user", "content": PROMPT[1].text}],
        "stream": True,
        "temperature": 0,
        "max_tokens": 100,
    }


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("401", ModelRejectedError),
        ("404", ModelRejectedError),
        ("redirect", ModelRejectedError),
        ("429", ModelBusyError),
        ("500", ModelUnavailableError),
        ("cut", ModelCutShortError),
        ("too-long", ModelCutShortError),
        ("endless", ModelCutShortError),
        ("error-inside", ModelCutShortError),
        ("html", ModelCutShortError),
        ("garbage", ModelNonsenseError),
        ("shapeless", ModelNonsenseError),
    ],
)
def test_a_broken_reply_is_a_named_error(
    server: ModelServer, caplog: pytest.LogCaptureFixture, mode: str, error: type[LanguageModelError]
) -> None:
    """Each way to fail has its error, at once, and neither error nor log holds the prompt, the key or the reply."""
    caplog.set_level(logging.DEBUG)
    started = time.monotonic()
    with pytest.raises(error) as raised:
        _ask(server.address(mode))
    assert time.monotonic() - started < 4
    told = f"{raised.value} {caplog.text}"
    assert not [secret for secret in (KEY, "toukokuussa", "Vastaa", "memory") if secret in told]


@pytest.mark.parametrize("mode", ["silent", "comments", "slow"])
def test_time_holds_whatever_the_server_does(server: ModelServer, mode: str) -> None:
    """A server that says nothing, or never comes to an end, is left when the time is over, and so is its thread."""
    started = time.monotonic()
    with pytest.raises(ModelTimedOutError):
        _ask(server.address(mode), seconds=0.6, most_tokens=10_000)
    assert 0.5 < time.monotonic() - started < 2
    for thread in [each for each in threading.enumerate() if each.name == "language-model"]:
        thread.join(3)
        assert not thread.is_alive()


def test_nobody_at_the_address() -> None:
    """A server that is not there is an error like any other, after a few tries."""
    with pytest.raises(ModelUnavailableError):
        _ask("http://127.0.0.1:9/v1")


@pytest.mark.parametrize("mode", ["429-once", "500-once"])
def test_what_passes_is_tried_again(server: ModelServer, mode: str) -> None:
    """A busy or failing server is asked again while there is time."""
    assert _ask(server.address(mode)) == REPLY
    assert [request["path"].split("/")[1] for request in server.asked()].count(mode) == 2


def test_tries_are_few(server: ModelServer) -> None:
    """A server that keeps failing is asked three times; one that asks to wait beyond the time, or says no, once."""
    before = len(server.asked())
    for mode in ("500", "429", "401"):
        with pytest.raises(LanguageModelError):
            _ask(server.address(mode))
    modes = [request["path"].split("/")[1] for request in server.asked()[before:]]
    assert modes == ["500", "500", "500", "429", "401"]


def test_other_names_of_the_limit(server: ModelServer) -> None:
    """A server that wants the limit under its newer name gets it so, from then on at once."""
    model = OpenAIModel(server.address("particular"), "small-model", "")
    before = len(server.asked())
    for _ in range(2):
        assert "".join(model.stream(PROMPT, most_tokens=100, seconds=5)) == REPLY
    model.close()
    limits = [set(request["body"]) & {"max_tokens", "max_completion_tokens"} for request in server.asked()[before:]]
    assert limits == [{"max_tokens"}, {"max_completion_tokens"}, {"max_completion_tokens"}]


def test_who_stops_listening_is_not_waited_for(server: ModelServer) -> None:
    """A reader that leaves after the first piece ends the reading thread."""
    model = OpenAIModel(server.address("slow"), "small-model", KEY)
    stream = model.stream(PROMPT, most_tokens=10_000, seconds=30)
    assert next(stream)
    stream.close()  # type: ignore[attr-defined] - it is a generator
    for thread in [each for each in threading.enumerate() if each.name == "language-model"]:
        thread.join(3)
        assert not thread.is_alive()
    model.close()
