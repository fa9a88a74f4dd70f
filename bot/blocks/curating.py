"""A person's answer before coordinators: the letter about it, and the form in which they take it in."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, Block, fallback, line, paragraph, quote, rich, small_print, words
from bot.blocks.forms import Choice, actions, button, field, menu, modal, text_input
from bot.delivery import Outgoing
from knowledge.inquiries.inquiring import LONGEST_QUESTION, LONGEST_REPLY
from knowledge.model import Audience, CuratedAnswer, Language

EDIT, DISMISS = "knowing_edit", "knowing_dismiss"
"""The coordinators' buttons; their value is the inquiry's id."""
APPROVE = "knowing_approve"
"""The form, once submitted; it carries the inquiry's id."""
QUESTION, ANSWER, AUDIENCE = "question", "answer", "audience"


def curate_message(answer: CuratedAnswer, language: Language) -> Outgoing:
    """To a coordinator: what waits, with both ways to go on."""
    text = TEXTS.get("knowing.curate.told", language)
    edit = button(EDIT, TEXTS.get("knowing.curate.edit", language), value=answer.inquiry, style="primary")
    dismiss = button(DISMISS, TEXTS.get("knowing.curate.dismiss", language), value=answer.inquiry)
    blocks = [
        paragraph(text),
        rich(line(words(answer.question, bold=True)), quote(words(answer.text))),
        small_print(_author(answer, language)),
        actions(edit, dismiss),
    ]
    return Outgoing(fallback(f"{text} {answer.question}"), blocks)


def curate_modal(answer: CuratedAnswer, language: Language) -> Block:
    """The answer to be edited, and for whom it is."""
    audience = TEXTS.get("knowing.curate.audience", language)
    choices = [Choice(each.value, TEXTS.get(f"knowing.audience.{each.value}", language)) for each in Audience]
    question, text = (TEXTS.get(f"knowing.curate.{name}", language) for name in (QUESTION, ANSWER))
    hint = TEXTS.get("knowing.curate.hint", language)
    written = text_input(answer.text, LONGEST_REPLY, is_long=True)
    blocks = [
        field(QUESTION, question, text_input(answer.question, LONGEST_QUESTION), needed=True),
        field(ANSWER, text, written, hint=hint, needed=True),
        field(AUDIENCE, audience, menu(choices, answer.audience.value, audience), needed=True),
        small_print(_author(answer, language)),
    ]
    return modal(
        APPROVE,
        TEXTS.get("knowing.curate.title", language),
        blocks,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("knowing.curate.submit", language),
        metadata=answer.inquiry,
    )


def _author(answer: CuratedAnswer, language: Language) -> str:
    if answer.name:
        return TEXTS.get("knowing.curate.author", language, person=answer.name)
    return TEXTS.get("knowing.curate.unnamed", language)
