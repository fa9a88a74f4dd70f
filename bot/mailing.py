"""Private messages: written down with what caused them, and each sent once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.delivery import Outgoing
from knowledge.model import Language, Letter, LetterKind

Writer = Callable[[Letter, Language], Outgoing | None]
"""Puts a letter into words when it is sent; None where it is no longer true, and so not sent."""
Writers = Mapping[LetterKind, Writer]
