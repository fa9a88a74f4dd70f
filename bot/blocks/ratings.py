"""What was the matter with an answer: the form, and the letter about what is called outdated."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, Block, fallback, line, paragraph, rich, shorten, small_print, title, words
from bot.blocks.forms import Choice, field, menu, modal, text_input
from bot.delivery import Outgoing
from knowledge.answering.rendering import document_details
from knowledge.inquiries.ratings import LONGEST_WORDS, REASONS
from knowledge.model import AnswerRating, Document, Language

EXPLAIN = "knowing_explain"
"""The form, once submitted; it carries the question's id."""
REASON, WORDS = "reason", "words"
LONGEST_TITLE = 200


def reasons_modal(rating: AnswerRating, language: Language) -> Block:
    """The form, beginning with what was said before."""
    choices = [Choice(each.value, TEXTS.get(f"knowing.reason.{each.value}", language)) for each in REASONS]
    label, more = TEXTS.get("knowing.reason", language), TEXTS.get("knowing.words", language)
    blocks = [
        paragraph(TEXTS.get("knowing.reason.about", language)),
        field(REASON, label, menu(choices, rating.complaint.value, label), needed=True),
        field(WORDS, more, text_input(rating.words, LONGEST_WORDS, is_long=True)),
        small_print(TEXTS.get("knowing.reason.private", language)),
    ]
    return modal(
        EXPLAIN,
        TEXTS.get("knowing.window", language),
        blocks,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("knowing.send", language),
        metadata=rating.question,
    )


def outdated_message(document: Document, language: Language) -> Outgoing:
    """To an admin: which document somebody called outdated, without who it was."""
    text = TEXTS.get("knowing.outdated", language)
    pieces = [title(shorten(document.title, LONGEST_TITLE), document.url)]
    details = document_details(document, None, language)
    if details:
        pieces.append(words(f" · {details}"))
    about = small_print(TEXTS.get("knowing.outdated.about", language))
    return Outgoing(fallback(f"{text} {document.title}"), [paragraph(text), rich(line(*pieces)), about])
