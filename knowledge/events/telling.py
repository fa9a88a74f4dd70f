"""The letters that drafting and changing an announcement write: each the same however often it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from knowledge.model import (
    NOBODY,
    Announcement,
    Attendance,
    Letter,
    LetterKind,
    MemberId,
    Occurrence,
    SignUp,
)
from knowledge.ports import UnitOfWork

CONCERNED = frozenset({Attendance.GOING, Attendance.MAYBE, Attendance.WAITING, Attendance.OFFERED})
"""Who is told what becomes of an occurrence."""
ALL = {"all": "yes"}
"""What a letter adds that is about every coming occurrence of its reader's, not of its subject alone."""


@dataclass(frozen=True, slots=True)
class News:
    """What has become of an occurrence, for those concerned; what is of one `group` is told in one letter."""

    occurrence: Occurrence
    kind: LetterKind
    details: Mapping[str, str]
    group: str


def tell_concerned(work: UnitOfWork, news: Iterable[News], revision: int, now: datetime) -> None:
    """One letter of each group to everybody concerned: about the soonest, and that it goes for their others."""
    mine: dict[tuple[MemberId, str], list[News]] = {}
    for each in sorted(news, key=lambda one: one.occurrence.starts_at):
        for sign_up in concerned(work, each.occurrence):
            mine.setdefault((sign_up.person, each.group), []).append(each)
    for (person, _), told in mine.items():
        soonest = told[0]
        name = f"{soonest.kind}:{soonest.occurrence.id}:{revision}:{person}"
        details = dict(soonest.details) | (ALL if len(told) > 1 else {})
        work.letters.add(Letter(name, person, soonest.kind, soonest.occurrence.id, details, now))


def concerned(work: UnitOfWork, occurrence: Occurrence) -> list[SignUp]:
    """Everybody who comes, may come or waits."""
    return [each for each in work.sign_ups.of(occurrence.id) if each.attendance in CONCERNED]


def ask_for_approval(work: UnitOfWork, announcement: Announcement, others: Iterable[MemberId], now: datetime) -> None:
    """A letter to everybody who may approve it as it stands now."""
    work.letters.drop(announcement.id, [LetterKind.APPROVAL_ASKED])
    revision = str(announcement.revision)
    for person in sorted(others):
        name = f"approval_asked:{announcement.id}:{revision}:{person}"
        details = {"revision": revision}
        work.letters.add(Letter(name, person, LetterKind.APPROVAL_ASKED, announcement.id, details, now))


def tell_author(
    work: UnitOfWork, announcement: Announcement, kind: LetterKind, details: Mapping[str, str], now: datetime
) -> None:
    """That it was approved, or what is to be done about it before it can be."""
    work.letters.drop(announcement.id, [LetterKind.APPROVAL_ASKED])
    for person in sorted({announcement.author, announcement.editor} - {NOBODY}):
        name = f"{kind}:{announcement.id}:{announcement.revision}:{person}"
        work.letters.add(Letter(name, person, kind, announcement.id, dict(details), now))
