"""What is said about a conversation itself: how a question was understood, what was not read, what may be removed."""

from __future__ import annotations

from dataclasses import replace

from bot.blocks.elements import TEXTS, Block, fallback, paragraph, shorten, small_print
from bot.blocks.forms import button
from bot.delivery import Outgoing
from knowledge.model import Language

REMOVE, KEEP = "conversation_remove", "conversation_keep"
LONGEST_QUESTION = 300
PROMPTS = 4


def with_understanding(message: Outgoing, text: str, language: Language) -> Outgoing:
    """The answer below what the question was taken to mean."""
    note = TEXTS.get("conversation.understood", language, question=shorten(text, LONGEST_QUESTION))
    # Above what was said while it was written: that is replaced as a whole.
    return replace(message, blocks=[small_print(note), *message.blocks], spoken="", spoken_blocks=0)


def with_note_on_files(message: Outgoing, language: Language, *, has_text: bool) -> Outgoing:
    """The answer above a sentence that says that what was attached was not read, only the text where there was one."""
    note = TEXTS.get("conversation.files" if has_text else "conversation.files.alone", language)
    return replace(message, text=fallback(f"{message.text} {note}"), blocks=[*message.blocks, small_print(note)])


def removal_offer(place: str, language: Language) -> Outgoing:
    """Whether an answer is to be removed, its question being gone; `place` tells which."""
    text = TEXTS.get("conversation.deleted", language)
    buttons = [
        button(REMOVE, TEXTS.get("conversation.remove", language), value=place, style="danger"),
        button(KEEP, TEXTS.get("conversation.keep", language), value=place),
    ]
    return Outgoing(fallback(text), [paragraph(text), {"type": "actions", "elements": buttons}])


def loading_texts(language: Language) -> list[str]:
    """What the bot is doing, one after the other while somebody waits."""
    return [TEXTS.get(f"conversation.loading.{number}", language) for number in range(1, 4)]


def prompts(language: Language) -> tuple[str, list[Block]]:
    """A heading, and questions to begin with."""
    asked = [TEXTS.get(f"conversation.prompt.{number}", language) for number in range(1, PROMPTS + 1)]
    return TEXTS.get("conversation.prompts", language), [{"title": each, "message": each} for each in asked]
