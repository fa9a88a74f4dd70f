"""The windows behind the shortcuts on a message: where to answer it, and what of it to make a source of."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.blocks.elements import TEXTS, Block, fallback, is_web_address, line, paragraph, rich, shorten, title
from bot.blocks.forms import Choice, actions, button, field, menu, modal, text_input
from bot.delivery import Outgoing
from knowledge.conduct.rules import LONGEST_QUESTION
from knowledge.model import Audience, Language

ANSWER_MESSAGE, ADD_KNOWLEDGE = "answer_message", "add_knowledge"
"""The shortcuts, and the windows that they open, once submitted."""
ADD_SUGGESTED = "add_suggested"
TEXT, WHERE, PAGE, AUDIENCE = "question_text", "where", "page", "audience"
PRIVATELY, IN_THREAD = "privately", "in_thread"
MOST_PAGES, LONGEST_PAGE = 5, 500
_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Spot:
    """The thread to which a message belongs."""

    channel: str
    thread: str

    def packed(self) -> str:
        """As a window carries it."""
        return json.dumps([self.channel, self.thread])


def unpacked_spot(metadata: str) -> Spot:
    """The spot that a window carries."""
    channel, thread = json.loads(metadata)
    return Spot(str(channel), str(thread))


def pages_in(text: str) -> list[str]:
    """The web pages that a message, as Slack stores it, links to."""
    found = [html.unescape(each) for each in _LINK.findall(text)]
    return [each for each in dict.fromkeys(found) if is_web_address(each) and len(each) <= LONGEST_PAGE][:MOST_PAGES]


def answer_modal(text: str, spot: Spot, language: Language, *, is_open: bool) -> Block:
    """The question, which may be put better, and where its answer goes; into the thread where the bot `is_open` to."""
    places = [Choice(IN_THREAD, TEXTS.get("channels.answer.in_thread", language))] if is_open else []
    places.append(Choice(PRIVATELY, TEXTS.get("channels.answer.privately", language)))
    where = TEXTS.get("channels.answer.where", language)
    written = text_input(text, LONGEST_QUESTION, is_long=True)
    return modal(
        ANSWER_MESSAGE,
        TEXTS.get("channels.answer.title", language),
        [
            field(TEXT, TEXTS.get("channels.answer.question", language), written, needed=True),
            field(WHERE, where, menu(places, places[0].value, where), needed=True),
        ],
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("channels.answer.submit", language),
        metadata=spot.packed(),
    )


def add_modal(pages: Sequence[str], language: Language, *, may_add: bool) -> Block:
    """Which page to make a source of, and who may read it; whoever may not add it suggests it."""
    choices = [Choice(str(number), shorten(page, 75)) for number, page in enumerate(pages)]
    audiences = [Choice(each.value, TEXTS.get(f"channels.add.audience.{each.value}", language)) for each in Audience]
    page, audience = TEXTS.get("channels.add.page", language), TEXTS.get("channels.add.audience", language)
    deed = "add" if may_add else "suggest"
    readers = [field(AUDIENCE, audience, menu(audiences, Audience.MEMBERS.value, audience), needed=True)]
    return modal(
        ADD_KNOWLEDGE,
        TEXTS.get("channels.add.title", language),
        [
            paragraph(TEXTS.get(f"channels.{deed}.about", language)),
            field(PAGE, page, menu(choices, "0", page), needed=True),
            *(readers if may_add else []),
        ],
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get(f"channels.{deed}.submit", language),
        metadata=json.dumps(list(pages)),
    )


def told_window(text: str, language: Language) -> Block:
    """A window that only says something."""
    close = TEXTS.get("form.close", language)
    return modal("channels_told", TEXTS.get("channels.add.title", language), [paragraph(text)], close=close)


def suggestion_message(url: str, language: Language) -> Outgoing:
    """That somebody suggests a page, with a button that adds it."""
    told = TEXTS.get("channels.suggested", language)
    add = button(ADD_SUGGESTED, TEXTS.get("channels.add.submit", language), value=url, style="primary")
    return Outgoing(fallback(told), [paragraph(told), rich(line(title(url, url))), actions(add)])
