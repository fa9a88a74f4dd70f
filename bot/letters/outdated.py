"""The letter about a document that somebody called outdated."""

from __future__ import annotations

from bot.blocks.ratings import outdated_message
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.inquiries.contexts import Contexts
from knowledge.model import DocumentId, Language, Letter, LetterKind


class OutdatedLetters:
    """Writes it for admins; a document that is gone meanwhile raises NotFoundError."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.OUTDATED: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing:
        """Which document it is."""
        return outdated_message(self._contexts.document(DocumentId(letter.subject)), language)
