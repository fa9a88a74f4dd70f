"""Messages that grow while they are written: chat.startStream, chat.appendStream and chat.stopStream."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.limits import MARKDOWN, block_problems
from bot.sandbox.methods_chat import Method, own, place, required
from bot.sandbox.slack import Slack
from bot.sandbox.values import BOT, Channel, Message, Payload
from bot.sandbox.views import with_ids
from bot.sandbox.wire import message_json
from bot.sandbox.workspace import ApiError


def _addition(arguments: Payload) -> str:
    """The Markdown that a call adds; raises ApiError."""
    chunks = arguments.get("chunks") or []
    parts = [str(arguments.get("markdown_text") or ""), *(str(each.get("text") or "") for each in chunks)]
    if any(len(part) > MARKDOWN for part in parts):
        raise ApiError("msg_too_long")
    return "".join(parts)


def _grown(slack: Slack, message: Message, text: str, below: tuple[Payload, ...] = ()) -> Message:
    whole = message.text + text
    shown: tuple[Payload, ...] = ({"type": "markdown", "text": whole},) if whole else ()
    new = replace(message, text=whole, blocks=with_ids([*shown, *below]))
    slack.workspace.put(new)
    return new


def _open(slack: Slack, arguments: Payload) -> Message:
    message = own(slack, arguments, "message_not_owned_by_app")
    if not slack.streams.is_open(message.channel, message.ts):
        raise ApiError("message_not_in_streaming_state")
    return message


def _check_recipient(channel: Channel, arguments: Payload) -> None:
    for name in () if channel.is_direct else ("recipient_team_id", "recipient_user_id"):
        required(arguments, name, f"missing_{name}")


def start(slack: Slack, arguments: Payload) -> Payload:
    """chat.startStream: always a reply in a thread; in a channel it names the person whom it is for."""
    channel = place(slack, arguments)
    root = slack.workspace.find(channel.id, required(arguments, "thread_ts")).root
    _check_recipient(channel, arguments)
    text = _addition(arguments)
    message = slack.say(Message(channel.id, "", BOT, "", thread=root))
    slack.streams.open(channel.id, message.ts)
    _grown(slack, message, text)
    return {"channel": channel.id, "ts": message.ts}


def append(slack: Slack, arguments: Payload) -> Payload:
    """chat.appendStream."""
    message = _grown(slack, _open(slack, arguments), _addition(arguments))
    return {"channel": message.channel, "ts": message.ts}


def stop(slack: Slack, arguments: Payload) -> Payload:
    """chat.stopStream: what it brings is taken whole or not at all."""
    message = _open(slack, arguments)
    text, blocks = _addition(arguments), arguments.get("blocks") or []
    if problems := block_problems(blocks):
        raise ApiError("invalid_blocks", problems)
    slack.streams.close(message.channel, message.ts)
    slack.workspace.put(replace(message, metadata=arguments.get("metadata") or {}))
    new = _grown(slack, slack.workspace.find(message.channel, message.ts), text, tuple(blocks))
    return {"channel": new.channel, "ts": new.ts, "message": message_json(slack.workspace, new)}


METHODS: dict[str, Method] = {"chat.startStream": start, "chat.appendStream": append, "chat.stopStream": stop}
