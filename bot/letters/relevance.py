"""What was published lately on somebody's topics, as a message: each with the topic that it is told for."""

from __future__ import annotations

from bot.blocks.card_facts import facts_of, own_line
from bot.blocks.cards import sign_up_buttons
from bot.blocks.elements import TEXTS, Block, fallback, line, paragraph, rich, shorten, small_print, title, words
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.events.relevance import URGENT, Fitting, Relevance
from knowledge.model import Language, Letter, LetterKind

LONGEST_TITLE, LONGEST_TOPIC = 150, 60
MOST_FACTS = 3
"""Lines about each: when, where, and one more; the rest stands where it was published."""


class RelevanceLetters:
    """Writes them from what is true when they are sent."""

    def __init__(self, relevance: Relevance) -> None:
        self._relevance = relevance

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.RELEVANT: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The message; none where nothing of it is left to be told."""
        told = self._relevance.standing(letter)
        if not told:
            return None
        opening = TEXTS.get("relevance.urgent" if URGENT in letter.details else "relevance.digest", language)
        blocks = [paragraph(opening)]
        for each in told:
            blocks += _about(each, language)
        first = told[0].scene.announcement.wording(language).title
        return Outgoing(
            fallback(f"{opening} {shorten(first, LONGEST_TITLE)}"),
            [*blocks, small_print(TEXTS.get("relevance.stop", language))],
        )


def _about(fitting: Fitting, language: Language) -> list[Block]:
    scene, announcement = fitting.scene, fitting.scene.announcement
    topic = TEXTS.get("relevance.why", language, topic=shorten(fitting.topic, LONGEST_TOPIC))
    lines = [
        [title(shorten(announcement.wording(language).title, LONGEST_TITLE), announcement.link)],
        *facts_of(scene, language)[:MOST_FACTS],
        [words(topic, italic=True)],
    ]
    shown = (each.shown for each in scene.gatherings)
    buttons = (sign_up_buttons(each, language, is_open=each.is_open(scene.now)) for each in shown)
    return [rich(line(*own_line(lines))), *buttons]
