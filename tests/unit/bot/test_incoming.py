"""Slack's payloads as questions."""

from __future__ import annotations

from typing import Any

import pytest

from bot.incoming import command_id, is_direct_question, is_mention, plain, question_from_command, question_from_message

CODE = "131052-308T"
"""The Digital and Population Data Services Agency's own example of an identity code."""


def _event(**changes: Any) -> dict[str, Any]:
    values = {
        "type": "message",
        "user": "U1",
        "text": "Milloin pilotti alkoi?",
        "channel": "D1",
        "channel_type": "im",
        "ts": "1700000000.000100",
        "team": "T1",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def _body(**changes: Any) -> dict[str, Any]:
    return {"team_id": "T1", "event": _event(**changes)}


def _command(**changes: Any) -> dict[str, Any]:
    values = {
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "C1",
        "text": "Milloin pilotti alkoi?",
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.example/1",
    }
    return values | changes


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("<@U0BOT> milloin &amp; miten?", "milloin & miten?"),
        ("<@U0BOT|solmu>milloin?", "milloin?"),
        ("<!here> <!subteam^S1|@tiimi> moi", "moi"),
        ("katso <https://example.org/a?b=1&amp;c=2>", "katso https://example.org/a?b=1&c=2"),
        ("katso <https://example.org|ohje &gt; sivu>", "katso ohje > sivu"),
        ("kanavalla <#C1|yleinen>", "kanavalla yleinen"),
        ("kanavalla <#C1>", "kanavalla"),
        ("&lt;!channel&gt; kirjaimellisesti", "<!channel> kirjaimellisesti"),
        ("&amp;lt;", "&lt;"),
        ("rivi\nrivi\t\u2028 rivi", "rivi rivi rivi"),
        ("nolla\x00 ja \ud800 pari", "nolla ja pari"),
        ("5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("<>", ""),
        ("", ""),
    ],
)
def test_text_is_read_as_a_person_sees_it(stored: str, seen: str) -> None:
    """Mentions go, links show what people saw, entities are undone once, and nothing unstorable is left."""
    assert plain(stored) == seen


def test_a_message_and_its_mention_are_one_question() -> None:
    """Two events about one message have one id, whatever else differs."""
    message = question_from_message(_body() | {"event_id": "Ev1"})
    mention = question_from_message(_body(type="app_mention", channel_type=None) | {"event_id": "Ev2"})
    assert message == mention
    assert message.id == "message:T1:D1:1700000000.000100"


def test_different_messages_are_different_questions() -> None:
    """Channel, time and workspace each make another question."""
    ids = {
        question_from_message(body).id
        for body in (_body(), _body(ts="1700000000.000200"), _body(channel="D2"), _body() | {"team_id": "T2"})
    }
    assert len(ids) == 4


def test_the_answer_goes_into_the_thread() -> None:
    """A reply in a thread stays there; another message opens its own."""
    assert question_from_message(_body()).thread == "1700000000.000100"
    assert question_from_message(_body(thread_ts="1699999999.000100")).thread == "1699999999.000100"


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
def test_a_persons_direct_message_is_a_question(subtype: str | None) -> None:
    """However a person writes it."""
    assert is_direct_question(_event(subtype=subtype))


@pytest.mark.parametrize(
    "changes",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"user": None},
        {"user": ""},
        {"user": "USLACKBOT"},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"channel_type": None},
    ],
)
def test_everything_else_is_none(changes: dict[str, Any]) -> None:
    """Edits, joins, bots, Slackbot and other conversations are not answered."""
    assert not is_direct_question(_event(**changes))


@pytest.mark.parametrize(("changes", "is_question"), [({}, True), ({"bot_id": "B1"}, False), ({"user": None}, False)])
def test_mentions_by_bots_are_not_answered(changes: dict[str, Any], is_question: bool) -> None:  # noqa: FBT001
    """Two bots that mention each other would never stop."""
    assert is_mention(_event(type="app_mention", channel_type=None, **changes)) is is_question


def test_an_identity_code_is_not_kept() -> None:
    """A question that holds one is withheld: its text goes no further, only its language is told."""
    for body in (_body(text=f"Mikä on potilaan {CODE} tila?"), _body(text="Potilas 131052&#45;308T")):
        question = question_from_message(body)
        assert (question.withheld, question.text, question.language) == (True, "", "fi")
        assert CODE not in repr(question)
    assert question_from_command(_command(text=f"ja {CODE}")).withheld


@pytest.mark.parametrize("text", [None, ""])
def test_a_message_without_text_is_an_empty_question(text: str | None) -> None:
    """A picture alone has no text, and no text is no reason to fail."""
    body = _body(subtype="file_share")
    body["event"]["text"] = text
    assert question_from_message(body).text == ""
    del body["event"]["text"]
    assert question_from_message(body).text == ""


def test_a_command_is_answered_under_its_address() -> None:
    """Only the asker sees it, so there is no thread and no message."""
    question = question_from_command(_command())
    assert (question.response_url, question.thread, question.ts) == ("https://hooks.example/1", "", "")
    assert (question.user, question.channel, question.text) == ("U1", "C1", "Milloin pilotti alkoi?")
    assert question.id == command_id(_command()) == "command:T1:1.2.abc"


@pytest.mark.parametrize(
    ("where", "expected"),
    [({"user_team": "T9", "team": "T1"}, "T9"), ({"team": "T9"}, "T9"), ({"team": None}, "")],
)
def test_the_askers_own_workspace_is_told(where: dict[str, Any], expected: str) -> None:
    """In a shared channel it is another than the bot's."""
    assert question_from_message(_body(**where)).user_team == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kuinka kauan tallennetta saa säilyttää?", "fi"),
        ("Hur länge får inspelningen sparas?", "sv"),
        ("How long may the recording be kept?", "en"),
        ("???", "und"),
    ],
)
def test_the_language_is_told_at_once(text: str, language: str) -> None:
    """What is shown while the answer is made speaks the question's language."""
    assert question_from_message(_body(text=text)).language == language


def test_a_huge_text_is_taken_in_quickly_and_whole() -> None:
    """Forty thousand signs of mark-up come through in one piece: refusing them is the answer's business."""
    assert plain("<" * 40_000) == "<" * 40_000
    assert plain("<@U1>" * 8000) == ""
    assert len(question_from_message(_body(text="pilotti " * 5000)).text) == 39_999


def test_a_question_survives_being_written_down() -> None:
    """What a durable workflow keeps gives the same question again."""
    question = question_from_message(_body())
    assert type(question)(**question.as_plain()) == question
