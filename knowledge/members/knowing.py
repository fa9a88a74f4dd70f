"""Which people know a topic, by what they agreed to show: what they offer, their topics, their organisation's work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.language.detecting import detect_language
from knowledge.members.listing import Knower, Knows
from knowledge.members.profile_texts import ProfileTexts, Said, Stored
from knowledge.members.reaching import People
from knowledge.members.topics import Topic, Topics
from knowledge.model import Member, OrganisationId, UseCase, shown
from knowledge.ports import Embedder

ENOUGH = 0.7
"""How well a person's words must fit."""
WEIGHT = {Knows.OFFERS: 0.2, Knows.USE_CASE: 0.1, Knows.TOPICS: 0.0, Knows.SEEKS: -0.5}
"""What each kind of words adds to the fit in the order of people: who offers help comes first."""


class Knowers:
    """Finds people for topics."""

    def __init__(self, topics: Topics, embedder: Embedder) -> None:
        self._texts = ProfileTexts(topics, embedder)

    def find(self, topic: Topic, people: People, stored: Stored, done: Sequence[tuple[UseCase, float]]) -> list[Knower]:
        """The people whose shown words fit, best first, each once; `done` are the use cases on the topic."""
        others = {each.id for each in people.others if people.may_be_listed(each)}
        by_words = (
            (member.id, _by_words(member, said, fit, people))
            for member, said, fit in self._texts.fitting(topic, people.everybody, stored)
            if fit >= ENOUGH and member.id in others
        )
        best: dict[str, Knower] = {}
        for name, knower in sorted([*by_words, *_by_work(people, done)], key=lambda pair: -_rank(pair[1])):
            best.setdefault(name, knower)
        return list(best.values())


def _by_words(member: Member, said: Said, fit: float, people: People) -> Knower:
    return Knower(
        shown(member), _organisation(member, people), said.knows, said.text, said.language, fit, people.reach(member)
    )


def _by_work(people: People, done: Sequence[tuple[UseCase, float]]) -> Iterator[tuple[str, Knower]]:
    """Each by the best of the use cases of the organisation that they show."""
    best: dict[OrganisationId, tuple[UseCase, float]] = {}
    for use_case, fit in done:
        organisation = people.known_as(use_case.organisation)
        if organisation is not None:
            best.setdefault(organisation.id, (use_case, min(fit, 1.0)))
    for member in people.others:
        found = best.get(shown(member).organisation)
        if found is not None and people.may_be_listed(member):
            yield member.id, _with_work(member, *found, people)


def _with_work(member: Member, use_case: UseCase, fit: float, people: People) -> Knower:
    language = detect_language(use_case.title)
    organisation, reach = _organisation(member, people), people.reach(member)
    return Knower(shown(member), organisation, Knows.USE_CASE, use_case.title, language, fit, reach, use_case.stage)


def _organisation(member: Member, people: People) -> str:
    organisation = people.organisation_of(member)
    return "" if organisation is None else organisation.name


def _rank(knower: Knower) -> float:
    return knower.fit + WEIGHT[knower.knows]
