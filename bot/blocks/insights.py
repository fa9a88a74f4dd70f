"""The coordinators' overview of a week, as a message."""

from __future__ import annotations

from bot.blocks.elements import (
    TEXTS,
    Block,
    bullets,
    fallback,
    header,
    line,
    paragraph,
    rich,
    shorten,
    small_print,
    words,
)
from bot.delivery import Outgoing
from knowledge.insights.overview import Insights
from knowledge.insights.wording import heading, parts, summary
from knowledge.model import Language

MOST_LINES = 10
LONGEST_LINE = 300


def insights_message(insights: Insights, language: Language) -> Outgoing:
    """One sentence, then a list for each part. No person is in it."""
    told, title = summary(insights, language), heading(insights, language)
    blocks = [header(title), paragraph(told), *(_part(*part) for part in parts(insights, language))]
    return Outgoing(fallback(f"{title}. {told}"), [*blocks, small_print(TEXTS.get("insights_message.log", language))])


def picture_comment(insights: Insights, language: Language) -> str:
    """The sentence above the picture, escaped."""
    return fallback(heading(insights, language))


def picture_name(insights: Insights, language: Language) -> str:
    """The picture's file name, the same for the same days."""
    return f"{TEXTS.get('insights_message.file', language)}-{insights.period.last.isoformat()}.png"


def _part(title: str, lines: list[str]) -> Block:
    shown = [line(words(shorten(each, LONGEST_LINE))) for each in lines[:MOST_LINES]]
    return rich(line(words(title, bold=True)), bullets(*shown))
