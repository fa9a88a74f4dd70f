"""What a look at a source found: which documents are new, changed, gone or unreadable, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.failures import IndexingFailure
from indexer.sources.base import Fetched, Item
from knowledge.model import FailureRecord
from knowledge.ports import DocumentState


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The bytes are those of the last reading; `revision` is the source's new mark for them."""

    item: Item
    state: DocumentState
    revision: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that have not been read yet, of a new document (`state` None) or a changed one."""

    item: Item
    fetched: Fetched
    content_hash: str
    state: DocumentState | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The document could not be fetched; what was read of it before stays."""

    item: Item
    failure: IndexingFailure


@dataclass(frozen=True, slots=True)
class StillFailing:
    """The same bytes failed before, and another try cannot help."""

    item: Item
    record: FailureRecord


@dataclass(frozen=True, slots=True)
class Gone:
    """The source no longer lists this document."""

    state: DocumentState


Change = Unchanged | Arrived | Failed | StillFailing | Gone
