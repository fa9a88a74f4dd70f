"""How much a pair is worth in a round: likeness, what earlier introductions taught, and how long each has waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Introduction, IntroductionState, Member, MemberId, Outcome, Reply, Side, shown

LEAST = 0.1
"""A pair of a lower score has nothing to talk about."""
FOR_BEING_MET = 0.25
"""What every pair is worth beside its score, so that few are left out for the sake of a slightly better pair."""
PER_WEEK, LONGEST_WAIT = 0.02, 8
"""For each week without a proposal, of each of the two, up to so many weeks."""
LEARNED = 0.2
"""The share by which a score grows or falls at most for one side's experience."""
_LESSONS = {Outcome.USEFUL: 1.0, Outcome.MET: 0.3, Outcome.NOT_MET: -0.5}
_REFUSED = -0.7
_WEEK = timedelta(weeks=1)
Taste = Mapping[MemberId, Mapping[str, float]]


def weights_of(
    members: Sequence[Member], scores: NDArray[np.float64], past: Sequence[Introduction], now: datetime
) -> NDArray[np.float64]:
    """The worth of every pair, shape (n, n), symmetric; zero where the score is too low."""
    learned = _learned(members, taste_of(past))
    waited = PER_WEEK * _weeks_waited(members, past, now)
    worth = scores * (1 + LEARNED * (learned + learned.T)) + FOR_BEING_MET + np.add.outer(waited, waited)
    return np.where(scores >= LEAST, worth, 0.0)


def taste_of(past: Sequence[Introduction]) -> Taste:
    """What each member's introductions taught of topics: from -1, not wanted, to 1, useful."""
    lessons: dict[MemberId, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for each in past:
        for side in (each.first, each.second):
            lesson = _lesson(each, side)
            for topic in each.ground.shared if lesson else ():
                lessons[side.member][topic.casefold()].append(lesson)
    return {
        member: {topic: sum(told) / len(told) for topic, told in topics.items()} for member, topics in lessons.items()
    }


def _lesson(introduction: Introduction, side: Side) -> float:
    if introduction.state is IntroductionState.DECLINED:
        return _REFUSED if side.reply is Reply.NO else 0.0
    return _LESSONS.get(side.outcome, 0.0)


def _learned(members: Sequence[Member], taste: Taste) -> NDArray[np.float64]:
    """Row by row what that member learned of the topics that each other shows, from -1 to 1."""
    table = np.zeros((len(members), len(members)))
    holders: dict[str, list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        for topic in {topic.casefold() for topic in shown(member).topics}:
            holders[topic].append(number)
    for number, member in enumerate(members):
        for topic, lesson in taste.get(member.id, {}).items():
            table[number, holders.get(topic, [])] += lesson
    return np.clip(table, -1, 1)


def _weeks_waited(members: Sequence[Member], past: Sequence[Introduction], now: datetime) -> NDArray[np.float64]:
    since = {member.id: member.joined_at for member in members}
    for each in past:
        for side in each.members:
            if side in since:
                since[side] = max(since[side], each.proposed_at)
    return np.clip([(now - since[member.id]) / _WEEK for member in members], 0, LONGEST_WAIT)
