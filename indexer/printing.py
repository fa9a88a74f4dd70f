"""What the indexer's commands print: lines for people, objects for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from indexer.changes import Arrived, Failed, Gone, StillFailing
from indexer.report import Report, Trouble
from knowledge.model import FailureRecord, IndexRun, Source
from knowledge.ports import Manifest
from knowledge.shell import errors, output


def report_json(report: Report) -> dict[str, Any]:
    """Counts, and what went wrong."""
    return asdict(report.counts) | {
        "failures": [_trouble(trouble) for trouble in report.troubles],
        "notes": [_trouble(note) for note in report.notes],
    }


def print_report(report: Report) -> None:
    """A line of counts on stdout, a sentence per trouble on stderr."""
    counts = report.counts
    output.print(
        f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {counts.removed} removed, "
        f"{counts.failed} failed; {counts.embedded} of {counts.passages} passages read were embedded."
    )
    for trouble in [*report.notes, *report.troubles]:
        errors.print(trouble.line)


def plan_json(report: Report) -> dict[str, Any]:
    """Counts, and what would be done to which document."""
    listed = [
        {"source": source.id, "document": _key(change), "change": _word(change)} for source, change in report.changed
    ]
    return report_json(report) | {"changes": listed}


def print_plan(report: Report) -> None:
    """A line per document that would change, then the counts."""
    for source, change in report.changed:
        output.print(f"{_word(change):8} {source.id:4} {_key(change)}")
    counts = report.counts
    output.print(
        f"Would read {counts.new} new and {counts.changed} changed documents and take out {counts.removed}; "
        f"{counts.unchanged} are unchanged, {counts.failed} cannot be read."
    )
    for trouble in report.troubles:
        errors.print(trouble.line)


def source_json(source: Source, documents: int, failures: int) -> dict[str, Any]:
    """A source and how much is in it."""
    return {
        "id": source.id,
        "kind": source.kind.value,
        "location": source.location,
        "audience": source.audience.value,
        "added_at": source.added_at,
        "documents": documents,
        "failures": failures,
    }


def status_json(
    counts: Mapping[str, int],
    current: str,
    generations: Sequence[Manifest],
    run: IndexRun | None,
    failures: Sequence[FailureRecord],
) -> dict[str, Any]:
    """Everything an admin wants to know at a glance."""
    return {
        **counts,
        "generation": current or None,
        "model": asdict(generations[0].model) if generations else None,
        "generations": [
            {
                "generation": each.generation,
                "passages": each.passages,
                "built_at": each.built_at,
                "vectors": each.vectors,
            }
            for each in generations
        ],
        "run": asdict(run) if run else None,
        "failures": [asdict(failure) for failure in failures],
    }


def print_status(status: Mapping[str, Any]) -> None:
    """The same for a person."""
    output.print(
        f"{status['documents']} documents and {status['usecases']} use cases in {status['passages']} passages."
    )
    for each in status["generations"]:
        mark = "current" if each["generation"] == status["generation"] else "kept"
        output.print(
            f"{mark:8} {each['generation']}  {each['passages']} passages, built {each['built_at']:%Y-%m-%d %H:%M} UTC"
        )
    if not status["generations"]:
        output.print("Nothing is published yet; run `python -m indexer add PATH`.")
    run = status["run"]
    if run:
        progress = f", {run['phase']} {run['done']}/{run['total']}" if run["state"] == "running" else ""
        output.print(f"Last run: {run['state']}{progress}. {run['message']}".rstrip())
    for failure in status["failures"]:
        output.print(f"not read {failure['source']:4} {failure['key']}: {failure['sentence']}")


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {
        "source": trouble.source.id,
        "document": trouble.key,
        "sentence": trouble.sentence,
        "is_new": trouble.is_new,
    }


def _word(change: object) -> str:
    match change:
        case Arrived():
            return "new" if change.is_new else "changed"
        case Gone():
            return "removed"
        case _:
            return "failed"


def _key(change: Arrived | Gone | Failed | StillFailing | object) -> str:
    return change.key if isinstance(change, Gone) else change.item.key  # type: ignore[attr-defined]
