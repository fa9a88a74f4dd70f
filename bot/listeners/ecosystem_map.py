"""`/verkosto kartta` and its sisters: a picture of organisations, use cases and topics, in one's direct messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.audience import Audiences
from bot.blocks.elements import TEXTS, fallback
from bot.blocks.status import notice
from bot.delivery import Delivery, Outgoing
from bot.files import Files
from bot.incoming import question_from_command
from bot.listeners.network import COMMANDS, LONGEST_TOPIC, withheld_notice
from bot.listeners.replying import SlowHalves
from bot.questions import Question
from knowledge.map.graph import about, read_map
from knowledge.model import Language
from knowledge.ports import UnitOfWorkFactory
from knowledge.searching.synonyms import Synonyms

MAP = frozenset({"kartta", "karta", "map"})
Command = Mapping[str, Any]


def is_about_map(command: Command) -> bool:
    """Whether a command of the network is for this listener."""
    return str(command.get("text") or "").casefold().split()[:1] in [[word] for word in MAP]


class MapPicture:
    """The listener for whoever wants to see the whole ecosystem, or what has one topic."""

    def __init__(
        self, uow: UnitOfWorkFactory, synonyms: Synonyms, audiences: Audiences, files: Files, delivery: Delivery
    ) -> None:
        self._uow = uow
        self._synonyms = synonyms
        self._audiences = audiences
        self._files = files
        self._slowly = SlowHalves(delivery, "the map")

    def show(self, command: Command) -> None:
        """The slow half: draw what the asker may see, send it, and say so."""
        question, language = question_from_command(command), COMMANDS[command["command"]]
        unsent = notice("map.unsent", language)
        self._slowly.reply(question.response_url, lambda: self._sent(question, language), language, unsent=unsent)

    def _sent(self, question: Question, language: Language) -> Outgoing:
        # Its import takes most of a second, and few ever need it.
        from knowledge.map.picture import draw_map  # noqa: PLC0415

        if question.withheld:
            return withheld_notice(question, language)
        graph = read_map(self._uow, self._audiences.of(question), self._synonyms)
        topic = question.text.partition(" ")[2].strip()[:LONGEST_TOPIC]
        shown = about(graph, topic, self._synonyms) if topic else graph
        if not shown.nodes:
            return notice("map.nothing", language)
        comment = fallback(TEXTS.get("map.file", language))
        self._files.send(question.user, TEXTS.get("map.file_name", language), draw_map(shown, language), comment)
        return notice("map.sent", language)
