"""Conversations with the real bot: follow-ups, threads among people, changed and deleted questions, the agent view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks.conversation import KEEP, REMOVE
from bot.sandbox.values import Message
from tests.scenario.bot_process import (
    MEMBERS_QUESTION,
    MEMBERS_QUOTE,
    PUBLIC_QUESTION,
    PUBLIC_QUOTE,
    SWEDISH_QUESTION,
    SWEDISH_QUOTE,
)
from tests.scenario.conftest import Workplace
from tests.scenario.talking import acknowledged, ask_in_thread, mention, over_socket, settle, shown
from tests.standin import ADMIN, COORDINATOR, MEMBER, PARTNERS, QUESTIONS, StandIn


def _answers(slack: StandIn, channel: str, thread: str, count: int) -> Sequence[Message]:
    """What the bot wrote in a thread, once it is so much."""

    def enough() -> Sequence[Message]:
        found = slack.from_bot(channel, thread)
        return found if len(found) >= count else []

    return slack.wait_for(enough)


def test_a_follow_up_is_understood_in_its_thread(workplace: Workplace) -> None:
    """Without the subject; the asker sees what it was taken to mean."""
    slack, direct = workplace.slack, workplace.slack.dm(MEMBER)
    ts = slack.post(MEMBER, direct, PUBLIC_QUESTION)
    _answers(slack, direct, ts, 1)
    slack.post(MEMBER, direct, "Ja milloin se erääntyy?", ts)
    answer = _answers(slack, direct, ts, 2)[1]
    assert "Ymmärsin kysymyksesi näin: milloin jäsenmaksu erääntyy?" in shown(answer)
    assert PUBLIC_QUOTE in answer.text


def test_an_answer_is_repeated_in_another_language(workplace: Workplace) -> None:
    """The same quotes, and the words around them in the language that was wished for."""
    slack, direct = workplace.slack, workplace.slack.dm(MEMBER)
    ts = slack.post(MEMBER, direct, SWEDISH_QUESTION)
    assert _answers(slack, direct, ts, 1)[0].text.startswith("Jag hittade")
    slack.post(MEMBER, direct, "Entä suomeksi?", ts)
    answer = _answers(slack, direct, ts, 2)[1]
    assert answer.text.startswith("Tästä löytyi yksi lähde")
    assert SWEDISH_QUOTE in answer.text


def test_in_a_thread_only_whoever_talks_to_it_is_answered(workplace: Workplace) -> None:
    """Without a mention while nobody else has written; then not, until it is named again."""
    slack = workplace.slack
    ts = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    _answers(slack, QUESTIONS, ts, 1)
    slack.post(MEMBER, QUESTIONS, "Milloin se erääntyy?", ts)
    assert PUBLIC_QUOTE in _answers(slack, QUESTIONS, ts, 2)[1].text
    for user, text in (
        (MEMBER, "Kiitos!"),
        (COORDINATOR, "Minäkin haluan tietää."),
        (MEMBER, "Milloin jäsenmaksu muuten erääntyy?"),
    ):
        slack.post(user, QUESTIONS, text, ts)
        acknowledged(slack, slack.events()[-1])
    settle(slack)
    assert len(slack.from_bot(QUESTIONS, ts)) == 2
    slack.post(COORDINATOR, QUESTIONS, mention("entä ruotsiksi?"), ts)
    assert _answers(slack, QUESTIONS, ts, 3)[2].text.startswith("Jag hittade")


@over_socket
def test_it_never_barges_in_between_people(workplace: Workplace) -> None:
    """A thread in which it has said nothing, a message that names somebody else, and the channel itself."""
    slack = workplace.slack
    root = slack.post(ADMIN, QUESTIONS, "Milloin jäsenmaksu laskutetaan?")
    slack.post(MEMBER, QUESTIONS, PUBLIC_QUESTION, root)
    ts = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    _answers(slack, QUESTIONS, ts, 1)
    slack.post(MEMBER, QUESTIONS, f"<@{ADMIN}> milloin se erääntyy?", ts)
    acknowledged(slack, slack.events()[-1])
    settle(slack)
    assert not slack.from_bot(QUESTIONS, root)
    assert len(slack.from_bot(QUESTIONS, ts)) == 1


def test_a_changed_question_changes_its_answer(workplace: Workplace) -> None:
    """In the same message, in channels and in direct messages; and only what was asked of it."""
    slack = workplace.slack
    for channel, named in ((slack.dm(MEMBER), str), (QUESTIONS, mention)):
        ts = slack.post(MEMBER, channel, named("Mikä on Mongolian pääkaupungin väkiluku?"))
        [first] = _answers(slack, channel, ts, 1)
        slack.edit(MEMBER, channel, ts, named(PUBLIC_QUESTION))
        slack.wait_for(lambda place=channel, thread=ts: PUBLIC_QUOTE in slack.from_bot(place, thread)[0].text)
        assert [each.ts for each in slack.from_bot(channel, ts)] == [first.ts]
    unasked = slack.post(MEMBER, QUESTIONS, "Huomenta kaikille")
    slack.edit(MEMBER, QUESTIONS, unasked, PUBLIC_QUESTION)
    acknowledged(slack, slack.events()[-1])
    settle(slack)
    assert not slack.from_bot(QUESTIONS, unasked)


def test_a_changed_question_is_answered_for_who_can_see_it(workplace: Workplace) -> None:
    """In a channel shared with others the new answer comes from public sources only."""
    slack = workplace.slack
    ts = slack.post(MEMBER, PARTNERS, mention(PUBLIC_QUESTION))
    _answers(slack, PARTNERS, ts, 1)
    slack.edit(MEMBER, PARTNERS, ts, mention(MEMBERS_QUESTION))
    slack.wait_for(lambda: PUBLIC_QUOTE not in slack.from_bot(PARTNERS, ts)[0].text)
    assert MEMBERS_QUOTE not in shown(slack.from_bot(PARTNERS, ts)[0])


def test_a_deleted_questions_answer_can_be_removed(workplace: Workplace) -> None:
    """By its asker, who alone is asked; or it stays."""
    slack = workplace.slack
    for channel, named in ((slack.dm(MEMBER), str), (QUESTIONS, mention)):
        for action in (REMOVE, KEEP):
            ts = slack.post(MEMBER, channel, named(PUBLIC_QUESTION))
            [answer] = _answers(slack, channel, ts, 1)
            slack.delete(MEMBER, channel, ts)

            def offers(place: str = channel, action: str = action) -> Sequence[Message]:
                return [each for each in slack.from_bot(place) if action in shown(each)]

            [offer] = slack.wait_for(offers)
            assert "Poistit kysymyksesi. Poistetaanko myös vastaukseni?" in offer.text
            assert offer.seen_by == (MEMBER if channel == QUESTIONS else "")
            assert slack.click(MEMBER, channel, offer.ts, action).acknowledged
            slack.wait_for(lambda gone=offers: not gone())
            is_there = answer.ts in {each.ts for each in slack.from_bot(channel)}
            assert is_there is (action == KEEP)


def test_nobody_else_can_have_an_answer_removed(workplace: Workplace) -> None:
    """Whoever sends the click of another's offer gets nowhere."""
    slack = workplace.slack
    direct = slack.dm(MEMBER)
    ts = slack.post(MEMBER, direct, PUBLIC_QUESTION)
    _answers(slack, direct, ts, 1)
    slack.delete(MEMBER, direct, ts)
    [offer] = slack.wait_for(lambda: [each for each in slack.from_bot(direct) if REMOVE in shown(each)][-1:])
    deletions = len(slack.calls("chat.delete"))
    assert slack.click(COORDINATOR, direct, offer.ts, REMOVE).acknowledged
    slack.wait_for(lambda: offer.ts not in {each.ts for each in slack.from_bot(direct)})
    assert len(slack.calls("chat.delete")) == deletions


