"""Who does or seeks the same as a member, with the reason from both sides: only those whom they may meet."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.errors import NotFoundError
from knowledge.introductions.rules import Rules, standing
from knowledge.matching.cards import Cards
from knowledge.matching.relating import related
from knowledge.members.reaching import REACHABLE
from knowledge.model import CommonGround, Handle, Member, MemberId, Shown, shown
from knowledge.ports import Clock, UnitOfWorkFactory

MOST = 5
LOOKED_AT = 20
"""Of the nearest, from which those are taken that there is a reason to tell of."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody related, as far as they agreed to be shown. `ground` quotes whom this is told first.

    `organisation` is the name of the shown one, `handle` whom to ask for.
    """

    seen: Shown
    organisation: str
    ground: CommonGround
    handle: Handle


class Relatives:
    """Finds them anew at every call: profiles, wishes and consents change."""

    def __init__(self, uow: UnitOfWorkFactory, cards: Cards, clock: Clock) -> None:
        self._uow = uow
        self._cards = cards
        self._clock = clock

    def of(self, member: MemberId) -> list[Relative]:
        """The most related first; nobody of the own organisation. Raises NotFoundError where there is no profile."""
        with self._uow.reading() as work:
            at = standing(work, self._clock())
            names = {each.id: each.name for each in work.organisations.all()}
        if member not in at.members:
            message = f"There is no member {member}."
            raise NotFoundError(message)
        rules = Rules(at)
        others = {each.id: each for each in at.members.values() if _may_be_told_of(rules, member, each)}
        own, *cards = self._cards.of([at.members[member], *others.values()])
        found = []
        for each in related(own, cards, LOOKED_AT):
            if each.ground is not None:
                other, seen = others[each.member], shown(others[each.member])
                found.append(Relative(seen, names.get(seen.organisation, ""), each.ground, other.handle))
        return found[:MOST]


def _may_be_told_of(rules: Rules, member: MemberId, other: Member) -> bool:
    if other.id == member or not REACHABLE & other.consents:
        return False
    return rules.is_available(other.id) and rules.may_meet(member, other.id, within=False)
