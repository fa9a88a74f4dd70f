"""The chat.* and reactions.* methods of the Web API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.sandbox.limits import TEXT, block_problems
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.slack import Slack
from bot.sandbox.values import BOT, Channel, Message, Payload
from bot.sandbox.views import with_ids
from bot.sandbox.wire import message_json, permalink
from bot.sandbox.workspace import ApiError

Method = Callable[[Slack, Payload], Payload]


def required(arguments: Payload, name: str, code: str = "invalid_arguments") -> str:
    """A text argument that must be there; raises ApiError."""
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(code, [f"[ERROR] missing required field: {name}"])
    return value


def body(arguments: Payload) -> tuple[str, tuple[Payload, ...]]:
    """The text and the blocks of a message, within Slack's limits; raises ApiError."""
    text = str(arguments.get("text") or "")
    blocks = arguments.get("blocks") or []
    problems = block_problems(blocks)
    if problems:
        raise ApiError("invalid_blocks", problems)
    if not text and not blocks:
        raise ApiError("no_text")
    if len(text) > TEXT:
        raise ApiError("msg_too_long")
    return text, with_ids(blocks)


def visible(slack: Slack, name: str) -> Channel:
    """The channel of that id; raises ApiError, also for a private one without the bot, which it may not know of."""
    channel = slack.workspace.channel(name)
    if channel.is_private and BOT not in channel.members:
        raise ApiError("channel_not_found")
    return channel


def place(slack: Slack, arguments: Payload) -> Channel:
    """The channel that the bot may write to; a person's id means the direct conversation. Raises ApiError."""
    name = required(arguments, "channel", "channel_not_found")
    channel = slack.workspace.direct(name) if name.startswith("U") else visible(slack, name)
    if BOT not in channel.members:
        raise ApiError("not_in_channel")
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def own(slack: Slack, arguments: Payload, refusal: str) -> Message:
    """A lasting message that the bot itself wrote; raises ApiError, with that code where another wrote it."""
    message = slack.workspace.find(place(slack, arguments).id, required(arguments, "ts", "message_not_found"))
    if message.seen_by:
        raise ApiError("message_not_found")
    if message.author != BOT:
        raise ApiError(refusal)
    return message


def post_message(slack: Slack, arguments: Payload) -> Payload:
    """chat.postMessage."""
    channel = place(slack, arguments)
    text, blocks = body(arguments)
    thread = str(arguments.get("thread_ts") or "")
    if thread:
        thread = slack.workspace.find(channel.id, thread).root
    metadata = arguments.get("metadata") or {}
    message = slack.say(Message(channel.id, "", BOT, text, blocks, thread, metadata=metadata))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(slack.workspace, message)}


def update(slack: Slack, arguments: Payload) -> Payload:
    """chat.update: a text without blocks removes the blocks."""
    old = own(slack, arguments, "cant_update_message")
    if slack.streams.is_open(old.channel, old.ts):
        raise ApiError("streaming_state_conflict")
    text, blocks = body(arguments)
    metadata = arguments.get("metadata") or old.metadata
    new = replace(old, text=text, blocks=blocks, metadata=metadata, edited=slack.workspace.next_ts())
    slack.edit(new, old)
    return {"channel": new.channel, "ts": new.ts, "text": text, "message": message_json(slack.workspace, new)}


def delete(slack: Slack, arguments: Payload) -> Payload:
    """chat.delete."""
    message = own(slack, arguments, "cant_delete_message")
    if slack.streams.is_open(message.channel, message.ts):
        raise ApiError("cant_delete_message")
    slack.delete(message.channel, message.ts)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(slack: Slack, arguments: Payload) -> Payload:
    """chat.postEphemeral."""
    channel = place(slack, arguments)
    user = required(arguments, "user")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = body(arguments)
    thread = str(arguments.get("thread_ts") or "")
    message = slack.say(Message(channel.id, "", BOT, text, blocks, thread, seen_by=user))
    return {"message_ts": message.ts}


def get_permalink(slack: Slack, arguments: Payload) -> Payload:
    """chat.getPermalink."""
    channel = visible(slack, required(arguments, "channel", "channel_not_found"))
    message = slack.workspace.find(channel.id, required(arguments, "message_ts", "message_not_found"))
    return {"channel": channel.id, "permalink": permalink(slack.base, message)}


def add_reaction(slack: Slack, arguments: Payload) -> Payload:
    """reactions.add."""
    message = slack.workspace.find(place(slack, arguments).id, required(arguments, "timestamp"))
    slack.workspace.react(message, required(arguments, "name").strip(":"), BOT)
    return {}


def remove_reaction(slack: Slack, arguments: Payload) -> Payload:
    """reactions.remove."""
    message = slack.workspace.find(place(slack, arguments).id, required(arguments, "timestamp"))
    slack.workspace.unreact(message, required(arguments, "name").strip(":"), BOT)
    return {}


def respond(slack: Slack, target: ResponseUrl, answer: Payload) -> None:
    """What is posted to a response_url: a new message, or a change of the one acted on. Raises ApiError."""
    workspace = slack.workspace
    if answer.get("delete_original"):
        slack.delete(target.channel, target.ts)
        return
    text, blocks = body(answer)
    if answer.get("replace_original"):
        old = workspace.find(target.channel, target.ts)
        slack.edit(replace(old, text=text, blocks=blocks, edited=workspace.next_ts()), old)
        return
    reader = "" if answer.get("response_type") == "in_channel" else target.user
    thread = str(answer.get("thread_ts") or "") or target.thread
    slack.say(Message(target.channel, "", BOT, text, blocks, thread, seen_by=reader))


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
}
