"""What people do on their Home tab: ask, and choose the language in which they are spoken to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import Block
from bot.blocks.forms import VALUE
from bot.blocks.home_sections import QUESTION, ask_box
from bot.clicked import chosen_value, reading
from bot.durable import Durable
from bot.filled_in import language_named
from bot.incoming import question_in_form
from bot.listeners.home import Home
from bot.membership import Membership, user_in
from knowledge.members.languages import Languages
from knowledge.model import Language, MemberId

Payload = dict[str, Any]


class AskBox:
    """The field for a question, empty again for whoever has asked."""

    def __init__(self) -> None:
        self._asked: dict[MemberId, int] = {}

    def section(self, member: MemberId, language: Language) -> Sequence[Block]:
        """What stands on the tab."""
        return ask_box(self._asked.get(member, 0), language)

    def clear(self, member: MemberId) -> None:
        """Draw an empty one from now on."""
        self._asked[member] = self._asked.get(member, 0) + 1


class HomeActions:
    """Listeners for the field's button and for the menu of languages."""

    def __init__(self, durable: Durable, box: AskBox, languages: Languages, home: Home, membership: Membership) -> None:
        self._durable = durable
        self._box = box
        self._languages = languages
        self._home = home
        self._membership = membership

    def ask(self, ack: Ack, body: Payload) -> None:
        """Take the question in; its answer comes as a direct message."""
        question = question_in_form(_written(body), body)
        if question.text or question.withheld:
            self._durable.take_in(question)
            self._box.clear(self._membership.member_in(body))
        ack()

    def speak(self, ack: Ack, body: Payload) -> None:
        """Keep the choice."""
        chosen = language_named(chosen_value(body), Language.FI)
        self._languages.choose(self._membership.member_in(body), chosen)
        ack()

    def redraw(self, body: Payload) -> None:
        """Draw the tab as things are now."""
        self._home.draw(user_in(body))


def _written(body: Payload) -> str:
    with reading("the Home tab"):
        values = body["view"].get("state", {}).get("values", {})
    return next(
        (str(held.get(VALUE, {}).get("value") or "") for name, held in values.items() if name.startswith(QUESTION)), ""
    )