def test_an_attached_file_is_said_not_to_be_read(workplace: Workplace) -> None:
    """The words beside it are answered."""
    slack = workplace.slack
    ts = slack.post(MEMBER, QUESTIONS, "Tässä liite")
    event = {
        "type": "app_mention",
        "channel": QUESTIONS,
        "user": MEMBER,
        "ts": ts,
        "text": mention(PUBLIC_QUESTION),
        "files": [{"id": "F1", "name": "liite.pdf"}],
    }
    slack.send_event(event)
    [answer] = _answers(slack, QUESTIONS, ts, 1)
    assert PUBLIC_QUOTE in answer.text
    assert "En lukenut liitetiedostoa" in shown(answer)


def _offered(slack: StandIn, channel: str) -> list[dict[str, Any]]:
    """The questions that a conversation was furnished with."""
    calls = [call for call in slack.calls("assistant.threads.setSuggestedPrompts") if call.outcome == "ok"]
    return [dict(call.arguments) for call in calls if call.arguments["channel_id"] == channel]


def test_the_agent_view_is_furnished(workplace: Workplace) -> None:
    """Questions to begin with, what is being done meanwhile, and a name for the conversation."""
    slack = workplace.slack
    slack.open_app(MEMBER, "messages")
    offered = slack.wait_for(lambda: _offered(slack, slack.dm(MEMBER)))[-1]
    assert offered["prompts"][0]["message"] == "Mitä osaat tehdä?"
    [answer] = ask_in_thread(slack, MEMBER, slack.dm(MEMBER), PUBLIC_QUESTION)
    named = slack.wait_for(
        lambda: [
            call.arguments["title"]
            for call in slack.calls("assistant.threads.setTitle")
            if call.arguments["thread_ts"] == answer.thread
        ]
    )
    assert named == [PUBLIC_QUESTION]
    status = slack.calls("assistant.threads.setStatus")[-1].arguments
    assert status["loading_messages"] == ["Etsin aineistoista…", "Luen löytämiäni kohtia…", "Tarkistan lähteitä…"]


@over_socket
def test_a_bare_agent_view_keeps_nobody_from_an_answer(workplace: Workplace) -> None:
    """Slack may refuse what only adorns: the status, the name and the questions to begin with."""
    slack = workplace.slack
    for method in ("setStatus", "setTitle", "setSuggestedPrompts"):
        slack.fault(f"assistant.threads.{method}", error="missing_scope")
    slack.open_app(MEMBER, "messages")
    [answer] = ask_in_thread(slack, MEMBER, slack.dm(MEMBER), PUBLIC_QUESTION)
    assert PUBLIC_QUOTE in answer.text
    slack.wait_for(lambda: slack.counts("missing_scope")["assistant.threads.setTitle"] == 1)
    settle(slack)


@over_socket
def test_a_deletion_is_followed_when_slack_comes_back(workplace: Workplace) -> None:
    """The offer that did not get out is made a little later, once."""
    slack = workplace.slack
    ts = slack.post(MEMBER, QUESTIONS, mention(PUBLIC_QUESTION))
    _answers(slack, QUESTIONS, ts, 1)
    slack.fault("chat.postEphemeral", status=503)
    slack.delete(MEMBER, QUESTIONS, ts)
    offers = slack.wait_for(
        lambda: [each for each in slack.from_bot(QUESTIONS) if each.seen_by and REMOVE in shown(each)]
    )
    assert len(offers) == 1
    assert slack.click(MEMBER, QUESTIONS, offers[0].ts, KEEP).acknowledged
    slack.wait_for(lambda: offers[0].ts not in {each.ts for each in slack.from_bot(QUESTIONS)})
