"""What others' protection needs of somebody who is erased: that they do not come back as if nobody had said no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.model import NOBODY, MemberId
from knowledge.model.wishes import Rest, mark_of
from knowledge.ports import UnitOfWork

REST_AFTER_NO = timedelta(days=365)
"""How long two are left alone after one of them said no."""


def keep_for_others(work: UnitOfWork, person: MemberId, now: datetime) -> None:
    """Put a hash in the place of the person's id in others' wishes, and in that of a no between them and others.

    Call it before the person is erased; it may be repeated.
    """
    for wish in work.members.exclusions():
        if wish.member == person != wish.by:
            work.members.allow(wish)
            work.members.exclude(replace(wish, member=NOBODY))
    for other, at in work.introductions.declined(person):
        if at + REST_AFTER_NO > now:
            work.members.rest(Rest(other, mark_of(person), (at + REST_AFTER_NO).date()))
