"""Asking the real bot, over Socket Mode and over signed HTTP: where the answer goes, and that there is one."""

from __future__ import annotations

import pytest

from tests.scenario.bot_process import (
    BROADCAST_QUESTION,
    MEMBERS_QUESTION,
    MEMBERS_QUOTE,
    PUBLIC_QUESTION,
    PUBLIC_QUOTE,
    SWEDISH_QUESTION,
    SWEDISH_QUOTE,
)
from tests.scenario.conftest import Workplace
from tests.scenario.talking import (
    acknowledged,
    ask_by_command,
    ask_directly,
    ask_in_thread,
    event_of,
    mention,
    over_socket,
    settle,
    shown,
)
from tests.standin import ADMIN, BOT, COORDINATOR, EVENTS, GENERAL, MEMBER, QUESTIONS, StandIn

QUICK = 0.5
"""Seconds in which a command is acknowledged, whatever else goes on."""
SLACKS_PATIENCE = 3.0


def test_a_direct_message_is_answered_in_its_thread(workplace: Workplace) -> None:
    """Once, with the quote and its source."""
    slack = workplace.slack
    [answer] = ask_in_thread(slack, MEMBER, slack.dm(MEMBER), MEMBERS_QUESTION)
    assert MEMBERS_QUOTE in answer.text
    assert "Sanelun tietosuojaohje, Valokehä ry, 12.1.2026, s. 2" in answer.text
    assert answer.blocks[1]["elements"][0]["elements"][0]["text"].startswith(MEMBERS_QUOTE)


def test_a_mention_is_answered_in_its_thread(workplace: Workplace) -> None:
    """Everybody in the channel sees it, under the question."""
    [answer] = ask_in_thread(workplace.slack, MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    assert PUBLIC_QUOTE in answer.text
    assert answer.seen_by == ""


def test_a_mention_in_a_thread_is_answered_there(workplace: Workplace) -> None:
    """Not in a new thread under the reply."""
    slack = workplace.slack
    root = slack.post(ADMIN, QUESTIONS, "Ketju ilman kysymystä")
    slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION), root)
    [answer] = slack.wait_for(lambda: slack.from_bot(QUESTIONS, root))
    assert PUBLIC_QUOTE in answer.text


def test_a_command_is_answered_to_its_asker_only(workplace: Workplace) -> None:
    """Where it was given, with the question repeated."""
    answer = ask_by_command(workplace.slack, MEMBER, EVENTS, PUBLIC_QUESTION)
    assert answer.seen_by == MEMBER
    assert PUBLIC_QUOTE in answer.text
    assert answer.blocks[0]["elements"][0]["text"] == f"Kysyit: {PUBLIC_QUESTION}"


def test_a_command_without_a_question_shows_how_to_ask(workplace: Workplace) -> None:
    """At once, in the acknowledgement itself."""
    attempt = workplace.slack.command(MEMBER, GENERAL, "/kysy", "  ")
    assert attempt.answer["response_type"] == "ephemeral"
    assert "Kirjoita kysymys komennon perään" in attempt.answer["text"]


def test_the_answer_speaks_the_questions_language(workplace: Workplace) -> None:
    """Swedish is answered in Swedish, and the status shown meanwhile is Swedish too."""
    answer = ask_directly(workplace.slack, MEMBER, SWEDISH_QUESTION)
    assert SWEDISH_QUOTE in answer.text
    assert answer.text.startswith("Jag hittade")
    statuses = [call.arguments["status"] for call in workplace.slack.calls("assistant.threads.setStatus")]
    assert "söker svar…" in statuses


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("moi!", "Olen Solmu"),
        ("???", "Kirjoita kysymyksesi"),
        ("pitkä teksti " * 3000, "Viesti on liian pitkä"),
        ("Milloin\x00 jäsenmaksu \ud800 laskutetaan?", PUBLIC_QUOTE),
    ],
    ids=["greeting", "nothing", "huge", "broken"],
)
def test_every_message_ends_in_a_sentence(workplace: Workplace, text: str, sentence: str) -> None:
    """An honest one where there is no answer; silence is a defect."""
    assert sentence in ask_directly(workplace.slack, MEMBER, text).text


def test_a_document_cannot_call_anybody(workplace: Workplace) -> None:
    """A title and a text full of mark-up come out as harmless text, without a link to a script."""
    answer = ask_directly(workplace.slack, MEMBER, BROADCAST_QUESTION)
    assert "sunnuntaisin kello 3–5" in answer.text
    for sign in ("<!", "<@", "javascript", "mrkdwn"):
        assert sign not in shown(answer)
    call = next(one for one in reversed(workplace.slack.calls("chat.postMessage")))
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert "parse" not in call.arguments
    assert "link_names" not in call.arguments


def _published(slack: StandIn) -> list[tuple[str, str]]:
    """For whom Home tabs were published, and how that ended."""
    return [(call.arguments["user_id"], call.outcome) for call in slack.calls("views.publish")]


