"""Matching by shown topics alone, and the rules of introductions told once more, in the plainest way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.model import (
    Aspect,
    CommonGround,
    Consent,
    Excerpt,
    Exclusion,
    Introduction,
    Language,
    Member,
    MemberId,
    shown,
)
from knowledge.model.wishes import Rest, mark_of

REST_DAYS = {"declined": 365, "made": 182, "expired": 84, "ended": 84}


class TopicMatching:
    """A `knowledge.introductions.rounds.Matching`: the more topics both show, the better they fit."""

    def compare(self, members: Sequence[Member]) -> TopicComparison:
        """Look at all of them at once."""
        return TopicComparison(members)


class TopicComparison:
    """See `knowledge.introductions.rounds.Comparison`."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._topics = [shown(member).topics for member in members]

    @property
    def scores(self) -> NDArray[np.float64]:
        """The cosine of the sets of topics."""
        names = sorted({topic for topics in self._topics for topic in topics})
        has = np.array([[name in topics for name in names] for topics in self._topics], dtype=np.float64)
        has = has.reshape(len(self._topics), len(names))
        length = np.sqrt(np.maximum(has.sum(axis=1), 1))
        table: NDArray[np.float64] = (has @ has.T) / np.outer(length, length)
        np.fill_diagonal(table, 0.0)
        return table

    def ground(self, one: int, other: int) -> CommonGround | None:
        """The topics that both show, each side's own as its quote."""
        shared = tuple(topic for topic in self._topics[one] if topic in self._topics[other])
        if not shared:
            return None
        quotes = (Excerpt(self._topics[place][0], Language.FI) for place in (one, other))
        return CommonGround(Aspect.TOPIC, *quotes, len(shared) / 10, shared)


@dataclass(frozen=True)
class State:
    """What is there at one moment, as the rules look at it."""

    members: Mapping[MemberId, Member]
    wishes: Sequence[Exclusion]
    past: Sequence[Introduction]
    now: datetime
    rests: Sequence[Rest] = ()

    def objection(self, one: Member, other: Member) -> str:
        """Why a round must not propose the two, or nothing."""
        return self.of_one(one) or self.of_one(other) or self.of_pair(one, other)

    def of_pair(self, one: Member, other: Member) -> str:
        """What stands between the two, whoever else they could meet."""
        if one.organisation and one.organisation == other.organisation:
            return "one organisation"
        if self._is_excluded(one, other) or self._is_excluded(other, one):
            return "excluded"
        for one_way, other_way in ((one, other), (other, one)):
            if any(each.member == one_way.id and each.mark == mark_of(other_way.id) for each in self.rests_now):
                return "left alone"
        return "resting" if any(map(self._rests, self.between.get(frozenset({one.id, other.id}), ()))) else ""

    def of_one(self, member: Member) -> str:
        """What keeps a member out of a round."""
        if Consent.ROUNDS not in member.consents:
            return "no consent"
        if member.available_from > self.now.date():
            return "not available"
        if member.silent_rounds + self.unanswered[member.id] >= 3:
            return "too silent"
        return "too much open" if self.open_ones[member.id] >= 2 else ""

    @cached_property
    def rests_now(self) -> Sequence[Rest]:
        """The rests that still hold."""
        return [each for each in self.rests if each.until >= self.now.date()]

    @cached_property
    def open_ones(self) -> Counter[MemberId]:
        """How many open proposals each member has."""
        return Counter(side for each in self.past if each.is_open for side in each.members)

    @cached_property
    def unanswered(self) -> Counter[MemberId]:
        """How many open proposals of rounds each member has not answered yet."""
        rounds = [each for each in self.past if each.is_open and each.origin == "round"]
        return Counter(side.member for each in rounds for side in each.sides if side.reply == "open")

    @cached_property
    def between(self) -> Mapping[frozenset[MemberId], Sequence[Introduction]]:
        """What was proposed before, by the two."""
        found: dict[frozenset[MemberId], list[Introduction]] = defaultdict(list)
        for each in self.past:
            found[frozenset(each.members)].append(each)
        return found

    def _is_excluded(self, by: Member, about: Member) -> bool:
        for wish in self.wishes:
            holds = wish.by == by.id or (wish.for_all and wish.on_behalf_of == by.organisation)
            hits = wish.mark == mark_of(about.id) or (wish.organisation and wish.organisation == about.organisation)
            if holds and hits and wish.until >= self.now.date():
                return True
        return False

    def _rests(self, each: Introduction) -> bool:
        return each.is_open or each.due_at + timedelta(days=REST_DAYS[each.state]) > self.now

    def lost_novelty(self, held: Sequence[Introduction], taking_part: Sequence[Member]) -> list[str]:
        """Pairs who met before although one of them could have met somebody new who is left over like them."""
        known = self.between
        again = [each for each in held if frozenset(each.members) in known]
        anew = {member for each in held if each not in again for member in each.members}
        left = [member for member in taking_part if member.id not in anew]
        return [
            f"{self.members[one].id} could have met {other.id}"
            for each in again
            for one in each.members
            for other in left
            if other.id != one and frozenset({one, other.id}) not in known
            if not self.of_pair(self.members[one], other)
            and set(shown(self.members[one]).topics) & set(shown(other).topics)
        ]
