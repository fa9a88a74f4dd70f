"""A proposal before it is made: its id, what is read to judge it, and why it may be refused."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.errors import NotFoundError, SolmuError
from knowledge.introductions.rules import REST, Rules, Standing
from knowledge.members.reaching import REACHABLE
from knowledge.model import (
    NO_ROUND,
    Aspect,
    CommonGround,
    Consent,
    Excerpt,
    Introduction,
    IntroductionId,
    IntroductionState,
    Language,
    MemberId,
    Origin,
    RoundId,
    Side,
    shown,
)
from knowledge.ports import UnitOfWork

_NOTHING = Excerpt("", Language.UNKNOWN)
NO_GROUND = CommonGround(Aspect.TOPIC, _NOTHING, _NOTHING, 0.0)
"""Stands for the reason where people are brought together for one that their profiles do not show."""
_SHOWS_NOTHING = frozenset({Consent.ROUNDS, Consent.QUESTIONS, Consent.EVENTS})
"""Consents by which nobody is to be found."""


class Refusal(enum.StrEnum):
    """Why no introduction is proposed. NOT_AVAILABLE has many reasons, which nobody is to tell apart."""

    NO_PROFILE = "no_profile"
    ONESELF = "oneself"
    BUSY = "busy"
    INTRODUCED = "introduced"
    """The two share a conversation already."""
    NOT_AVAILABLE = "not_available"
    NOT_STAFF = "not_staff"
    """Only staff bring two others together; nobody does while nobody can tell who is staff."""


class RefusedError(SolmuError):
    """The introduction is not proposed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"The introduction is not proposed ({reason}).")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Idea:
    """That two meet, and whose idea it is."""

    first: MemberId
    second: MemberId
    origin: Origin
    asked_by: MemberId
    round: RoundId = NO_ROUND

    def drafted(self, ground: CommonGround, now: datetime, patience: timedelta) -> Introduction:
        """The proposal that nobody has answered yet, and that waits for so long."""
        # With the moment in its name: whoever left and came back gets a new one.
        key = f"{self.origin}\n{self.first}\n{self.second}\n{now.isoformat()}"
        return Introduction(
            IntroductionId(hashlib.sha256(key.encode()).hexdigest()[:16]),
            Side(self.first),
            Side(self.second),
            self.origin,
            self.asked_by,
            self.round,
            ground,
            IntroductionState.PROPOSED,
            now,
            now + patience,
        )


def lock(work: UnitOfWork, members: Iterable[MemberId]) -> None:
    """Keep others from changing them, always in the same order, so that two who do so never wait for each other.

    Whoever is gone is passed over.
    """
    for member in sorted(set(members)):
        try:
            work.members.lock(member)
        except NotFoundError:
            continue


def standing_of(work: UnitOfWork, idea: Idea, now: datetime) -> Standing:
    """What decides about these two, who are locked."""
    pair = (idea.first, idea.second)
    lock(work, pair)
    wishes = work.members.exclusions()
    past = {each.id: each for member in pair for each in work.introductions.of(member)}
    members = work.members.have([*pair, *(wish.by for wish in wishes)])
    return Standing(members, wishes, list(past.values()), now, work.members.rests())


def is_called_off(work: UnitOfWork, agreed: Introduction, now: datetime) -> bool:
    """Whether something stands against it although both, who are locked, said yes: a wish, or a pause since then."""
    wishes = work.members.exclusions()
    members = work.members.have([*agreed.members, *(wish.by for wish in wishes)])
    rules = Rules(Standing(members, wishes, [], now))
    is_away = any(side.is_held and not rules.is_available(side.member) for side in agreed.sides)
    return is_away or not rules.may_meet(*agreed.members, within=True)


def open_between(at: Standing, idea: Idea) -> Introduction | None:
    """What is proposed to the two already."""
    pair = {idea.first, idea.second}
    return next((each for each in at.introductions if each.is_open and set(each.members) == pair), None)


def check(at: Standing, idea: Idea) -> None:
    """Raise RefusedError where the two may not be proposed to each other; it never tells more than it should."""
    rules = Rules(at)
    if idea.origin is Origin.ASKED:
        if _are_introduced(at, idea):
            raise RefusedError(Refusal.INTRODUCED)
        if not rules.has_room(idea.first):
            raise RefusedError(Refusal.BUSY)
        may = rules.is_available(idea.second) and _can_be_found(at, idea.second)
    else:
        may = rules.is_available(idea.first) and rules.is_available(idea.second)
    if not (may and rules.may_meet(idea.first, idea.second, within=True)):
        raise RefusedError(Refusal.NOT_AVAILABLE)


def check_people(at: Standing, idea: Idea) -> None:
    """Raise RefusedError where one is missing whose absence may be told."""
    needed = {idea.first} if idea.origin is Origin.ASKED else {idea.first, idea.second}
    if idea.first == idea.second:
        raise RefusedError(Refusal.ONESELF)
    if not needed <= at.members.keys():
        raise RefusedError(Refusal.NO_PROFILE)


def still_stands(rules: Rules, proposed: Introduction) -> bool:
    """Whether a round may propose this, by the rules of this moment."""
    return all(map(rules.takes_part, proposed.members)) and rules.may_meet(*proposed.members, within=False)


def _are_introduced(at: Standing, idea: Idea) -> bool:
    """Whether it may be told that they were, lately: whom the asker means must be no secret."""
    wanted = at.members.get(idea.second)
    if wanted is None or not shown(wanted).is_named:
        return False
    return any(
        each.state is IntroductionState.MADE
        and set(each.members) == {idea.first, idea.second}
        and each.due_at + REST[each.state] > at.now
        for each in at.introductions
    )


def _can_be_found(at: Standing, member: MemberId) -> bool:
    found = at.members.get(member)
    # Somebody who agreed to this once may not any more: the button can be in a list of yesterday.
    return found is not None and bool(REACHABLE & found.consents) and bool(found.consents - _SHOWS_NOTHING)
