"""The coordinators' overview of a week, read and drawn for one of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks.insights import insights_message, picture_comment, picture_name
from bot.delivery import Outgoing
from bot.files import NamedFile
from knowledge.insights.overview import InsightReader, Insights
from knowledge.insights.periods import Period
from knowledge.model import Language


@dataclass(frozen=True, slots=True)
class Sheet:
    """The message, and the picture that goes before it with a comment."""

    message: Outgoing
    picture: NamedFile
    comment: str


class InsightSheets:
    """Makes them. Of a week that is over, what was read last is kept: several coordinators get a letter about it."""

    def __init__(self, reader: InsightReader) -> None:
        self._reader = reader
        self._last: Insights | None = None

    def now(self, period: Period, language: Language) -> Sheet:
        """As things stand at this moment."""
        return _sheet(self._reader.of(period), language)

    def of_past(self, period: Period, language: Language) -> Sheet:
        """Of a week that is over."""
        if self._last is None or self._last.period != period:
            self._last = self._reader.of(period)
        return _sheet(self._last, language)


def _sheet(insights: Insights, language: Language) -> Sheet:
    # Its import takes most of a second, and few ever need it.
    from knowledge.insights.picture import draw_insights  # noqa: PLC0415

    picture = NamedFile(picture_name(insights, language), draw_insights(insights, language))
    return Sheet(insights_message(insights, language), picture, picture_comment(insights, language))
