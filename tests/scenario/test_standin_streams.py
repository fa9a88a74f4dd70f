"""The stand-in's streams, driven by Slack's own client: they grow, end, and refuse what Slack refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.open_streams import LIFE
from tests.fakes import SetClock
from tests.little_bot import client
from tests.standin import BOT, MEMBER, QUESTIONS, StandIn

SOURCE = {"type": "section", "text": {"type": "plain_text", "text": "Lähde"}}
FOR = {"recipient_user_id": MEMBER, "recipient_team_id": "T0VALOKEHA"}


@pytest.fixture
def clock() -> SetClock:
    """The workspace's clock."""
    return SetClock()


@pytest.fixture
def slack(clock: SetClock) -> Iterator[StandIn]:
    """A running stand-in."""
    with StandIn(clock=clock) as standin:
        yield standin


def _begun(slack: StandIn) -> tuple[WebClient, str]:
    root = slack.post(MEMBER, QUESTIONS, "Kysymys")
    web = client(slack)
    started = web.chat_startStream(channel=QUESTIONS, thread_ts=root, markdown_text="Lasku ", **FOR)
    return web, str(started["ts"])


def _refusal(call: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def test_a_stream_grows_and_ends_with_blocks(slack: StandIn) -> None:
    """What is added joins what stands there; the blocks come below, and only then is it marked."""
    web, ts = _begun(slack)
    web.chat_appendStream(channel=QUESTIONS, ts=ts, markdown_text="tulee.")
    [growing] = slack.from_bot(QUESTIONS)
    assert (growing.text, slack.is_streaming(growing), growing.metadata) == ("Lasku tulee.", True, {})
    mark = {"event_type": "answer", "event_payload": {"mark": "1"}}
    web.chat_stopStream(channel=QUESTIONS, ts=ts, markdown_text=" Heti.", blocks=[SOURCE], metadata=mark)
    [ended] = slack.from_bot(QUESTIONS)
    assert [block["type"] for block in ended.blocks] == ["markdown", "section"]
    assert (ended.text, slack.is_streaming(ended), ended.metadata) == ("Lasku tulee. Heti.", False, mark)


def test_slacks_own_helper_streams(slack: StandIn) -> None:
    """Its chunks are read as text is."""
    root = slack.post(MEMBER, QUESTIONS, "Kysymys")
    stream = client(slack).chat_stream(channel=QUESTIONS, thread_ts=root, buffer_size=1, **FOR)
    stream.append(markdown_text="Lasku ")
    stream.append(markdown_text="tulee.")
    stream.stop()
    assert [message.text for message in slack.from_bot(QUESTIONS, root)] == ["Lasku tulee."]


def test_while_it_is_open_nothing_else_changes_it(slack: StandIn) -> None:
    """Neither an update nor a deletion, until it is stopped."""
    web, ts = _begun(slack)
    assert _refusal(web.chat_update, channel=QUESTIONS, ts=ts, text="Toinen") == "streaming_state_conflict"
    assert _refusal(web.chat_delete, channel=QUESTIONS, ts=ts) == "cant_delete_message"
    web.chat_stopStream(channel=QUESTIONS, ts=ts)
    web.chat_update(channel=QUESTIONS, ts=ts, text="Toinen")
    assert [message.text for message in slack.from_bot(QUESTIONS)] == ["Toinen"]


@pytest.mark.parametrize("way", ["stopped", "too old", "ended"])
def test_a_stream_that_is_over_takes_nothing(slack: StandIn, clock: SetClock, way: str) -> None:
    """Stopped by the bot, or by Slack: some minutes after it began, whatever came to it."""
    web, ts = _begun(slack)
    if way == "stopped":
        web.chat_stopStream(channel=QUESTIONS, ts=ts)
    elif way == "ended":
        assert slack.end_streams() == 1
    else:
        clock.advance(seconds=(LIFE - timedelta(seconds=1)).total_seconds())
        web.chat_appendStream(channel=QUESTIONS, ts=ts, markdown_text="tulee.")
        clock.advance(seconds=1)
    over = "message_not_in_streaming_state"
    assert _refusal(web.chat_appendStream, channel=QUESTIONS, ts=ts, markdown_text="x") == over
    assert _refusal(web.chat_stopStream, channel=QUESTIONS, ts=ts) == over


def test_what_a_stream_cannot_be(slack: StandIn) -> None:
    """Outside a thread, in a channel for nobody, too long at once, with blocks that are none, or somebody else's."""
    web, ts = _begun(slack)
    root = slack.from_bot(QUESTIONS)[0].thread
    start = web.chat_startStream
    assert _refusal(start, channel=QUESTIONS, thread_ts="", **FOR) == "invalid_arguments"
    assert _refusal(start, channel=QUESTIONS, thread_ts=root, recipient_team_id="T1") == "missing_recipient_user_id"
    assert _refusal(start, channel=QUESTIONS, thread_ts=root, markdown_text="x" * 12_001, **FOR) == "msg_too_long"
    assert _refusal(web.chat_stopStream, channel=QUESTIONS, ts=ts, blocks=[{"type": "none"}]) == "invalid_blocks"
    assert _refusal(web.chat_appendStream, channel=QUESTIONS, ts=root) == "message_not_owned_by_app"
    assert len(slack.from_bot(QUESTIONS)) == 1


def test_a_direct_stream_needs_no_recipient(slack: StandIn) -> None:
    """There is only one reader."""
    root = slack.post(MEMBER, slack.dm(MEMBER), "Kysymys")
    client(slack).chat_startStream(channel=slack.dm(MEMBER), thread_ts=root)
    assert [(message.author, message.text) for message in slack.from_bot(slack.dm(MEMBER))] == [(BOT, "")]
