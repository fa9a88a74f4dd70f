"""What admins look after beside the documents themselves: schedules of sources, replaced documents, the indexer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.model.announcements import NEVER
from knowledge.model.identifiers import DocumentId, SourceId

OFF = "off"


@dataclass(frozen=True, slots=True)
class SourceCare:
    """How a source fares.

    `schedule` is `off`, `daily 03:00` or `mon 03:00` in Finnish time, and `due_at` when it is read next by it, NEVER
    where it is off. `synced_at` is when it was last read through, NEVER before; `trouble` says why it could not be
    listed the last time, empty where it could.
    """

    source: SourceId
    schedule: str = OFF
    due_at: datetime = NEVER
    synced_at: datetime = NEVER
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """An admin's word that a document takes the place of another, which stays reachable from it."""

    old: DocumentId
    new: DocumentId
    by: str
    at: datetime
