"""How the network fares, for those who look after it: who was never matched, what nobody offers, how rounds went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.members.catalogue import catalogue
from knowledge.members.demand import Demand, Demands
from knowledge.members.profile_texts import Vector
from knowledge.model import (
    MEETING,
    NO_ROUND,
    Audience,
    Consent,
    Introduction,
    IntroductionState,
    Member,
    Outcome,
    RoundId,
    Shown,
    TextHash,
    shown,
)
from knowledge.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member as far as they agreed to be shown, with the name of their organisation and a day: see where it is."""

    shown: Shown
    organisation: str
    day: date


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """How the proposals of a round went; of those outside rounds, `round` is empty. Met and useful count pairs."""

    round: RoundId
    proposed: int
    made: int
    declined: int
    expired: int
    open: int
    met: int
    useful: int


@dataclass(frozen=True, slots=True)
class NetworkOverview:
    """Everything of one moment. Days are those of joining for the unmatched, and of coming back for the paused."""

    members: int
    taking_part: int
    unmatched: tuple[Somebody, ...]
    paused: tuple[Somebody, ...]
    demands: tuple[Demand, ...]
    rounds: tuple[RoundOutcome, ...]


class NetworkOverviews:
    """Reads the overview anew at every call."""

    def __init__(self, uow: UnitOfWorkFactory, demands: Demands, embedder: Embedder, clock: Clock) -> None:
        self._uow = uow
        self._demands = demands
        self._embedder = embedder
        self._clock = clock

    def now(self) -> NetworkOverview:
        """As things stand, without those who are away.

        The unmatched take part in rounds, are not paused, and were never introduced to anybody.
        """
        today = self._clock().date()
        with self._uow.reading() as work:
            members = [each for each in work.members.all() if not each.is_away]
            introductions = work.introductions.all()
            use_cases = catalogue(work, Audience.MEMBERS)
            names = {each.id: each.name for each in work.organisations.all()}
            rounds = _rounds(work, introductions)

        def somebody(member: Member, day: date) -> Somebody:
            return Somebody(shown(member), names.get(shown(member).organisation, ""), day)

        matched = {each for made in introductions if made.state is IntroductionState.MADE for each in made.members}
        takes_part = [each for each in members if Consent.ROUNDS in each.consents]
        unmatched = [
            somebody(each, each.joined_at.date())
            for each in takes_part
            if each.id not in matched and each.available_from <= today
        ]
        paused = [somebody(each, each.available_from) for each in members if each.available_from > today]
        demands = self._demands.unmet(members, use_cases, self._stored)
        return NetworkOverview(
            len(members), len(takes_part), tuple(unmatched), tuple(paused), tuple(demands), tuple(rounds)
        )

    def _stored(self) -> Mapping[TextHash, Vector]:
        with self._uow.reading() as work:
            return work.members.vectors(self._embedder.identity)


def _rounds(work: UnitOfWork, introductions: Sequence[Introduction]) -> list[RoundOutcome]:
    """Every week's round, the newest first, and what was proposed outside of them."""
    held = [each.id for each in work.introductions.rounds() if not each.id.startswith(MEETING)]
    others = {_week(each) for each in introductions} - set(held)
    found = [_outcome(name, introductions) for name in (*held, *sorted(others, reverse=True))]
    return [each for each in found if each.round or each.proposed]


def _week(introduction: Introduction) -> RoundId:
    return NO_ROUND if introduction.round.startswith(MEETING) else introduction.round


def _outcome(name: RoundId, introductions: Sequence[Introduction]) -> RoundOutcome:
    own = [each for each in introductions if _week(each) == name]

    def count(state: IntroductionState) -> int:
        return sum(each.state is state for each in own)

    outcomes = [{each.first.outcome, each.second.outcome} for each in own]
    return RoundOutcome(
        name,
        len(own),
        count(IntroductionState.MADE),
        # Whether a no came in an answer or in a wish in confidence is not to be told apart.
        count(IntroductionState.DECLINED) + count(IntroductionState.ENDED),
        count(IntroductionState.EXPIRED),
        count(IntroductionState.PROPOSED),
        sum(bool(each & {Outcome.MET, Outcome.USEFUL}) for each in outcomes),
        sum(Outcome.USEFUL in each for each in outcomes),
    )
