"""The real bot with a language model: its words are seen while they are written, and checked before they are seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sandbox.values import Message
from tests.scenario.bot_process import PUBLIC_QUESTION, PUBLIC_QUOTE, BotProcess, copy_index
from tests.scenario.talking import ask_by_command, ask_directly, mention, shown
from tests.standin import EVENTS, MEMBER, QUESTIONS, StandIn
from tests.writing import ModelServer, model_server

NOTE = "Kielimalli kirjoitti tämän"
HELD_BACK = "En saanut kirjoitettua vastausta"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    """The misbehaving server."""
    with model_server() as running:
        yield running


@contextmanager
def _bot(slack: StandIn, data: Path, address: str) -> Iterator[BotProcess]:
    settings = {"SOLMU_LLM_BASE_URL": address, "SOLMU_LLM_MODEL": "m", "SOLMU_LLM_SECONDS": "10"}
    with BotProcess(data, slack.environment(), **settings) as bot:
        yield bot


def _whole(slack: StandIn, channel: str, ts: str) -> list[Message]:
    """What the bot wrote under a question, once it is whole."""
    return slack.wait_for(
        lambda: [each for each in slack.from_bot(channel, ts) if each.metadata and not slack.is_streaming(each)]
    )


def test_an_answer_is_seen_while_it_is_written(built_index: Path, tmp_path: Path, server: ModelServer) -> None:
    """Its first words before its last; in the end with its source; killed meanwhile, the next life ends it."""
    data = copy_index(built_index, tmp_path / "data")
    with StandIn() as slack:
        with _bot(slack, data, server.address("leisurely")) as bot:
            asked = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
            [growing] = slack.wait_for(lambda: slack.from_bot(QUESTIONS, asked))
            assert slack.is_streaming(growing)
            [answer] = _whole(slack, QUESTIONS, asked)
            assert (growing.ts, answer.edited) == (answer.ts, "")
            assert answer.text.startswith(f"Tästä löytyi yksi lähde:\n\n{PUBLIC_QUOTE.rstrip('.')} [1].")
            assert [NOTE in shown(answer), "https://example.org/saannot?a=1&b=2" in shown(answer)] == [True, True]
            assert slack.calls("chat.update") == []

            left = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
            [orphan] = slack.wait_for(lambda: slack.from_bot(QUESTIONS, left))
            bot.kill()
            assert slack.is_streaming(orphan)
        with _bot(slack, data, server.address("good")):
            [ended] = _whole(slack, QUESTIONS, left)
            assert (ended.ts, NOTE in shown(ended), PUBLIC_QUOTE in shown(ended)) == (orphan.ts, True, True)
            assert NOTE in shown(ask_by_command(slack, MEMBER, EVENTS, PUBLIC_QUESTION))
        assert len(slack.from_bot(QUESTIONS, left)) == 1


def test_what_is_not_in_the_source_is_not_seen(built_index: Path, tmp_path: Path, server: ModelServer) -> None:
    """A model that invents, also after a good beginning: the quotes stand there alone, and say so."""
    falsehood = "Ministeriö maksaa kaikille jäsenille tuhannen euron palkkion [1]."
    data = copy_index(built_index, tmp_path / "data")
    address = server.address("good-and-say", " ".join([falsehood] * 6))
    with StandIn() as slack, _bot(slack, data, address):
        answer = ask_directly(slack, MEMBER, PUBLIC_QUESTION)
        [whole] = _whole(slack, answer.channel, answer.thread)
        assert HELD_BACK in shown(whole)
        assert PUBLIC_QUOTE in shown(whole)
        assert NOTE not in shown(whole)
        seen = str([call.arguments for call in slack.calls()])
        assert "palkkion" not in seen
        assert len(slack.from_bot(answer.channel)) == 1
