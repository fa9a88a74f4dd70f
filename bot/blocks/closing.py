"""What stands beneath an answer: its quotes in their context, a word on how good it is, and where to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.blocks.elements import TEXTS, Block, plain, small_print
from bot.blocks.forms import BUTTON, actions, button
from knowledge.model import Answer, AnswerStatus, Citation, Language, QuestionId

CONTEXT = "knowing_context_"
"""Begins the actions of the buttons that show a passage; the citation's number follows. The value is the passage."""
RATE = "knowing_rate"
GOOD, BAD = "good", "bad"
"""What a value of Slack's feedback buttons begins with; a colon and the question's id follow."""
ASK_NETWORK = "knowing_ask_network"
"""The action of who wants their question put to the network; its value is the question's id."""
OLD = timedelta(days=3 * 365)
"""From which a source may no longer hold."""


def closing_blocks(
    question: QuestionId, answer: Answer, now: datetime, *, is_for_outsider: bool = False
) -> list[Block]:
    """What is offered beneath an answer; beneath a refusal nothing, and to an outsider not the way to the network."""
    if answer.status is AnswerStatus.REFUSED:
        return []
    language = answer.language
    blocks = [small_print(text) for text in _warnings(answer.citations, now.date(), language)]
    shown = list(_context_buttons(answer.citations, language))
    if answer.status is AnswerStatus.NOT_FOUND and not is_for_outsider:
        shown.append(ask_network_button(question, language))
    return [*blocks, *([actions(*shown)] if shown else []), _feedback(question, language)]


def ask_network_button(question: QuestionId, language: Language) -> Block:
    """The way to the people of the network."""
    return button(ASK_NETWORK, TEXTS.get("knowing.ask", language), value=question)


def is_old(citation: Citation, today: date) -> bool:
    """Whether what it says was published so long ago that it may no longer hold."""
    return citation.published is not None and today - citation.published > OLD


def _warnings(citations: Sequence[Citation], today: date, language: Language) -> Iterator[str]:
    # What a newer version replaced is marked as such already.
    marked = {number for number, each in enumerate(citations, 1) if each.is_superseded or each.successor}
    old = [str(number) for number, each in enumerate(citations, 1) if is_old(each, today) and number not in marked]
    if old:
        numbers = ", ".join(old)
        yield TEXTS.get("knowing.old.one" if len(old) == 1 else "knowing.old.many", language, numbers=numbers)


def _context_buttons(citations: Sequence[Citation], language: Language) -> Iterator[Block]:
    for number, each in enumerate(citations, 1):
        is_one = len(citations) == 1
        text = TEXTS.get("knowing.context.button" if is_one else "knowing.context.numbered", language, number=number)
        yield button(f"{CONTEXT}{number}", text, value=str(each.passage))


def _feedback(question: QuestionId, language: Language) -> Block:
    sides = {
        side: {
            "text": plain(TEXTS.get(f"knowing.rate.{word}", language), BUTTON),
            "value": f"{word}:{question}",
            "accessibility_label": TEXTS.get(f"knowing.rate.about.{word}", language),
        }
        for side, word in (("positive_button", GOOD), ("negative_button", BAD))
    }
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": RATE, **sides}]}
