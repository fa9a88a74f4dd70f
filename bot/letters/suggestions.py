"""That somebody suggests a page as a source, told to the admins."""

from __future__ import annotations

from bot.blocks.message_shortcuts import suggestion_message
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.channels.suggesting import Suggestions
from knowledge.model import Language, Letter, LetterKind


class SuggestionLetters:
    """Writes them from what is true when they are sent."""

    def __init__(self, suggestions: Suggestions) -> None:
        self._suggestions = suggestions

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.SUGGESTED: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The page with a button that adds it; none where it is a source by now."""
        url = letter.details["url"]
        return None if self._suggestions.is_source(url) else suggestion_message(url, language)
