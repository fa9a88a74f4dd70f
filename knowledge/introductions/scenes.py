"""An introduction as each side may see it: quotes and particulars only as far as the other's consents of now go."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.errors import NotFoundError
from knowledge.introductions.quotable import may_quote, still_shared, topics_of
from knowledge.introductions.rounds import place_of
from knowledge.model import (
    Aspect,
    CommonGround,
    Excerpt,
    Introduction,
    IntroductionId,
    Language,
    Member,
    MemberId,
    OrganisationId,
    Side,
    Wording,
    shown,
)
from knowledge.ports import UnitOfWork, UnitOfWorkFactory

NOTHING = Excerpt("", Language.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Person:
    """What may be told of a side to the other. `named` is NOBODY where they do not want to be named before a yes.

    `quote` is empty where nothing of theirs may be quoted, or there is nothing; `organisation` is a name.
    """

    id: MemberId
    named: MemberId
    organisation: str
    organisation_id: OrganisationId
    role: str
    topics: tuple[str, ...]
    languages: tuple[Language, ...]
    quote: Excerpt


@dataclass(frozen=True, slots=True)
class View:
    """The introduction from one side: the side itself, what is told of both, and what they share.

    `event` are the titles of the one that both come to, where it was proposed for that.
    """

    introduction: Introduction
    side: Side
    own: Person
    other: Person
    shared: tuple[str, ...]
    event: tuple[Wording, ...] = ()

    @property
    def aspect(self) -> Aspect:
        """In what they are alike."""
        return self.introduction.ground.aspect

    @property
    def asked(self) -> bool:
        """Whether this side asked for it."""
        return self.introduction.asked_by == self.side.member


class Scenes:
    """Reads introductions with the people in them."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    def of(self, introduction: IntroductionId) -> tuple[View, View]:
        """Both sides' views; raises NotFoundError where the introduction or one of its members is gone."""
        with self._uow.reading() as work:
            found = work.introductions.get(introduction)
            members = [work.members.get(side) for side in found.members]
            first = _person(work, members[0], found.ground.first)
            second = _person(work, members[1], found.ground.second)
            shared = _shared(work, found.ground, first, second)
            event = _event(work, found)
        return (
            View(found, found.first, first, second, shared, event),
            View(found, found.second, second, first, shared, event),
        )

    def is_known(self, organisation: OrganisationId) -> bool:
        """Whether it is there still: it may have been made one with another, or been let go."""
        with self._uow.reading() as work:
            return bool(_name(work, organisation))


def _shared(work: UnitOfWork, ground: CommonGround, first: Person, second: Person) -> tuple[str, ...]:
    if not ground.shared:
        return ()
    return still_shared(ground, *(topics_of(work, each.topics, each.organisation) for each in (first, second)))


def _event(work: UnitOfWork, introduction: Introduction) -> tuple[Wording, ...]:
    place = place_of(introduction.round)
    if not place:
        return ()
    try:
        return work.announcements.get(work.events.occurrence(place).event).wordings
    except NotFoundError:
        return ()


def _person(work: UnitOfWork, found: Member, quote: Excerpt) -> Person:
    seen = shown(found)
    return Person(
        found.id,
        seen.member,
        _name(work, seen.organisation),
        seen.organisation,
        seen.role,
        seen.topics,
        found.languages,
        quote if may_quote(quote, found) else NOTHING,
    )


def _name(work: UnitOfWork, organisation: OrganisationId) -> str:
    if not organisation:
        return ""
    try:
        return work.organisations.get(organisation).name
    except NotFoundError:
        return ""
