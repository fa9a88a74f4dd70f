"""`/verkosto` and its sisters in Swedish and English: who does and who knows what, shown to the asker alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.audience import Audiences
from bot.blocks.network import listing_message
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing
from bot.incoming import question_from_command
from bot.listeners.profile import ProfileForm
from bot.listeners.replying import SlowHalves, tell
from bot.naming import Naming
from bot.questions import Question
from knowledge.members.directory import Directory
from knowledge.members.listing import Viewer
from knowledge.model import Language, member_id

COMMANDS: Mapping[str, Language] = {
    "/verkosto": Language.FI,
    "/natverk": Language.SV,
    "/network": Language.EN,
}
"""One command under three names, each in its language."""
PROFILE = frozenset({"profiili", "profil", "profile"})
LONGEST_TOPIC = 200
Command = Mapping[str, Any]


class Network:
    """The listener for the three commands."""

    def __init__(
        self, directory: Directory, audiences: Audiences, naming: Naming, delivery: Delivery, form: ProfileForm
    ) -> None:
        self._directory = directory
        self._audiences = audiences
        self._naming = naming
        self._slowly = SlowHalves(delivery, "the network")
        self._form = form

    def take_in(self, ack: Ack, command: Command) -> None:
        """Acknowledge; what needs no search is answered at once."""
        question, language = question_from_command(command), _language(command)
        if not _is_about_profile(question) and (told := _at_once(question, language)):
            tell(ack, told)
        else:
            ack()

    def show(self, command: Command) -> None:
        """The slow half: search, and answer under the command's address; or open one's profile."""
        question, language = question_from_command(command), _language(command)
        if _is_about_profile(question):
            self._form.open(dict(command))
            return
        self._slowly.reply(question.response_url, lambda: self._message(question, language), language)

    def _message(self, question: Question, language: Language) -> Outgoing:
        viewer = Viewer(member_id(question.team, question.user), self._audiences.of(question))
        listing = self._directory.find(question.text, viewer)
        return listing_message(listing, self._naming.names(listing.seen), language)


def withheld_notice(question: Question, language: Language) -> Outgoing:
    """Why nothing is done with what stood after a command."""
    return notice(f"network.withheld.{question.personal}", language)


def _language(command: Command) -> Language:
    return COMMANDS[command["command"]]


def _is_about_profile(question: Question) -> bool:
    return question.text.casefold() in PROFILE


def _at_once(question: Question, language: Language) -> Outgoing | None:
    """What is said without looking anything up: how to ask, or why this is not looked up."""
    if question.withheld:
        return withheld_notice(question, language)
    if not any(letter.isalnum() for letter in question.text):
        return notice("network.help", language)
    return notice("network.too_long", language) if len(question.text) > LONGEST_TOPIC else None
