"""What is near a member: people who do or seek the same, and where there are few, others' use cases on their topics."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from knowledge.introductions.relatives import Relative, Relatives
from knowledge.members.catalogue import organisation_id
from knowledge.members.directory import Directory
from knowledge.members.listing import Doing, Viewer
from knowledge.model import Audience, Member, MemberId, OrganisationId
from knowledge.ports import UnitOfWorkFactory

MOST = 3
"""People and use cases together."""
TOPICS = 3
"""How many of the member's topics are looked at: each takes a search."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`topics` are the member's own, as they wrote them; each of `works` has one use case on one of those."""

    topics: tuple[str, ...]
    relatives: tuple[Relative, ...]
    works: tuple[Doing, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody and nothing is near."""
        return not (self.relatives or self.works)


class Scouting:
    """Looks around for somebody."""

    def __init__(self, uow: UnitOfWorkFactory, relatives: Relatives, directory: Directory) -> None:
        self._uow = uow
        self._relatives = relatives
        self._directory = directory

    def around(self, member: MemberId) -> Surroundings:
        """The nearest; nothing of the own organisation. Raises NotFoundError where there is no profile."""
        near = self._relatives.of(member)[:MOST]
        with self._uow.reading() as work:
            own = work.members.get(member)
            home = work.organisations.get(own.organisation).name
        told = {organisation_id(name) for name in (home, *(each.organisation for each in near)) if name}
        works = self._works(own, told) if len(near) < MOST else iter(())
        return Surroundings(own.topics, tuple(near), tuple(islice(works, MOST - len(near))))

    def _works(self, member: Member, told: set[OrganisationId]) -> Iterator[Doing]:
        """Topic by topic, the organisation whose use case fits best first, each once and with that one use case."""
        for topic in member.topics[:TOPICS]:
            for each in self._directory.find(topic, Viewer(member.id, Audience.MEMBERS)).doing:
                name = organisation_id(each.organisation)
                if each.use_cases and name not in told:
                    told.add(name)
                    yield dataclasses.replace(each, use_cases=each.use_cases[:1])
