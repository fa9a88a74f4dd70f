"""How the network fares, as a message for those who look after it."""

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
from bot.blocks.network import Names
from bot.delivery import Outgoing
from knowledge.members.overview import NetworkOverview
from knowledge.members.reporting import sections, summary
from knowledge.model import Language

MOST_LINES = 10
LONGEST_LINE = 300


def overview_message(overview: NetworkOverview, names: Names, language: Language) -> Outgoing:
    """The first lines of every section; the table has them all."""
    told = summary(overview, language)
    blocks = [header(TEXTS.get("overview.title", language)), paragraph(told)]
    blocks += [_section(heading, lines, language) for heading, lines in sections(overview, names, language)]
    return Outgoing(fallback(told), [*blocks, small_print(TEXTS.get("overview.csv", language))])


def _section(heading: str, lines: list[str], language: Language) -> Block:
    shown = [line(words(shorten(each, LONGEST_LINE))) for each in lines[:MOST_LINES]]
    rest = len(lines) - MOST_LINES
    more = [line(words(TEXTS.get("network.more", language, count=rest), italic=True))] if rest > 0 else []
    return rich(line(words(heading, bold=True)), bullets(*shown), *more)
