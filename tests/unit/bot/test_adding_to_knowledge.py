"""The shortcut that adds a message to what Solmu knows: whoever chose it hears what came of it."""

from __future__ import annotations

from typing import Any, cast

from slack_sdk import WebClient

from bot.blocks.elements import TEXTS
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError
from bot.listeners.message_shortcuts import AddToKnowledge
from bot.listeners.nominating import NominatingClicks
from bot.listeners.whispering import Whispering
from bot.membership import Membership
from bot.opening import Opening
from knowledge.channels.suggesting import Suggestions
from knowledge.inquiries.nominating import Nominations
from knowledge.model import Language, MemberId, member_id

BODY: dict[str, Any] = {
    "trigger_id": "1",
    "user": {"id": "U1"},
    "channel": {"id": "C1"},
    "message": {"type": "message", "user": "U2", "text": "Meillä se kesti yhdeksän viikkoa.", "ts": "7.1"},
}


class Slack:
    """Knows who chose the shortcut, and cannot be asked about anybody else; keeps what was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def admits(self, body: object) -> bool:
        """That is known by now."""
        return bool(body)

    def admits_user(self, user: str) -> bool:
        """Slack is away."""
        raise SlackUnavailableError(user)

    def member_in(self, _: object) -> MemberId:
        """Who chose it."""
        return member_id("T1", "U1")

    def language(self, _: object) -> Language:
        """Theirs."""
        return Language.FI

    def open_direct(self, user: str) -> Place:
        """A place of their own."""
        return Place(f"D{user}")

    def post(self, _: Place, message: Outgoing, __: str, *, doubtful: bool) -> str:
        """Keep it."""
        assert not doubtful
        self.told.append(message.text)
        return "1.1"


def test_that_slack_cannot_tell_who_wrote_it_is_told() -> None:
    """Not a shortcut that does nothing."""
    slack = Slack()
    membership, whispering = cast(Membership, slack), cast(Whispering, slack)
    opening = Opening(WebClient(), membership, cast(Delivery, slack))
    nominating = NominatingClicks(cast(Nominations, None), membership, whispering)
    AddToKnowledge(cast(Suggestions, None), nominating, opening, whispering).open(BODY)
    assert slack.told == [TEXTS.get("form.not_opened", Language.FI)]
