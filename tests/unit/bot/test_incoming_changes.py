"""Messages that were changed or deleted, and talk in threads: what of it concerns the bot."""

from __future__ import annotations

from typing import Any

import pytest

from bot.incoming import bot_in, is_talk_in_thread, names_somebody
from bot.incoming_changes import deleted_question, edited_question, is_deletion, is_edit

BOT = "U0BOT"
SAID = {"type": "message", "user": "U1", "ts": "1700000000.000100", "text": "Milloin pilotti alkoi?", "team": "T1"}


def _changed(**message: Any) -> dict[str, Any]:
    new = SAID | {"text": "Milloin pilotti päättyi?", "edited": {"user": "U1", "ts": "1700000009.000000"}} | message
    event = {"type": "message", "subtype": "message_changed", "channel": "C1", "channel_type": "channel"}
    return {"team_id": "T1", "event": event | {"message": new, "previous_message": SAID}}


def _deleted(**event: Any) -> dict[str, Any]:
    gone = {"type": "message", "subtype": "message_deleted", "channel": "D1", "channel_type": "im"}
    return {"team_id": "T1", "event": gone | {"previous_message": SAID, "deleted_ts": SAID["ts"]} | event}


def _reply(**event: Any) -> dict[str, Any]:
    said = SAID | {"channel": "C1", "channel_type": "channel", "thread_ts": "1699999999.000100"} | event
    return {"team_id": "T1", "event": said, "authorizations": [{"user_id": BOT}]}


def test_a_changed_question_is_told_by_its_change() -> None:
    """It stands where it stood, reads as it does now, and each change is one of its own."""
    assert is_edit(_changed()["event"])
    question = edited_question(_changed())
    assert (question.channel, question.ts, question.thread) == ("C1", SAID["ts"], SAID["ts"])
    assert (question.text, question.edited) == ("Milloin pilotti päättyi?", "1700000009.000000")
    assert question.id == "message:T1:C1:1700000000.000100:edited:1700000009.000000"


@pytest.mark.parametrize(
    "changes",
    [{"text": SAID["text"]}, {"edited": None}, {"bot_id": "B1"}, {"user": None}, {"subtype": "tombstone"}],
    ids=["a preview", "no edit", "a bot's", "nobody's", "deleted"],
)
def test_other_changes_are_none(changes: dict[str, Any]) -> None:
    """Slack adds previews, and bots change what they wrote."""
    assert not is_edit(_changed(**changes)["event"])


def test_a_deleted_question_leaves_no_words() -> None:
    """Only where it stood, whose it was, and its language; so does one under which others wrote."""
    assert is_deletion(_deleted()["event"])
    assert is_deletion(_changed(subtype="tombstone", user="USLACKBOT")["event"])
    question = deleted_question(_deleted())
    assert (question.withdrawn, question.text, question.language) == (True, "", "fi")
    assert (question.user, question.ts, question.is_direct) == ("U1", SAID["ts"], True)
    assert "pilotti" not in repr(question)


def test_a_bots_deleted_message_is_none() -> None:
    """Nor is a message that was only changed."""
    assert not is_deletion(_deleted(previous_message=SAID | {"bot_id": "B1"})["event"])
    assert not is_deletion(_changed()["event"])


def test_talk_in_a_thread_is_what_people_write_there() -> None:
    """In a channel, public or private, under another message."""
    assert is_talk_in_thread(_reply())
    assert is_talk_in_thread(_reply(channel_type="group"))
    assert bot_in(_reply()) == BOT


@pytest.mark.parametrize(
    "changes",
    [
        {"thread_ts": None},
        {"thread_ts": SAID["ts"]},
        {"channel_type": "mpim"},
        {"channel_type": "im"},
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"text": f"<@{BOT}> entä sitten?"},
    ],
    ids=["no thread", "a thread's root", "a group", "direct", "a bot", "an edit", "a mention"],
)
def test_everything_else_is_no_talk(changes: dict[str, Any]) -> None:
    """A mention comes again as an event of its own."""
    assert not is_talk_in_thread(_reply(**changes))


def test_whoever_is_named_is_seen() -> None:
    """People, however Slack writes them; a channel is nobody."""
    assert names_somebody({"text": "Mitä sanot, <@U2>?"})
    assert not names_somebody({"text": "Katso <#C1|yleinen>"})
    assert not names_somebody({})
