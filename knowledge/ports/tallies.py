"""What an operator counts: work that waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from knowledge.model import RunState


class TallyRepository(Protocol):
    """Counts of what is stored, without reading it."""

    def letters(self, now: datetime) -> tuple[int, int]:
        """How many letters should have been sent by now, and how many of those were tried in vain."""
        ...

    def runs(self) -> Mapping[RunState, int]:
        """How many indexing runs there are in each state."""
        ...
