"""What writing answers needs from a language model: words, one after another, or an error that says what went wrong."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


class Role(enum.StrEnum):
    """Who speaks in a prompt: SYSTEM says what is to be done, USER holds the material."""

    SYSTEM = "system"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Message:
    """One part of a prompt."""

    role: Role
    text: str


class LanguageModel(Protocol):
    """Writes on from a prompt."""

    def stream(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Iterator[str]:
        """The reply in pieces as they come; ends only where the model ended by itself.

        Everything, retries too, takes `seconds` at most. Raises a subclass of LanguageModelError.
        """
        ...
