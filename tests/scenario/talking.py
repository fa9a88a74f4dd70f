"""What tests do again and again: ask somewhere, wait, and read what came."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot.sandbox.courier import Attempt, Delivery
from bot.sandbox.values import Message
from tests.standin import BOT, MEMBER, StandIn

over_socket = pytest.mark.parametrize("workplace", ["socket"], indirect=True)
"""For what lies behind the transport."""
over_http = pytest.mark.parametrize("workplace", ["http"], indirect=True)


def mention(text: str) -> str:
    """The text with the bot's name before it."""
    return f"<@{BOT}> {text}"


def ask_in_thread(slack: StandIn, user: str, channel: str, text: str) -> Sequence[Message]:
    """Post a message, wait for the bot's reply in its thread, and return what the bot wrote there."""
    ts = slack.post(user, channel, text)
    return slack.wait_for(lambda: slack.from_bot(channel, ts))


def ask_directly(slack: StandIn, user: str, text: str) -> Message:
    """The answer to a direct message."""
    return ask_in_thread(slack, user, slack.dm(user), text)[0]


def ask_by_command(slack: StandIn, user: str, channel: str, text: str) -> Message:
    """The answer to `/kysy`, waited for."""
    before = len(slack.from_bot(channel))
    attempt = slack.command(user, channel, "/kysy", text)
    assert attempt.acknowledged, attempt.problem
    return slack.wait_for(lambda: slack.from_bot(channel)[before:])[0]


def shown(message: Message) -> str:
    """Everything that a message shows, blocks and notification."""
    return message.text + json.dumps(message.blocks, ensure_ascii=False)


def settle(slack: StandIn) -> None:
    """Return once what was taken in before has been answered as far as it will be: one more question is through."""
    ask_directly(slack, MEMBER, "moi")


def event_of(slack: StandIn, ts: str, kind: str = "app_mention") -> Delivery:
    """The event that brought a message; in a channel one as a message, another as a mention."""
    return next(
        one for one in slack.events() if (one.payload["event"].get("ts"), one.payload["event"]["type"]) == (ts, kind)
    )


def acknowledged(slack: StandIn, event: Delivery) -> Sequence[Attempt]:
    """The tries to bring an event, once one was acknowledged."""

    def tries() -> Sequence[Attempt]:
        found = next(one for one in slack.events() if one.id == event.id)
        return found.attempts if found.acknowledged else []

    return slack.wait_for(tries)
