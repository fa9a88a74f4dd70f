"""`/verkosto minulle` and its sisters: who does or seeks the same as whoever asks, for them alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.audience import Audiences
from bot.blocks.relatives import no_profile_message, relatives_message
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing
from bot.incoming import question_from_command
from bot.listeners.network import COMMANDS
from bot.listeners.replying import SlowHalves
from bot.naming import Naming
from bot.questions import Question
from knowledge.errors import NotFoundError
from knowledge.introductions.relatives import Relatives
from knowledge.model import Audience, Language, member_id

MINE = frozenset({"minulle", "mig", "me"})
Command = Mapping[str, Any]


def is_about_oneself(command: Command) -> bool:
    """Whether a command of the network is for this listener."""
    return str(command.get("text") or "").strip().casefold() in MINE


class OwnRelatives:
    """The listener for members who want to know who is near."""

    def __init__(self, relatives: Relatives, audiences: Audiences, naming: Naming, delivery: Delivery) -> None:
        self._relatives = relatives
        self._audiences = audiences
        self._naming = naming
        self._slowly = SlowHalves(delivery, "who is related")

    def show(self, command: Command) -> None:
        """The slow half: compare, and answer under the command's address."""
        question, language = question_from_command(command), COMMANDS[command["command"]]
        self._slowly.reply(question.response_url, lambda: self._message(question, language), language)

    def _message(self, question: Question, language: Language) -> Outgoing:
        try:
            if self._audiences.of(question) is Audience.PUBLIC:
                return notice("profile.outsiders", language)
            found = self._relatives.of(member_id(question.team, question.user))
            return relatives_message(found, self._naming.names(each.seen for each in found), language)
        except NotFoundError:
            return no_profile_message(language)
