"""What Solmu knows of somebody, as a window that they alone see: how much of what, a file of all of it, and erasing."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks.elements import TEXTS, Block, bullets, line, paragraph, rich, small_print, words
from bot.blocks.forms import actions, button, confirmation, modal
from knowledge.model import Language

EXPORT, ERASE = "own_data_export", "own_data_erase"
SHOWN = "own_data"


def own_data_modal(summary: Mapping[str, int], language: Language, *, note: str = "") -> Block:
    """The counts by subject, and what can be done; `note` tells what was done just now."""
    done = [paragraph(note)] if note else []
    if not summary:
        return _window([*done, paragraph(TEXTS.get("own_data.nothing", language))], language)
    lines = [
        line(words(TEXTS.get(f"own_data.subject.{subject}", language, count=count)))
        for subject, count in summary.items()
    ]
    buttons = actions(
        button(EXPORT, TEXTS.get("own_data.export", language)),
        button(
            ERASE,
            TEXTS.get("own_data.erase", language),
            style="danger",
            confirm=confirmation(ERASE, language),
        ),
    )
    blocks = [
        *done,
        paragraph(TEXTS.get("own_data.about", language)),
        rich(bullets(*lines)),
        buttons,
        small_print(TEXTS.get("own_data.slack", language)),
    ]
    return _window(blocks, language)


def erased_modal(language: Language) -> Block:
    """After everything was erased."""
    return _window([paragraph(TEXTS.get("own_data.erased", language))], language)


def _window(blocks: list[Block], language: Language) -> Block:
    title, close = TEXTS.get("own_data.title", language), TEXTS.get("form.close", language)
    return modal(SHOWN, title, blocks, close=close, metadata=language.value)
