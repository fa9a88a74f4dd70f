"""What a restore takes back beside the rest: acts since the backup by which somebody withdrew something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from knowledge.auditing import COLUMNS
from knowledge.errors import SolmuError
from knowledge.members.spreadsheet import read_rows
from knowledge.model import Act, ActOutcome, AuditEntry, MemberId

WITHDRAWALS = frozenset({Act.SOURCE_REMOVE, Act.SOURCE_AUDIENCE, Act.CURATED_WITHDRAW, Act.CANCEL})
"""What was taken away, or from some: a restored database shows it again."""
WARNING = (
    "What was withdrawn since then is back: sources that were removed or narrowed, answers that were taken back, "
    "events that were cancelled, consents in profiles. Do it again before anybody asks."
)


class NoAuditTableError(SolmuError):
    """A file is no exported audit log."""


def read_audit(file: Path) -> Sequence[AuditEntry]:
    """The acts of a table that `python -m knowledge audit --export` or an admin exported; raises SolmuError."""
    try:
        rows = [row for _, row in read_rows(file.read_bytes())]
        return [_entry(**dict(zip(COLUMNS, row, strict=True))) for row in rows[1:]]
    except (OSError, ValueError, TypeError) as error:
        message = f"{file} is no audit log; export it in the old place: `python -m knowledge audit --export FILE`."
        raise NoAuditTableError(message) from error


def undone(acts: Sequence[AuditEntry], backed_up_at: datetime) -> Sequence[AuditEntry]:
    """The withdrawals among them that the backup does not know."""
    return [
        each for each in acts if each.at >= backed_up_at and each.act in WITHDRAWALS and each.outcome is ActOutcome.DONE
    ]


def _entry(when: str, who: str, act: str, subject: str, outcome: str) -> AuditEntry:
    return AuditEntry(datetime.fromisoformat(when), MemberId(who), Act(act), subject, ActOutcome(outcome))
