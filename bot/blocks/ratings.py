"""What was the matter with an answer: the form, and the thanks for it."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, Block, paragraph, small_print
from bot.blocks.forms import Choice, field, menu, modal, text_input
from knowledge.inquiries.ratings import LONGEST_WORDS, REASONS
from knowledge.model import AnswerRating, Language

EXPLAIN = "knowing_explain"
"""The form, once submitted; it carries the question's id."""
REASON, WORDS = "reason", "words"


def reasons_modal(rating: AnswerRating, language: Language) -> Block:
    """The form, beginning with what was said before."""
    choices = [Choice(each.value, TEXTS.get(f"knowing.reason.{each.value}", language)) for each in REASONS]
    label, words = TEXTS.get("knowing.reason", language), TEXTS.get("knowing.words", language)
    blocks = [
        paragraph(TEXTS.get("knowing.reason.about", language)),
        field(REASON, label, menu(choices, rating.complaint.value, label), needed=True),
        field(WORDS, words, text_input(rating.words, LONGEST_WORDS, is_long=True)),
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
