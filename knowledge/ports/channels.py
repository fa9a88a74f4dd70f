"""Where is kept how Solmu behaves in channels, whose turn it is, and who wants to be spoken to in which language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import ChannelId, Language, Manners, MemberId, QuestionId, QueueSlot


class MannersRepository(Protocol):
    """How Solmu behaves in channels."""

    def put(self, manners: Manners) -> None:
        """Store, or replace the channel's."""
        ...

    def of(self, channel: ChannelId) -> Manners:
        """Those that were set, else the usual."""
        ...

    def all(self) -> Sequence[Manners]:
        """Every channel for which some were set, by its id."""
        ...


class TurnRepository(Protocol):
    """When questions may be answered."""

    def lock(self) -> None:
        """Let nobody else take a turn before this transaction ends."""
        ...

    def find(self, question: QuestionId) -> QueueSlot | None:
        """The question's turn, where it took one."""
        ...

    def add(self, turn: QueueSlot) -> None:
        """Store."""
        ...

    def of(self, asker: MemberId, since: datetime) -> Sequence[QueueSlot]:
        """Somebody's that are due after that moment, the earliest first."""
        ...

    def at(self, place: str, since: datetime) -> Sequence[QueueSlot]:
        """A channel's, in the same way."""
        ...

    def forget(self, before: datetime) -> None:
        """Erase those that were due before."""
        ...

    def forget_person(self, asker: MemberId) -> None:
        """Erase somebody's."""
        ...


class LanguageRepository(Protocol):
    """In which language people want to be spoken to, whether they have a profile or not."""

    def put(self, member: MemberId, language: Language) -> None:
        """Store, or replace the wish."""
        ...

    def of(self, member: MemberId) -> Language:
        """What they wished for; UNKNOWN where they did not."""
        ...

    def forget(self, member: MemberId) -> None:
        """Erase the wish."""
        ...
