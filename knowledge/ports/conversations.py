"""What is remembered of conversations, for a short while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import ChannelId, MemberId, QuestionId, Turn


class ConversationRepository(Protocol):
    """The turns of conversations."""

    def put(self, turn: Turn) -> None:
        """Store or replace."""
        ...

    def find(self, channel: ChannelId, ts: str) -> Turn | None:
        """The turn of a message, if it was a question and is remembered."""
        ...

    def get(self, turn: QuestionId) -> Turn | None:
        """The turn of a question, if it is remembered."""
        ...

    def of_thread(self, channel: ChannelId, thread: str) -> Sequence[Turn]:
        """A thread's turns in the order they were written."""
        ...

    def latest(self, channel: ChannelId, asker: MemberId) -> Turn | None:
        """What somebody asked last in a channel, in whatever thread."""
        ...

    def close(self, channel: ChannelId, thread: str) -> None:
        """Nobody is talking to Solmu in the thread any more."""
        ...

    def remove(self, turn: QuestionId) -> None:
        """Forget one."""
        ...

    def forget(self, person: MemberId) -> None:
        """Forget all that somebody asked."""
        ...

    def forget_before(self, moment: datetime) -> None:
        """Forget what happened earlier."""
        ...
