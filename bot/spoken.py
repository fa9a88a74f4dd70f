"""In which language a question is answered: its own where that can be told, else the one that its asker chose."""

from __future__ import annotations

from collections.abc import Callable

from bot.questions import Question
from knowledge.model import Language, MemberId, member_id

SpokenIn = Callable[[Question], Language]


def spoken_by_asker(language_of: Callable[[MemberId], Language]) -> SpokenIn:
    """Tells it of any question; `language_of` tells in which language to speak with somebody.

    A name, a number, a mention or a file alone is in no language.
    """

    def spoken_in(question: Question) -> Language:
        if question.spoken is not Language.UNKNOWN:
            return question.spoken
        return language_of(member_id(question.team, question.user))

    return spoken_in