def test_the_home_tab_is_drawn(workplace: Workplace) -> None:
    """Whenever it is opened, with what is indexed; the messages tab is left alone."""
    slack = workplace.slack
    slack.open_app(COORDINATOR, "messages")
    slack.open_app(COORDINATOR)
    slack.wait_for(lambda: (COORDINATOR, "ok") in _published(slack))
    assert "Solmu vastaa lähteiden kanssa" in str(slack.home(COORDINATOR))
    assert "Asiakirjoja 5, käyttötapauksia 1" in str(slack.home(COORDINATOR))


def test_what_is_no_question_is_acknowledged_and_left_alone(workplace: Workplace) -> None:
    """Joins, other bots, Slackbot, and channel messages that do not name the bot."""
    slack = workplace.slack
    direct = slack.dm(MEMBER)
    ts = slack.post(MEMBER, direct, PUBLIC_QUESTION)
    slack.wait_for(lambda: slack.from_bot(direct, ts))
    posts = len(slack.calls("chat.postMessage"))
    message = {"type": "message", "channel": direct, "channel_type": "im", "ts": "1700000000.000100", "text": "moi"}
    for changes in (
        {"subtype": "channel_join", "user": MEMBER},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"user": "U0OTHERBOT", "bot_id": "B1"},
        {"user": "USLACKBOT"},
        {"user": MEMBER, "channel": GENERAL, "channel_type": "channel"},
        {"type": "app_mention", "channel": GENERAL, "user": "U0OTHERBOT", "bot_id": "B1"},
        {"type": "reaction_added", "user": MEMBER, "reaction": "eyes", "item": {}},
    ):
        slack.send_event(message | changes)
    for event in slack.events()[-7:]:
        assert len(acknowledged(slack, event)) == 1
    settle(slack)
    assert len(slack.calls("chat.postMessage")) == posts + 1


def test_a_message_that_is_also_a_mention_gets_one_answer(workplace: Workplace) -> None:
    """Slack sends two events about it, with two ids."""
    slack = workplace.slack
    ts = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    slack.wait_for(lambda: slack.from_bot(QUESTIONS, ts))
    event = event_of(slack, ts).payload["event"]
    slack.send_event(event | {"client_msg_id": "another"})
    slack.send_event(event | {"type": "message", "channel_type": "channel"})
    for sent in slack.events()[-2:]:
        acknowledged(slack, sent)
    settle(slack)
    assert len(slack.from_bot(QUESTIONS, ts)) == 1


def test_what_comes_again_is_answered_once(workplace: Workplace) -> None:
    """While the first is still being answered, and when it is done; each delivery is acknowledged."""
    slack = workplace.slack
    slack.fault("users.info", delay=0.4)
    ts = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    event = event_of(slack, ts)
    for _ in range(8):
        slack.redeliver(event.id)
    slack.wait_for(lambda: slack.from_bot(QUESTIONS, ts))
    slack.redeliver(event.id)

    def tries() -> bool:
        attempts = next(one for one in slack.events() if one.id == event.id).attempts
        return len(attempts) == 10 and all(attempt.acknowledged for attempt in attempts)

    slack.wait_for(tries)
    settle(slack)
    assert len(slack.from_bot(QUESTIONS, ts)) == 1


def test_slow_answers_delay_no_acknowledgement(workplace: Workplace) -> None:
    """Twenty answers wait for Slack; a command and a message are acknowledged at once, and all are answered."""
    slack = workplace.slack
    slack.fault("users.info", times=20, delay=0.6)
    asked = [slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION)) for _ in range(20)]
    burst = [event_of(slack, ts, kind) for ts in asked for kind in ("message", "app_mention")]
    for event in burst:
        assert acknowledged(slack, event)[0].took < SLACKS_PATIENCE
    help_shown = slack.command(MEMBER, GENERAL, "/kysy", "")
    command = slack.command(COORDINATOR, EVENTS, "/kysy", PUBLIC_QUESTION)
    assert sum(bool(slack.from_bot(QUESTIONS, ts)) for ts in asked) < 20
    assert max(help_shown.took, command.took) < QUICK
    slack.wait_for(lambda: all(slack.from_bot(QUESTIONS, ts) for ts in asked))
    assert [len(slack.from_bot(QUESTIONS, ts)) for ts in asked] == [1] * 20


@over_socket
def test_a_lost_connection_is_made_again(workplace: Workplace) -> None:
    """When Slack asks for it, and when it breaks without a word."""
    slack = workplace.slack
    for lose in (slack.disconnect, slack.drop_connections):
        opened = len(slack.calls("apps.connections.open"))
        lose()
        slack.wait_for(lambda before=opened: len(slack.calls("apps.connections.open")) > before and slack.connected())
        assert PUBLIC_QUOTE in ask_in_thread(slack, MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))[0].text


def test_the_bot_says_nothing_to_itself(workplace: Workplace) -> None:
    """Its own messages come back as events and are no questions."""
    slack = workplace.slack
    answer = ask_directly(slack, MEMBER, PUBLIC_QUESTION)
    slack.wait_for(lambda: any(event.payload["event"].get("ts") == answer.ts for event in slack.events()))
    own = next(event for event in slack.events() if event.payload["event"].get("ts") == answer.ts)
    acknowledged(slack, own)
    settle(slack)
    assert not slack.from_bot(slack.dm(MEMBER), answer.ts)
    assert own.payload["event"]["user"] == BOT
