"""Answers that are seen while they are written: whatever becomes of the stream, one whole message stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.connection import open_client
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UnfitMessageError
from bot.settings import SlackSettings
from bot.streaming import MOST_BEGUN, Reader, Streams
from bot.voices import Voice
from tests.scenario.talking import shown
from tests.standin import BOT, MEMBER, QUESTIONS, StandIn

MARK = "message:1"
READER = Reader(MEMBER, "T1")
FIRST, SECOND = "Lasku tulee helmikuussa [1].", "Se maksetaan maaliskuussa [1]."


def _block(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


WRITTEN = Outgoing(f"{FIRST} {SECOND} Lähde", [_block(f"{FIRST} {SECOND}"), _block("Lähde")], f"{FIRST} {SECOND}", 1)
QUOTED = Outgoing("Lainaus", [_block("Lainaus")])


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


class Ticks:
    """A clock that is a second further on each time that it is read."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        """The next second."""
        self._now += 1.0
        return self._now


def _client(slack: StandIn) -> WebClient:
    settings = SlackSettings.model_validate(
        {"bot_token": slack.config.bot_token, "app_token": "xapp-1", "api_url": f"{slack.url}/api/"}
    )
    return open_client(settings)


def _streams(slack: StandIn, *, is_written: bool = True) -> Streams:
    client = _client(slack)
    delivery = Delivery(client, sleep=lambda _: None)
    return Streams(client, delivery, BOT, is_written=is_written, now=Ticks(), sleep=lambda _: None)


def _place(slack: StandIn) -> Place:
    ts = slack.post(MEMBER, QUESTIONS, "Kysymys")
    return Place(QUESTIONS, ts, since=ts)


def _answer(streams: Streams, place: Place, message: Outgoing = WRITTEN, *, doubtful: bool = False) -> None:
    with Voice(streams, place, MARK, READER, doubtful=doubtful) as voice:
        voice.say(FIRST)
        voice.say(SECOND)
        voice.tell(message)


def test_an_answer_grows_and_ends_with_its_sources(slack: StandIn) -> None:
    """Begun by the first sentence, and never changed afterwards: nobody reads `edited`."""
    _answer(_streams(slack), _place(slack))
    [message] = slack.from_bot(QUESTIONS)
    assert message.text == f"{FIRST} {SECOND} "
    assert [block["type"] for block in message.blocks] == ["markdown", "section"]
    assert message.metadata["event_payload"] == {"mark": MARK}
    assert not slack.is_streaming(message)
    assert [call.method for call in slack.calls()] == ["chat.startStream", "chat.appendStream", "chat.stopStream"]


FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "start limited": ("chat.startStream", {"status": 429, "retry_after": 5}),
    "start refused": ("chat.startStream", {"error": "missing_scope"}),
    "start failed": ("chat.startStream", {"status": 500}),
    "start failed, but begun": ("chat.startStream", {"status": 503, "accepted": True}),
    "start lost": ("chat.startStream", {"reset": True, "accepted": True}),
    "append limited": ("chat.appendStream", {"status": 429, "retry_after": 5}),
    "append failed": ("chat.appendStream", {"status": 500}),
    "append lost": ("chat.appendStream", {"reset": True, "accepted": True}),
    "stopped by its reader": ("chat.appendStream", {"error": "stopped_by_user"}),
    "stop limited": ("chat.stopStream", {"status": 429, "retry_after": 1}),
    "stop failed": ("chat.stopStream", {"status": 502, "times": 2}),
    "stop lost": ("chat.stopStream", {"reset": True, "accepted": True}),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("message", [WRITTEN, QUOTED], ids=["written", "quotes alone"])
def test_one_whole_message_stands_there(slack: StandIn, fault: str, message: Outgoing) -> None:
    """Limited, refused, failed or lost: each word of the answer stands there once, and nothing that was taken back."""
    method, what = FAULTS[fault]
    slack.fault(method, **what)
    _answer(_streams(slack), _place(slack), message)
    [found] = slack.from_bot(QUESTIONS)
    assert not slack.is_streaming(found)
    assert found.metadata["event_payload"] == {"mark": MARK}
    assert str(found.blocks).count(FIRST) == (message is WRITTEN)
    assert str(found.blocks).count(SECOND) == (message is WRITTEN)
    assert ("Lähde" in shown(found), "Lainaus" in shown(found)) == (message is WRITTEN, message is QUOTED)


@pytest.mark.parametrize("before", ["append", "stop"])
def test_a_stream_that_died_is_finished_by_an_update(slack: StandIn, before: str) -> None:
    """Slack ends a stream some minutes after it began, also in the middle of an answer."""
    place = _place(slack)
    with Voice(_streams(slack), place, MARK, READER, doubtful=False) as voice:
        voice.say(FIRST)
        if before == "append":
            assert slack.end_streams() == 1
        voice.say(SECOND)
        slack.end_streams()
        voice.tell(WRITTEN)
    [message] = slack.from_bot(QUESTIONS)
    assert message.text == WRITTEN.text
    assert len(message.blocks) == 2
    assert [call.outcome for call in slack.calls("chat.update")] == ["ok"]


def test_a_stream_that_another_life_left_becomes_the_answer(slack: StandIn) -> None:
    """Open still or dead, it is replaced where it stands; nothing is written again sentence by sentence."""
    for end in (lambda: 0, slack.end_streams):
        place = _place(slack)
        Voice(_streams(slack), place, MARK, READER, doubtful=False).say(FIRST)
        end()
        for _ in range(2):
            _answer(_streams(slack), place, doubtful=True)
        [message] = slack.from_bot(QUESTIONS, place.thread)
        assert message.text == WRITTEN.text
    assert len(slack.calls("chat.startStream")) == 2
    assert len(slack.calls("chat.update")) == 2


def test_no_answer_takes_the_stream_of_another(slack: StandIn) -> None:
    """Two questions in one thread: what the one is writing is left to it, whatever the other looks for."""
    streams, place = _streams(slack), _place(slack)
    with Voice(streams, place, "message:2", READER, doubtful=False) as writing:
        writing.say(FIRST)
        _answer(streams, place, QUOTED, doubtful=True)
        writing.tell(WRITTEN)
    assert [message.metadata["event_payload"]["mark"] for message in slack.from_bot(QUESTIONS)] == ["message:2", MARK]


def test_outside_threads_no_stream_is_begun(slack: StandIn) -> None:
    """Slack has none there: what is asked on the Home tab is posted whole, and keeps nobody else from streams."""
    streams, direct = _streams(slack), Place(slack.dm(MEMBER))
    _answer(streams, direct)
    _answer(streams, _place(slack))
    [message] = slack.from_bot(direct.channel)
    assert message.text == WRITTEN.text
    assert [call.outcome for call in slack.calls("chat.startStream")] == ["ok"]


def test_a_later_try_outside_threads_lets_other_messages_be(slack: StandIn) -> None:
    """Among direct messages an own one without a mark is no stream that was left: it stays, and the answer comes."""
    direct = Place(slack.dm(MEMBER))
    client = _client(slack)
    client.chat_postMessage(channel=direct.channel, text="Tietosi tiedostona")
    for _ in range(2):
        _answer(_streams(slack), direct, doubtful=True)
    assert [message.text for message in slack.from_bot(direct.channel)] == ["Tietosi tiedostona", WRITTEN.text]


def test_two_that_were_left_go_to_two(slack: StandIn) -> None:
    """Each question has one answer, whichever of the two streams it takes over."""
    place = _place(slack)
    for _ in range(2):
        Voice(_streams(slack), place, MARK, READER, doubtful=False).say(FIRST)
    streams = _streams(slack)
    with (
        Voice(streams, place, "message:1", READER, doubtful=True) as first,
        Voice(streams, place, "message:2", READER, doubtful=True) as second,
    ):
        first.tell(QUOTED)
        second.tell(QUOTED)
    assert [message.metadata["event_payload"]["mark"] for message in slack.from_bot(QUESTIONS)] == [
        "message:1",
        "message:2",
    ]


def test_slack_away_at_the_end_is_tried_again(slack: StandIn) -> None:
    """The next try of the same process finds the stream that it began itself."""
    streams, place = _streams(slack), _place(slack)
    slack.fault("chat.stopStream", status=500, times=10)
    with pytest.raises(SlackUnavailableError):
        _answer(streams, place)
    slack.end_streams()
    _answer(streams, place, doubtful=True)
    [message] = slack.from_bot(QUESTIONS)
    assert message.text == WRITTEN.text


def test_what_its_reader_deleted_is_posted_anew(slack: StandIn) -> None:
    """Every question ends in an answer."""
    place = _place(slack)
    with Voice(_streams(slack), place, MARK, READER, doubtful=False) as voice:
        voice.say(FIRST)
        slack.server.slack.workspace.remove(QUESTIONS, slack.from_bot(QUESTIONS)[0].ts)
        voice.tell(WRITTEN)
    [message] = slack.from_bot(QUESTIONS)
    assert message.text == WRITTEN.text


def test_what_slack_does_not_take_gives_way_to_another_message(slack: StandIn) -> None:
    """In the same place: the sentences so far do not stay beside it."""
    place = _place(slack)
    unfit = Outgoing("x", [_block(FIRST), {"type": "nonsense"}], FIRST, 1)
    with Voice(_streams(slack), place, MARK, READER, doubtful=False) as voice:
        voice.say(FIRST)
        with pytest.raises(UnfitMessageError):
            voice.tell(unfit)
        voice.tell(QUOTED)
    [message] = slack.from_bot(QUESTIONS)
    assert message.text == "Lainaus"


def test_without_a_language_model_nothing_is_streamed(slack: StandIn) -> None:
    """The answer is posted at once."""
    _answer(_streams(slack, is_written=False), _place(slack), QUOTED)
    assert slack.counts("ok") == {"chat.postMessage": 1}


def test_streams_keep_to_slacks_pace(slack: StandIn) -> None:
    """Those above what Slack lets begin in a minute are posted whole; after a refusal none begins for a while."""
    client = _client(slack)
    streams = Streams(client, Delivery(client), BOT, is_written=True, now=lambda: 0.0)
    place = _place(slack)
    for number in range(MOST_BEGUN + 2):
        with Voice(streams, place, f"message:{number}", READER, doubtful=False) as voice:
            voice.say(FIRST)
            voice.tell(WRITTEN)
    assert len(slack.from_bot(QUESTIONS)) == MOST_BEGUN + 2
    assert (slack.counts()["chat.startStream"], slack.counts()["chat.postMessage"]) == (MOST_BEGUN, 2)


def test_a_stream_calls_nobody(slack: StandIn) -> None:
    """What looks like a mention, a broadcast or a link under other words is shown as it stands."""
    evil = "Soita <!channel> ja <@U0MEMBER01> [tänne](https://evil.example) & heti [1]."
    with Voice(_streams(slack), _place(slack), MARK, READER, doubtful=False) as voice:
        voice.say(evil)
    said = slack.calls("chat.startStream")[0].arguments["markdown_text"]
    assert "<" not in said
    assert "](" not in said
    assert said.replace("\u2060", "").strip() == evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
