"""Windows over long lists: a part of a list at a time, with buttons that turn to the parts beside it."""

from __future__ import annotations

from bot.blocks.elements import TEXTS, Block
from bot.blocks.forms import actions, button
from knowledge.model import Language

ON, BACK = "_on", "_back"
"""How the actions of the buttons end; they begin as the action that opens the window."""


def first_of(skipped: int, count: int, size: int) -> int:
    """Where a part begins: where it was asked for, or with the last part where the list has grown shorter since."""
    return max(0, min(skipped, (count - 1) // size * size))


def turns(opened_by: str, about: str, first: int, *, count: int, size: int, language: Language) -> list[Block]:
    """The buttons under a part that begins at `first`; nothing where it is all of the list."""
    buttons = []
    if first > 0:
        back = TEXTS.get("draft.turn.back", language)
        buttons.append(button(f"{opened_by}{BACK}", back, value=turn_value(about, max(0, first - size))))
    rest = count - first - size
    if rest > 0:
        on = TEXTS.get("draft.turn.on", language, count=rest)
        buttons.append(button(f"{opened_by}{ON}", on, value=turn_value(about, first + size)))
    return [actions(*buttons)] if buttons else []


def turn_value(about: str, skipped: int) -> str:
    """What a button carries: the list that it is about, and how much of it comes before what it shows."""
    return f"{about}:{skipped}"


def turned_to(value: str) -> tuple[str, int]:
    """What a button carries, read; one that names a list alone shows its beginning."""
    about, _, skipped = value.partition(":")
    return about, int(skipped) if skipped.isdecimal() else 0
