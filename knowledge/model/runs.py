"""Indexing runs, and the documents they could not read."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.model.identifiers import DocumentId, SourceId


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """Why one document of a source could not be indexed, in words for an admin.

    `retriable` tells whether another try with the same bytes can help.
    """

    source: SourceId
    key: str
    code: str
    sentence: str
    retriable: bool
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class QuarantinedDocument:
    """A document that is kept out because it seems to hold a patient's data; what it says is kept nowhere.

    `kind` names what was found, `page` (None where the format has no pages) and `heading` (empty where none) the place.
    """

    source: SourceId
    key: str
    content_hash: str
    kind: str
    page: int | None
    heading: str
    found_at: datetime


class RunState(enum.StrEnum):
    """How far an indexing run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a run did, in documents; `passages` and `embedded` count passages."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    passages: int = 0
    embedded: int = 0


class RunTask(enum.StrEnum):
    """What a run is for: to bring the index up to date, or only to tell what that would change."""

    SYNC = "sync"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class CitedChange:
    """A document of which passages that answers cited are there no longer; `questions` is how many were answered so.

    `title` is empty where it was erased at once: nobody knows any more what it was called.
    """

    document: DocumentId
    title: str
    is_gone: bool
    questions: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """The first of what a run found, by title where there is one, else by name.

    `failing` says why, and `cited` what became of what answers had cited.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failing: tuple[FailureRecord, ...] = ()
    cited: tuple[CitedChange, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexRun:
    """One look at all sources or at the one that `source` names, asked for by a person or the shell."""

    id: str
    state: RunState
    requested_by: str
    requested_at: datetime
    phase: str
    done: int
    total: int
    counts: RunCounts = field(default_factory=RunCounts)
    message: str = ""
    task: RunTask = RunTask.SYNC
    source: str = ""
    report: RunReport = field(default_factory=RunReport)
