"""The request for feedback, written when it is sent."""

from __future__ import annotations

from bot.blocks.feedback import feedback_message
from bot.delivery import Outgoing
from bot.mailing import Writers
from knowledge.events.feedback import Feedbacks, NotThereError
from knowledge.model import Language, Letter, LetterKind, OccurrenceId


class FeedbackLetters:
    """Writes them for those who were there."""

    def __init__(self, feedbacks: Feedbacks) -> None:
        self._feedbacks = feedbacks

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.FEEDBACK: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The message; none for whoever was not there after all, or has said it already."""
        try:
            asked = self._feedbacks.asked(OccurrenceId(letter.subject), letter.to)
        except NotThereError:
            return None
        return None if asked.rating else feedback_message(asked, language)
