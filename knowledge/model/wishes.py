"""Whom members do not want to meet, be it that they are told who that is or not, and who is left alone for a while."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from knowledge.model.identifiers import IntroductionId, Mark, MemberId, OrganisationId
from knowledge.model.members import NO_ORGANISATION, NOBODY

NO_MARK = Mark("")
NO_INTRODUCTION = IntroductionId("")


def mark_of(person: MemberId) -> Mark:
    """What stands for a person where their id must not stand."""
    return Mark(hashlib.sha256(f"mark {person}".encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A confidential wish not to be introduced: to a person, or to anybody of an organisation.

    A person is meant by `mark`, and named by `member` as long as the author may know who it is. It is blind, without
    the name, where it came from a proposal, `suggestion` of the day `suggested_on`, and where the person was erased
    since. `for_all` extends it to everybody of the organisation that the author spoke for when making it,
    `on_behalf_of`: a competitor, or a procurement that is going on. It ends with the day `until`; `date.max` where it
    does not.
    """

    by: MemberId
    member: MemberId
    organisation: OrganisationId
    for_all: bool
    until: date
    on_behalf_of: OrganisationId = NO_ORGANISATION
    mark: Mark = NO_MARK
    suggestion: IntroductionId = NO_INTRODUCTION
    suggested_on: date = date.min

    def __post_init__(self) -> None:
        """Whoever is named is marked too, so that all are compared alike."""
        if self.member != NOBODY:
            object.__setattr__(self, "mark", mark_of(self.member))

    @classmethod
    def suggested(cls, by: MemberId, person: MemberId, suggestion: IntroductionId, day: date) -> Exclusion:
        """A wish about somebody who was proposed: who it is stays untold, also where the proposal showed it."""
        return cls(
            by,
            NOBODY,
            NO_ORGANISATION,
            for_all=False,
            until=date.max,
            mark=mark_of(person),
            suggestion=suggestion,
            suggested_on=day,
        )

    @property
    def is_blind(self) -> bool:
        """Whether it means a person whom its author is not told."""
        return self.mark != NO_MARK and self.member == NOBODY

    @property
    def key(self) -> str:
        """By which its author takes a blind one back: it says nothing that they did not know."""
        return self.suggestion or self.mark


@dataclass(frozen=True, slots=True)
class Rest:
    """That a member is left alone by somebody who was erased since one of the two said no; through the day `until`."""

    member: MemberId
    mark: Mark
    until: date
