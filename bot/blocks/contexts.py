"""A cited passage in its document, as a window."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks.elements import TEXTS, Block, divider, line, paragraph, quote, rich, shorten, title, words
from bot.blocks.forms import modal
from knowledge.answering.rendering import document_details
from knowledge.documents import page_link
from knowledge.inquiries.contexts import Context
from knowledge.model import Language, Passage

WINDOW = "knowing_context"
LONGEST_TITLE = 200
LONGEST_NEIGHBOUR, LONGEST_PASSAGE = 1500, 6000
"""Characters that are shown of the passages around it, and of itself."""


def context_modal(context: Context, language: Language) -> Block:
    """The passage with what stands before and after it; the passage itself beside a bar."""
    blocks = [_source(context, language)]
    if context.is_outdated:
        blocks.append(paragraph(TEXTS.get("knowing.context.changed", language)))
    blocks.append(divider())
    blocks += [_neighbour(each, is_before=True) for each in context.before]
    blocks.append(rich(*_passage(context.passage)))
    blocks += [_neighbour(each, is_before=False) for each in context.after]
    name = TEXTS.get("knowing.context.title", language)
    return modal(WINDOW, name, blocks, close=TEXTS.get("form.close", language))


def message_modal(title_id: str, text: str, language: Language) -> Block:
    """A window that says one sentence, under the title that has this id among the texts."""
    return modal(WINDOW, TEXTS.get(title_id, language), [paragraph(text)], close=TEXTS.get("form.close", language))


def _source(context: Context, language: Language) -> Block:
    document, passage = context.document, context.passage
    pieces = [title(shorten(document.title, LONGEST_TITLE), page_link(document.url, passage.page))]
    details = document_details(document, passage.page, language)
    if details:
        pieces.append(words(f" · {details}"))
    return rich(line(*pieces))


def _passage(passage: Passage) -> Iterator[Block]:
    if passage.headings:
        yield line(words(" › ".join(passage.headings), bold=True))
    yield quote(words(shorten(passage.text, LONGEST_PASSAGE)))


def _neighbour(passage: Passage, *, is_before: bool) -> Block:
    text = passage.text
    if len(text) > LONGEST_NEIGHBOUR:
        # What stands next to the passage matters most.
        text = f"…{text[-LONGEST_NEIGHBOUR:].lstrip()}" if is_before else shorten(text, LONGEST_NEIGHBOUR)
    return rich(line(words(text)))
