"""Rounds' proposals that stay without an answer: after a few of them a member is proposed to nobody any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from knowledge.introductions.rules import Standing
from knowledge.model import Introduction, IntroductionState, MemberId, Origin, Reply
from knowledge.ports import UnitOfWork

SILENT_ROUNDS = 3
"""After so many rounds' proposals in a row without an answer a member is proposed to nobody any more."""


def hear_from(work: UnitOfWork, member: MemberId) -> None:
    """Any answer shows that the member is there."""
    heard = work.members.lock(member)
    if heard.silent_rounds:
        work.members.put(replace(heard, silent_rounds=0))


def waited_for(at: Standing) -> Collection[MemberId]:
    """Who would be paused if what they have before them stayed without an answer: a round proposes them nobody else."""
    waiting = Counter(
        side.member
        for each in at.introductions
        if each.is_open and each.origin is Origin.ROUND
        for side in each.sides
        if side.reply is Reply.OPEN
    )
    return {name for name, member in at.members.items() if member.silent_rounds + waiting[name] >= SILENT_ROUNDS}


def pause_silent(work: UnitOfWork, expired: Introduction) -> list[MemberId]:
    """Count a proposal that has just expired; returns who is paused because of it."""
    return [member for member in _silent_sides(expired) if _is_last_straw(work, member)]


def paused_by(work: UnitOfWork, expired: Introduction) -> list[MemberId]:
    """The same once more, where it was counted before."""
    return [member for member in _silent_sides(expired) if _pausing(work, member) == expired.id]


def _is_last_straw(work: UnitOfWork, member: MemberId) -> bool:
    found = work.members.lock(member)
    is_paused = found.available_from == date.max
    # Whoever paused of their own accord is not silent; for whoever was silent it is counted on, see `_pausing`.
    if is_paused and found.silent_rounds < SILENT_ROUNDS:
        return False
    changed = replace(found, silent_rounds=found.silent_rounds + 1)
    is_enough = not is_paused and changed.silent_rounds >= SILENT_ROUNDS
    work.members.put(replace(changed, available_from=date.max) if is_enough else changed)
    return is_enough


def _pausing(work: UnitOfWork, member: MemberId) -> str:
    """The proposal that paused the member: since then as many have expired as are counted beyond the last straw."""
    since = work.members.get(member).silent_rounds - SILENT_ROUNDS
    expired = (each for each in work.introductions.of(member) if member in _silent_sides(each))
    latest = sorted(expired, key=lambda each: each.due_at, reverse=True)
    return latest[since].id if 0 <= since < len(latest) else ""


def _silent_sides(introduction: Introduction) -> list[MemberId]:
    """Who left a round's proposal without an answer until its time ran out."""
    if introduction.origin is not Origin.ROUND or introduction.state is not IntroductionState.EXPIRED:
        return []
    return [side.member for side in introduction.sides if side.reply is Reply.OPEN]
