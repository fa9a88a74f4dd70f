"""The directory: for a topic the organisations, use cases and people, as far as the one who asks may see them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.members.catalogue import organisation_id
from knowledge.members.doing import Doers
from knowledge.members.knowing import Knowers
from knowledge.members.listing import Doing, Knower, Knows, Listing, Viewer
from knowledge.members.reaching import People, read_people
from knowledge.members.terms import all_terms
from knowledge.members.topics import Topic, Topics, covers
from knowledge.model import (
    NO_HANDLE,
    NOBODY,
    Audience,
    DocumentId,
    Handle,
    Organisation,
    OrganisationId,
    OrganisationKind,
    TextHash,
    UseCase,
)
from knowledge.ports import Clock, Embedder, UnitOfWorkFactory
from knowledge.searching.search import Searcher

MOST_DOING = 5
MOST_USE_CASES = 3
MOST_PEOPLE = 5


class Directory:
    """Finds who does and who knows something."""

    def __init__(
        self, uow: UnitOfWorkFactory, searcher: Searcher, embedder: Embedder, topics: Topics, clock: Clock
    ) -> None:
        self._uow = uow
        self._embedder = embedder
        self._topics = topics
        self._doers = Doers(searcher, uow)
        self._knowers = Knowers(topics, embedder)
        self._clock = clock

    def find(self, text: str, viewer: Viewer, *, with_seekers: bool = True) -> Listing:
        """What there is on a topic, in any language and wording; raises ModelMismatchError.

        Without seekers those are left out who look for the same themselves.
        """
        [topic] = self._topics.read([text])
        done = self._doers.find(topic, viewer.audience)
        with self._uow.reading() as work:
            people = read_people(work, self._today(), viewer)
        doing = _by_organisation(done, people)
        doing += _by_domain(topic, people, {organisation_id(each.organisation) for each in doing})
        knowers = self._knowers.find(topic, people, self._stored, done)
        return _listing(text, doing, [each for each in knowers if with_seekers or each.knows is not Knows.SEEKS])

    def contacts(self, use_cases: Sequence[UseCase], viewer: Viewer) -> dict[DocumentId, Handle]:
        """Whom to ask about each of the use cases whose organisation can be reached."""
        if not use_cases:
            return {}
        with self._uow.reading() as work:
            people = read_people(work, self._today(), viewer)
        contacts = {each.document: _contact(people.known_as(each.organisation), people) for each in use_cases}
        return {document: contact for document, contact in contacts.items() if contact != NO_HANDLE}

    def warm_up(self) -> None:
        """Make what the first topic would have to wait for."""
        self.find("?", Viewer(NOBODY, Audience.MEMBERS))

    def _stored(self) -> Mapping[TextHash, NDArray[np.float32]]:
        with self._uow.reading() as work:
            return work.members.vectors(self._embedder.identity)

    def _today(self) -> date:
        return self._clock().date()


def _listing(text: str, doing: Sequence[Doing], people: Sequence[Knower]) -> Listing:
    """The first of each; a contact who stands among the people is not offered a second time."""
    listed = people[:MOST_PEOPLE]
    reached = {each.reach for each in listed}
    return Listing(
        text,
        tuple(
            dataclasses.replace(each, contact=NO_HANDLE) if each.contact in reached else each
            for each in doing[:MOST_DOING]
        ),
        tuple(listed),
        max(len(doing) - MOST_DOING, 0),
        max(len(people) - MOST_PEOPLE, 0),
    )


def _by_organisation(done: Sequence[tuple[UseCase, float]], people: People) -> list[Doing]:
    """The use cases under their organisations, those of the best one first."""
    grouped: dict[str, list[UseCase]] = {}
    for use_case, _ in done:
        grouped.setdefault(organisation_id(use_case.organisation), []).append(use_case)
    return [_doing(cases[0].organisation, cases, people) for cases in grouped.values()]


def _doing(name: str, cases: Sequence[UseCase], people: People) -> Doing:
    organisation = people.known_as(name)
    kind = OrganisationKind.UNKNOWN if organisation is None else organisation.kind
    return Doing(name, kind, tuple(cases[:MOST_USE_CASES]), _contact(organisation, people))


def _by_domain(topic: Topic, people: People, listed: set[OrganisationId]) -> list[Doing]:
    """Organisations that say that they work on the topic, though the catalogue has nothing of theirs."""
    return [
        Doing(each.name, each.kind, (), people.contact(each))
        for each in people.organisations
        if organisation_id(each.name) not in listed and each.domain and covers(topic, all_terms(each.domain)) == 1
    ]


def _contact(organisation: Organisation | None, people: People) -> Handle:
    return NO_HANDLE if organisation is None else people.contact(organisation)
