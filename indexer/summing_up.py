"""What a run leaves behind for those who look after the sources: the first of what it found, and how each source is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from indexer.changes import Arrived, Failed, Gone, StillFailing
from indexer.report import Report
from knowledge.documents import document_id
from knowledge.model import FailureRecord, RunReport, Source, SourceKind
from knowledge.ports import UnitOfWork

FIRST = 8
"""How many of each kind are named."""


def run_report(report: Report, work: UnitOfWork, now: datetime) -> RunReport:
    """The first of what is new, changed, gone and failing."""
    arrived = [(source, each) for source, each in report.changed if isinstance(each, Arrived)]
    new = [(source, each.item.key) for source, each in arrived if each.is_new]
    changed = [(source, each.item.key) for source, each in arrived if not each.is_new]
    gone = [(source, each.key) for source, each in report.changed if isinstance(each, Gone) and each.state]
    failing = [
        _failure(source, each, now) for source, each in report.changed if isinstance(each, Failed | StillFailing)
    ]
    return RunReport(_named(new, work), _named(changed, work), _named(gone, work), tuple(failing[:FIRST]))


def note_care(report: Report, work: UnitOfWork, now: datetime) -> None:
    """Of each source whether it was read through."""
    unlisted = {each.source.id: each.sentence for each in report.troubles if not each.key}
    # A page is its source: where it could not be fetched, nothing of it was read.
    unread = {each.source.id for each in report.troubles if each.key and each.source.kind is SourceKind.WEB}
    for source in report.sources:
        if source.id in unlisted:
            work.care.failed(source.id, unlisted[source.id])
        elif source.id not in unread:
            work.care.synced(source.id, now)


def _failure(source: Source, change: Failed | StillFailing, now: datetime) -> FailureRecord:
    if isinstance(change, StillFailing):
        return change.record
    failure = change.failure
    return FailureRecord(
        source.id, change.item.key, failure.code, str(failure), retriable=failure.retriable, failed_at=now
    )


def _named(found: Iterable[tuple[Source, str]], work: UnitOfWork) -> tuple[str, ...]:
    return tuple(work.documents.title(document_id(source.id, key)) or key for source, key in list(found)[:FIRST])
