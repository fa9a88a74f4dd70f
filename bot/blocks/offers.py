"""The offer of an answer to whoever asked others."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, fallback, line, paragraph, rich, shorten, title, words
from bot.blocks.forms import actions, button
from bot.delivery import Outgoing
from knowledge.model import Answer

SHOW, ANSWER, DISMISS = "offer_show", "offer_answer", "offer_dismiss"
LONGEST_TITLE = 150


def offer_message(answer: Answer, ts: str) -> Outgoing:
    """That Solmu may know, and from where; `ts` is the question's own."""
    told, language = TEXTS.get("channels.offer", answer.language), answer.language
    sources = [
        rich(line(words("– "), title(shorten(each.title, LONGEST_TITLE), each.url))) for each in answer.citations[:1]
    ]
    buttons = actions(
        button(SHOW, TEXTS.get("channels.offer.show", language), value=ts, style="primary"),
        button(ANSWER, TEXTS.get("channels.offer.answer", language), value=ts),
        button(DISMISS, TEXTS.get("channels.offer.dismiss", language), value=ts),
    )
    return Outgoing(fallback(told), [paragraph(told), *sources, buttons])
