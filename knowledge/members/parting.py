"""What others' protection needs of somebody who is erased: that they do not come back as if nobody had said no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from knowledge.model import NOBODY, MemberId
from knowledge.model.wishes import Rest, mark_of
from knowledge.ports import UnitOfWork

REST_AFTER_NO = timedelta(days=365)
"""How long two are left alone after one of them said no."""


def keep_for_others(work: UnitOfWork, person: MemberId, now: datetime) -> None:
    """Put a hash in the place of the person's id in others' wishes, and in that of a no between them and others.

    A rest from an earlier parting goes on for the other one, who has come back since. Call it before the person is
    erased; it may be repeated.
    """
    for wish in work.members.exclusions():
        if wish.member == person != wish.by:
            work.members.allow(wish)
            work.members.exclude(replace(wish, member=NOBODY))
    for other, until in _left_alone(work, person, now).items():
        work.members.rest(Rest(other, mark_of(person), until))


def _left_alone(work: UnitOfWork, person: MemberId, now: datetime) -> dict[MemberId, date]:
    """Whom the person is not introduced to because one of the two said no, with the last day of that."""
    ends = [
        (other, (at + REST_AFTER_NO).date())
        for other, at in work.introductions.declined(person)
        if at + REST_AFTER_NO > now
    ]
    lasting = {rest.mark: rest.until for rest in work.members.rests() if rest.member == person}
    if lasting:
        ends += [(each.id, lasting[mark]) for each in work.members.all() if (mark := mark_of(each.id)) in lasting]
    return {other: max(until for same, until in ends if same == other) for other, _ in ends}
