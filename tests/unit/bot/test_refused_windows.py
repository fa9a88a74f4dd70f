"""Windows that are not opened as wished: for a guest, and on a message that tells of somebody's health."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.blocks.elements import TEXTS
from bot.delivery import Delivery, Outgoing, Place
from bot.durable import Durable
from bot.inquiring import InquiryPosting
from bot.listeners.inquiring import InquiryClicks
from bot.listeners.message_shortcuts import AddToKnowledge, AnswerThis
from bot.listeners.nominating import NominatingClicks
from bot.listeners.whispering import Whispering
from bot.lookup import Lookup
from bot.membership import Membership
from bot.opening import Opening
from knowledge.channels.suggesting import Suggestions
from knowledge.inquiries.inquiring import Inquiries
from knowledge.inquiries.nominating import Nominations
from knowledge.model import AskedQuestion, Language, MemberId, member_id
from tests.builders import question

WITH_CODE = "Potilaan hetu on 131052-308T, mitä tehdään?"


class Slack:
    """Whoever clicks is a guest, or a member; keeps what they are told and what opens."""

    def __init__(self, *, admits: bool) -> None:
        self.is_member = admits
        self.told: list[str] = []
        self.opened: list[dict[str, Any]] = []
        membership, self.whispering = cast(Membership, self), cast(Whispering, self)
        self.opening = Opening(cast(WebClient, self), membership, cast(Delivery, self))
        self.nominating = NominatingClicks(cast(Nominations, None), membership, self.whispering)

    def admits(self, _: object) -> bool:
        """Whether they are a member."""
        return self.is_member

    def admits_user(self, _: str) -> bool:
        """So is everybody else."""
        return True

    def person(self, _: object) -> MemberId:
        """Who clicked."""
        return member_id("T1", "U1")

    member_in = person

    def language(self, _: object) -> Language:
        """Theirs."""
        return Language.FI

    def open_direct(self, user: str) -> Place:
        """A place of their own."""
        return Place(f"D{user}")

    def post(self, _: Place, message: Outgoing, __: str, *, doubtful: bool) -> None:
        """Keep it."""
        assert not doubtful
        self.told.append(message.text)

    def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> None:
        """Keep it."""
        assert trigger_id
        self.opened.append(view)


class FakeInquiries:
    """Every question is the clicker's."""

    def question(self, *_: str) -> AskedQuestion:
        """That one."""
        return question()


def _body(text: str = "", **more: object) -> dict[str, Any]:
    message = {"type": "message", "user": "U2", "text": text, "ts": "7.1"}
    return {"trigger_id": "1", "user": {"id": "U1"}, "channel": {"id": "C1"}, "message": message} | more


def test_a_guest_who_asks_the_network_is_told_that_members_do() -> None:
    """Not about profiles."""
    slack = Slack(admits=False)
    clicks = InquiryClicks(
        cast(Inquiries, FakeInquiries()),
        cast(InquiryPosting, None),
        cast(Lookup, None),
        slack.opening,
        slack.whispering,
    )
    clicks.begin(_body(actions=[{"value": "Ev1"}]))
    assert slack.told == [TEXTS.get("knowing.outsiders", Language.FI)]
    assert slack.opened == []


class FakeSuggestions:
    """No page is a source yet."""

    def is_known_to(self, *_: str) -> bool:
        """It is none."""
        return False

    def offers_adding(self, _: MemberId) -> bool:
        """They would suggest it."""
        return False


@pytest.mark.parametrize("text", ["Katso <https://example.org/opas>", "Se kesti viikon."])
def test_a_guest_who_adds_to_knowledge_is_told_that_members_do(text: str) -> None:
    """Whether the message has a link or not."""
    slack = Slack(admits=False)
    adding = AddToKnowledge(cast(Suggestions, FakeSuggestions()), slack.nominating, slack.opening, slack.whispering)
    adding.open(_body(text))
    assert slack.told == [TEXTS.get("channels.add.outsiders", Language.FI)]
    assert slack.opened == []


def test_a_message_about_a_patient_is_neither_answered_nor_added() -> None:
    """Each window has its own title, and speaks of the message: another wrote it, and nothing was stored."""
    slack = Slack(admits=True)
    AnswerThis(cast(Durable, None), cast(Lookup, None), slack.opening, slack.whispering).open(_body(WITH_CODE))
    adding = AddToKnowledge(cast(Suggestions, FakeSuggestions()), slack.nominating, slack.opening, slack.whispering)
    adding.open(_body(WITH_CODE))
    answering, added = slack.opened
    assert (answering["title"]["text"], added["title"]["text"]) == ("Vastaa tähän", "Lisää tietoon")
    for view, what in ((answering, "en vastaa siihen"), (added, "ei voi lisätä tietoon")):
        told = str(view["blocks"])
        assert "Viestissä näyttää olevan henkilötunnus" in told
        assert what in told
        assert "131052" not in told


def test_whoever_became_a_guest_while_a_window_was_open_submits_in_vain() -> None:
    """They are told why in the window, and nothing is done."""
    slack = Slack(admits=False)
    values = {
        "text": {"value": {"value": "Onko kokemusta?"}},
        "channel": {"value": {"selected_conversation": "C1"}},
        "page": {"value": {"selected_option": {"value": "0"}}},
    }
    suggested = json.dumps(["https://example.org/opas"])
    nominated = json.dumps(["C1", "7.1", "U2"])
    asking = InquiryClicks(
        cast(Inquiries, None), cast(InquiryPosting, None), cast(Lookup, None), slack.opening, slack.whispering
    )
    adding = AddToKnowledge(cast(Suggestions, None), slack.nominating, slack.opening, slack.whispering)
    for listener, metadata in ((asking.submit, "Ev1"), (adding.keep, suggested), (slack.nominating.keep, nominated)):
        ack = Ack()
        listener(ack, _body(view={"private_metadata": metadata, "state": {"values": values}}))
        assert ack.response is not None
        assert "tämän työtilan omat jäsenet" in str(json.loads(ack.response.body)["errors"])
