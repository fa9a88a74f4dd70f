"""Who does what on a topic, as one person may see it: organisations with their use cases, and people."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from knowledge.model import NO_HANDLE, Audience, Handle, Language, MemberId, OrganisationKind, Shown, UseCase


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, what sources they may read, and whether nobody else reads what they are shown."""

    member: MemberId
    audience: Audience
    is_private: bool = True

    @property
    def sees_people(self) -> bool:
        """People are for members: guests and outsiders see public use cases alone."""
        return self.audience is not Audience.PUBLIC


class Knows(enum.StrEnum):
    """By what of a person's words the topic was found, what tells most first. SEEKS is no knowledge yet."""

    OFFERS = "offers"
    USE_CASE = "use_case"
    TOPICS = "topics"
    SEEKS = "seeks"


@dataclass(frozen=True, slots=True)
class Doing:
    """An organisation with its use cases on the topic. `contact` is whom to ask for an introduction, if any."""

    organisation: str
    kind: OrganisationKind
    use_cases: tuple[UseCase, ...]
    contact: Handle = NO_HANDLE


@dataclass(frozen=True, slots=True)
class Knower:
    """A person, as far as they agreed to be shown, with the words of theirs that fit best.

    `organisation` is the name of the shown one, `reach` whom an introduction is asked for, if any, and `fit` is 0
    to 1. For USE_CASE the words are the use case's title, and `stage` is its stage.
    """

    shown: Shown
    organisation: str
    knows: Knows
    words: str
    language: Language
    fit: float
    reach: Handle = NO_HANDLE
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the directory has on a topic; `more_*` count what was left out."""

    topic: str
    doing: tuple[Doing, ...] = ()
    people: tuple[Knower, ...] = ()
    more_doing: int = 0
    more_people: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing and nobody was found."""
        return not (self.doing or self.people)

    @property
    def seen(self) -> tuple[Shown, ...]:
        """The people, as they are shown."""
        return tuple(each.shown for each in self.people)

    @property
    def use_cases(self) -> tuple[UseCase, ...]:
        """The use cases of all organisations."""
        return tuple(use_case for each in self.doing for use_case in each.use_cases)
