"""Subscribing to a calendar: what one has, a new secret address shown once, and how programs take it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.blocks.elements import TEXTS, Block, beside, bullets, line, paragraph, rich, shorten, small_print, words
from bot.blocks.forms import MENU, OPTION, Choice, button, confirmation, field, menu, modal
from bot.blocks.own_profile import day_text
from bot.blocks.status import TIMEZONE
from knowledge.model import Feed, FeedScope, Language

OPEN, MAKE, REVOKE = "calendar_feeds", "calendar_make", "calendar_revoke"
WHAT = "calendar_what"
TOPIC = "topic:"
LONGEST_VALUE = 150
PROGRAMS = ("outlook", "google", "apple")
MOST_SHOWN = 20


def feeds_modal(feeds: Sequence[Feed], topics: Sequence[str], language: Language) -> Block:
    """Somebody's subscriptions, and what else they can subscribe to."""
    own = [_line(feed, language) for feed in feeds[-MOST_SHOWN:]]
    choices = [
        Choice(FeedScope.OWN.value, TEXTS.get("calendar.feeds.own", language)),
        Choice(FeedScope.ALL.value, TEXTS.get("calendar.feeds.all", language)),
        *(Choice(topic_value(topic), _topic_text(topic, language)) for topic in topics[: MENU - 2]),
    ]
    chosen = menu(choices, FeedScope.OWN.value, TEXTS.get("calendar.feeds.choose", language))
    blocks = [
        paragraph(TEXTS.get("calendar.feeds.about", language)),
        *own,
        field(WHAT, TEXTS.get("calendar.feeds.what", language), chosen, needed=True),
    ]
    if feeds:
        blocks.append(small_print(TEXTS.get("calendar.feeds.replaced", language)))
    close, submit = TEXTS.get("calendar.feeds.close", language), TEXTS.get("calendar.feeds.make", language)
    return modal(MAKE, TEXTS.get("calendar.feeds.title", language), blocks, close=close, submit=submit)


def address_modal(address: str, language: Language) -> Block:
    """The new address, which is shown this once."""
    shown: Block = {"type": "rich_text_preformatted", "elements": [words(address)]}
    ways = [line(words(TEXTS.get(f"calendar.feeds.{name}", language))) for name in PROGRAMS]
    blocks = [
        paragraph(TEXTS.get("calendar.feeds.ready", language)),
        rich(shown),
        rich(line(words(TEXTS.get("calendar.feeds.how", language), bold=True)), bullets(*ways)),
        small_print(TEXTS.get("calendar.feeds.secret", language)),
    ]
    title = TEXTS.get("calendar.feeds.title", language)
    return modal(MAKE, title, blocks, close=TEXTS.get("calendar.feeds.close", language))


def closed_modal(language: Language) -> Block:
    """Where nobody can subscribe, as the bot has no address on the web."""
    blocks = [paragraph(TEXTS.get("calendar.feeds.closed", language))]
    title = TEXTS.get("calendar.feeds.title", language)
    return modal(MAKE, title, blocks, close=TEXTS.get("calendar.feeds.close", language))


def topic_value(topic: str) -> str:
    """How a menu names a topic."""
    return f"{TOPIC}{topic}"[:LONGEST_VALUE]


def _line(feed: Feed, language: Language) -> Block:
    about = TEXTS.get("calendar.feeds.line", language, what=_what(feed, language), day=_day(feed.made_at, language))
    confirm = confirmation(REVOKE, language)
    return beside(
        about,
        button(REVOKE, TEXTS.get("calendar.feeds.revoke", language), value=feed.token_hash, confirm=confirm),
    )


def _what(feed: Feed, language: Language) -> str:
    if feed.scope is FeedScope.TOPIC:
        return _topic_text(feed.topic, language)
    return TEXTS.get(f"calendar.feeds.{feed.scope.value}", language)


def _topic_text(topic: str, language: Language) -> str:
    return shorten(TEXTS.get("calendar.feeds.topic", language, topic=topic), OPTION)


def _day(moment: datetime, language: Language) -> str:
    return day_text(moment.astimezone(TIMEZONE).date(), language)
