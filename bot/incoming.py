"""Slack's payloads as questions: which messages are for the bot, and what their text says."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from bot.questions import Question
from knowledge.language.detecting import detect_language
from knowledge.privacy import personal_data_in

Payload = Mapping[str, Any]
ASKING_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
"""The kinds of message that a person writes; all others report edits, joins and the like."""
SLACKBOT = "USLACKBOT"
"""Answers to words on its own; were it answered, the two could go on forever."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Line breaks, and what neither a database nor Slack's JSON can hold."""
_REFERENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def is_direct_question(event: Payload) -> bool:
    """Whether a message event is a person's message in the bot's direct messages."""
    return event.get("channel_type") == "im" and is_by_person(event) and event.get("subtype") in ASKING_SUBTYPES


def is_talk_in_thread(body: Payload) -> bool:
    """Whether a message event is what a person writes in a channel's thread without naming the bot."""
    event = body["event"]
    is_reply = event.get("thread_ts") not in {None, "", event.get("ts")}
    is_in_channel = event.get("channel_type") in {"channel", "group"}
    # A message that names the bot comes again as a mention.
    is_written = is_by_person(event) and event.get("subtype") in ASKING_SUBTYPES and not names(event, bot_in(body))
    return is_in_channel and is_reply and is_written


def names(event: Payload, user: str) -> bool:
    """Whether the message mentions this person or bot."""
    return f"<@{user}" in (event.get("text") or "")


def names_somebody(event: Payload) -> bool:
    """Whether the message mentions anybody at all."""
    return "<@" in (event.get("text") or "")


def is_in_others_thread(body: Payload) -> bool:
    """Whether the message stands in a thread that was begun by neither its writer nor the bot."""
    event = body["event"]
    # Slack tells whose thread it is with every reply.
    return event.get("parent_user_id") not in {None, "", event.get("user"), bot_in(body)}


def bot_in(body: Payload) -> str:
    """The bot's own id in its workspace, as the event tells."""
    told = body.get("authorizations") or [{}]
    return str(told[0].get("user_id") or "")


def is_mention(event: Payload) -> bool:
    """Whether an app_mention event comes from a person."""
    return is_by_person(event)


def question_from_message(body: Payload) -> Question:
    """The question in a message or mention event; its answer goes into the message's thread."""
    event = body["event"]
    team, channel, ts = body["team_id"], event["channel"], event["ts"]
    return _question(
        plain(event.get("text") or ""),
        # Not the event's id: a message and its mention are two events of one question.
        id=f"message:{team}:{channel}:{ts}",
        team=team,
        user=event["user"],
        user_team=event.get("user_team") or event.get("team") or "",
        channel=channel,
        # By the id, which both events of one message share.
        is_direct=channel.startswith("D"),
        ts=ts,
        thread=event.get("thread_ts") or ts,
        response_url="",
        has_files=bool(event.get("files")),
    )


def question_from_command(command: Payload) -> Question:
    """The question after a slash command; only the asker sees its answer."""
    return _question(
        plain(command.get("text") or ""),
        id=command_id(command),
        team=command["team_id"],
        user=command["user_id"],
        user_team="",
        channel=command["channel_id"],
        is_direct=False,
        ts="",
        thread="",
        response_url=command["response_url"],
    )


def question_in_form(text: str, body: Payload, *, channel: str = "", thread: str = "") -> Question:
    """The question that somebody wrote into a field; without a channel its answer goes to their direct messages."""
    acting, team = body["user"], body["team"]["id"]
    return _question(
        tidy(text),
        id=f"form:{team}:{body['trigger_id']}",
        team=team,
        user=acting["id"],
        user_team=acting.get("team_id") or "",
        channel=channel,
        is_direct=not channel,
        ts="",
        thread=thread,
        response_url="",
    )


def command_id(command: Payload) -> str:
    """The same for every delivery of one command."""
    return f"command:{command['team_id']}:{command['trigger_id']}"


def plain(text: str) -> str:
    """Slack's text as the person sees it: links by their label or address, mentions left out, entities undone."""
    return tidy(html.unescape(_REFERENCE.sub(_shown, text)))


def tidy(text: str) -> str:
    """A text in one line, without what can be neither kept nor sent."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def is_by_person(message: Payload) -> bool:
    """Whether a person wrote the message."""
    return message.get("user") not in {None, "", SLACKBOT} and not message.get("bot_id")


def _shown(reference: re.Match[str]) -> str:
    sign, target, label = reference.groups()
    if sign in {"@", "!"}:
        return " "
    return label or ("" if sign else target)


def _question(text: str, **where: Any) -> Question:
    # Told before the text is let go: the refusal speaks the question's language.
    language = detect_language(text).value
    personal = personal_data_in(text)
    return Question(
        text="" if personal else text, language=language, withheld=bool(personal), personal=personal.value, **where
    )
