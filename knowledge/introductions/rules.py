"""Who may be proposed to whom: consent, availability, load, wishes in confidence, and what was proposed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from knowledge.members.parting import REST_AFTER_NO
from knowledge.model import (
    NO_ORGANISATION,
    Attendance,
    Consent,
    Exclusion,
    Introduction,
    IntroductionState,
    Member,
    MemberId,
    OrganisationId,
    SignUp,
    team_of,
)
from knowledge.model.identifiers import Mark
from knowledge.model.wishes import NO_MARK, Rest, mark_of
from knowledge.ports import UnitOfWork

MOST_OPEN = 2
"""Proposals that one member has before them at most."""
REST = {
    IntroductionState.DECLINED: REST_AFTER_NO,
    IntroductionState.MADE: timedelta(weeks=26),
    IntroductionState.EXPIRED: timedelta(weeks=12),
    IntroductionState.ENDED: timedelta(weeks=12),
}
"""How long two are left alone after a proposal, from when it came to its end."""
TIMEZONE = ZoneInfo("Europe/Helsinki")
Pair = frozenset[MemberId]
Allowed = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides, as it stands at one moment. `members` holds at least whoever is asked about or has a wish."""

    members: Mapping[MemberId, Member]
    exclusions: Sequence[Exclusion]
    introductions: Sequence[Introduction]
    now: datetime
    rests: Sequence[Rest] = ()


def standing(work: UnitOfWork, now: datetime) -> Standing:
    """Everybody's, read in one transaction."""
    members = {member.id: member for member in work.members.all()}
    return Standing(members, work.members.exclusions(), work.introductions.all(), now, work.members.rests())


def day_of(moment: datetime) -> date:
    """The day that it is where the members are."""
    return moment.astimezone(TIMEZONE).date()


def wishes_to_meet(sign_up: SignUp) -> bool:
    """Whether somebody comes to an event and wishes to meet somebody related there."""
    return sign_up.wants_to_meet and sign_up.attendance is Attendance.GOING


class Rules:
    """Answers for one standing."""

    def __init__(self, at: Standing) -> None:
        self._members = at.members
        self._now = at.now
        today = day_of(at.now)
        self._marks = {member: mark_of(member) for member in at.members}
        self._wishes = [wish for wish in at.exclusions if wish.until >= today and wish.by in at.members]
        self._left_alone = {(rest.member, rest.mark) for rest in at.rests if rest.until >= today}
        self._load = Counter(member for each in at.introductions if each.is_open for member in each.members)
        self._known: set[Pair] = set()
        self._resting: set[Pair] = set()
        for each in at.introductions:
            self._known.add(frozenset(each.members))
            if each.is_open or each.due_at + REST[each.state] > at.now:
                self._resting.add(frozenset(each.members))

    def takes_part(self, member: MemberId) -> bool:
        """Whether a round may propose the member to others."""
        found = self._members.get(member)
        return found is not None and Consent.ROUNDS in found.consents and self.is_available(member)

    def is_available(self, member: MemberId) -> bool:
        """Whether the member takes new proposals, from whomever they come."""
        found = self._members.get(member)
        if found is None or found.is_away:
            return False
        return found.available_from <= day_of(self._now) and self.has_room(member)

    def has_room(self, member: MemberId) -> bool:
        """Whether the member has fewer open proposals than one can have."""
        return self._load[member] < MOST_OPEN

    def may_meet(self, first: MemberId, second: MemberId, *, within: bool) -> bool:
        """Whether the two may be proposed to each other; `within` lets them be of one organisation."""
        if first == second or frozenset({first, second}) in self._resting:
            return False
        if {(first, self._marks[second]), (second, self._marks[first])} & self._left_alone:
            return False
        # People of different workspaces can share no conversation in Slack.
        if team_of(first) != team_of(second):
            return False
        one, other = self._members[first], self._members[second]
        # Nor does whoever is away get to know anybody by asking.
        if one.is_away or other.is_away:
            return False
        if not within and one.organisation == other.organisation != NO_ORGANISATION:
            return False
        return not any(self._parts(wish, one, other) or self._parts(wish, other, one) for wish in self._wishes)

    def tables(self, taking_part: Sequence[Member]) -> tuple[Allowed, Allowed]:
        """Who may meet whom for the first time, and who once more; symmetric, shape (n, n) each."""
        place = {member.id: number for number, member in enumerate(taking_part)}
        allowed = _one_workspace(taking_part) & ~_one_organisation(taking_part)
        for wish in self._wishes:
            rows = [place[each.id] for each in taking_part if self._speaks_for(wish, each)]
            columns = [place[each.id] for each in taking_part if self._is_meant(wish, each)]
            allowed[np.ix_(rows, columns)] = False
            allowed[np.ix_(columns, rows)] = False
        for one, other in self._alone(place):
            allowed[[one, other], [other, one]] = False
        known, resting = (_marked(pairs, place) for pairs in (self._known, self._resting))
        return allowed & ~known, allowed & known & ~resting

    def _parts(self, wish: Exclusion, one: Member, other: Member) -> bool:
        return self._speaks_for(wish, one) and self._is_meant(wish, other)

    def _speaks_for(self, wish: Exclusion, member: Member) -> bool:
        # The organisation that it is for keeps it, wherever its author works by now.
        return wish.by == member.id or wish.on_behalf_of == member.organisation != NO_ORGANISATION

    def _is_meant(self, wish: Exclusion, member: Member) -> bool:
        if wish.mark != NO_MARK:
            return wish.mark == self._marks[member.id]
        return wish.organisation == member.organisation != NO_ORGANISATION

    def _alone(self, place: Mapping[MemberId, int]) -> Iterator[tuple[int, int]]:
        meant: dict[Mark, int] = {self._marks[member]: at for member, at in place.items()}
        for member, mark in self._left_alone:
            if member in place and mark in meant:
                yield place[member], meant[mark]


def _one_workspace(members: Sequence[Member]) -> Allowed:
    teams = np.array([team_of(member.id) for member in members], dtype=np.str_)
    return np.equal.outer(teams, teams)


def _one_organisation(members: Sequence[Member]) -> Allowed:
    numbers: dict[OrganisationId, int] = {}
    # Whoever belongs to none shares it with nobody.
    codes = np.array(
        [
            numbers.setdefault(member.organisation, len(numbers)) if member.organisation != NO_ORGANISATION else -1 - at
            for at, member in enumerate(members)
        ],
        dtype=np.int64,
    )
    return np.equal.outer(codes, codes)


def _marked(pairs: set[Pair], place: Mapping[MemberId, int]) -> Allowed:
    table = np.zeros((len(place), len(place)), dtype=np.bool_)
    for one, other in _both_ways(pairs, place):
        table[one, other] = True
    return table


def _both_ways(pairs: set[Pair], place: Mapping[MemberId, int]) -> Iterator[tuple[int, int]]:
    for pair in pairs:
        places = [place[member] for member in pair if member in place]
        if len(places) == len(pair) > 1:
            yield places[0], places[1]
            yield places[1], places[0]
