"""What becomes of one introduction: pure steps from state to state, each of which may come twice or too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.errors import NotFoundError
from knowledge.model import Introduction, IntroductionState, MemberId, Outcome, Reply, Side


def side_of(introduction: Introduction, member: MemberId) -> Side:
    """The member's side; raises NotFoundError where they have none."""
    for side in introduction.sides:
        if side.member == member:
            return side
    message = f"{member} is no side of introduction {introduction.id}."
    raise NotFoundError(message)


def replied(
    introduction: Introduction, member: MemberId, said: Reply, now: datetime, follow_up: timedelta
) -> Introduction:
    """After a side's answer. The first one counts; after the end nothing changes."""
    own = side_of(introduction, member)
    # Whoever paused after their yes can say it again.
    is_first = own.reply is Reply.OPEN or (own.is_held and said is Reply.YES)
    if not introduction.is_open or not is_first:
        return introduction
    answered = _with_side(introduction, replace(own, reply=said, is_held=False))
    if said is Reply.NO:
        return replace(answered, state=IntroductionState.DECLINED, due_at=now)
    if Reply.OPEN in {side.reply for side in answered.sides}:
        return answered
    return replace(answered, state=IntroductionState.MADE, due_at=now + follow_up)


def called_off(introduction: Introduction, now: datetime) -> Introduction:
    """After both said yes, where one of them has thought better of it since: it is not made."""
    return replace(introduction, state=IntroductionState.ENDED, due_at=now)


def expired(introduction: Introduction, now: datetime) -> Introduction:
    """After its time ran out, where it has."""
    if not introduction.is_open or introduction.due_at > now:
        return introduction
    return replace(introduction, state=IntroductionState.EXPIRED, due_at=now)


def ended(introduction: Introduction, now: datetime) -> Introduction:
    """After one of the two left, where it was still open."""
    return replace(introduction, state=IntroductionState.ENDED, due_at=now) if introduction.is_open else introduction


def broken_off(introduction: Introduction, now: datetime) -> Introduction:
    """After one of the two turned out to be away before they were brought together, whatever they had answered."""
    can_be = introduction.is_open or introduction.state is IntroductionState.MADE
    return replace(introduction, state=IntroductionState.ENDED, due_at=now) if can_be else introduction


def asked_how_it_went(introduction: Introduction, now: datetime) -> Introduction:
    """After both were asked, where it is made and the time for that has come."""
    if introduction.state is not IntroductionState.MADE or introduction.due_at > now:
        return introduction
    for side in introduction.sides:
        if side.outcome is Outcome.UNKNOWN:
            introduction = _with_side(introduction, replace(side, outcome=Outcome.ASKED))
    return introduction


def told(introduction: Introduction, member: MemberId, outcome: Outcome) -> Introduction:
    """After a side told how it went; the last word counts."""
    own = side_of(introduction, member)
    is_made = introduction.state is IntroductionState.MADE
    return _with_side(introduction, replace(own, outcome=outcome)) if is_made else introduction


def _with_side(introduction: Introduction, side: Side) -> Introduction:
    is_first = introduction.first.member == side.member
    return replace(introduction, first=side) if is_first else replace(introduction, second=side)
