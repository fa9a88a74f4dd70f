"""Slack's payloads about messages that were changed or deleted, as what becomes of the questions in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.incoming import is_by_person, question_from_message
from bot.questions import Question
from knowledge.model import CHANGED

Payload = Mapping[str, Any]
TOMBSTONE = "tombstone"
"""What is left of a deleted message under which others have written."""


def is_edit(event: Payload) -> bool:
    """Whether a person changed the words of their message; Slack also tells of previews that it adds by itself."""
    new, old = event.get("message") or {}, event.get("previous_message") or {}
    is_changed = event.get("subtype") == "message_changed" and new.get("subtype") != TOMBSTONE
    return is_changed and bool(new.get("edited")) and is_by_person(new) and new.get("text") != old.get("text")


def is_deletion(event: Payload) -> bool:
    """Whether a person's message was deleted."""
    is_gone = event.get("subtype") == "message_deleted" or (
        event.get("subtype") == "message_changed" and (event.get("message") or {}).get("subtype") == TOMBSTONE
    )
    return is_gone and is_by_person(event.get("previous_message") or {})


def edited_question(body: Payload) -> Question:
    """The question as it reads now."""
    message = body["event"]["message"]
    question = question_from_message(_about(body, message))
    edited = str(message["edited"]["ts"])
    return replace(question, id=f"{question.id}{CHANGED}{edited}", edited=edited)


def deleted_question(body: Payload) -> Question:
    """What is left of a deleted question: where it stood, whose it was, and the language that it was in."""
    question = question_from_message(_about(body, body["event"]["previous_message"]))
    return replace(question, id=f"{question.id}:deleted", text="", withdrawn=True, has_files=False)


def _about(body: Payload, message: Payload) -> Payload:
    return {**body, "event": {**message, "channel": body["event"]["channel"]}}
