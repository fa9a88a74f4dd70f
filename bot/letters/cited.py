"""The letter about documents that are no longer as answers cited them."""

from __future__ import annotations

from bot.blocks.plans import cited_message
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.administering.news import CitedNews
from knowledge.model import Language, Letter, LetterKind


class CitedLetters:
    """Writes it for admins, of one run."""

    def __init__(self, news: CitedNews) -> None:
        self._news = news

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.CITED_CHANGED: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing:
        """Which documents, and how many answers cited each."""
        return cited_message(self._news.of_run(letter.subject), language)
