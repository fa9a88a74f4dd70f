"""The weekly letter to coordinators: the picture of the week, and then the message, each once."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.delivery import Delivery, Outgoing
from bot.files import Files
from bot.insights import Sheet
from bot.mailing import Writers
from bot.marks import looked_for_since
from knowledge.insights.periods import Period
from knowledge.insights.weekly import period_of
from knowledge.model import Language, Letter, LetterKind, user_of


class PastSheets(Protocol):
    """Makes sheets of weeks that are over."""

    def of_past(self, period: Period, language: Language) -> Sheet:
        """The sheet of one."""
        ...


class InsightLetters:
    """Writes them from what is stored when they are sent. `staff` are the Slack ids of those who may read them."""

    def __init__(self, sheets: PastSheets, delivery: Delivery, files: Files, staff: frozenset[str]) -> None:
        self._sheets = sheets
        self._delivery = delivery
        self._files = files
        self._staff = staff

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.INSIGHTS: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The week in words, its picture sent before; none for somebody who is no longer a coordinator."""
        user = user_of(letter.to)
        if user not in self._staff:
            return None
        sheet = self._sheets.of_past(period_of(letter), language)
        place = replace(self._delivery.open_direct(user), since=looked_for_since(letter.tried_at))
        # Begun before, the picture may have arrived with nobody left to hear so.
        picture, is_doubtful = sheet.picture, letter.tries > 0
        self._files.send_once(place, picture.name, picture.content, sheet.comment, doubtful=is_doubtful)
        return sheet.message
