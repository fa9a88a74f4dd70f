"""How far the sample has been indexed, as the page's bar shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where the set-up is."""

    STARTING = "starting"
    INDEXING = "indexing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of the named phase; `message` is a sentence where something failed."""

    stage: Stage = Stage.READY
    phase: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
