"""Which people know a topic, by what they agreed to show: what they offer, their topics, their organisation's work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import text_hash
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import split_sentences
from knowledge.members.catalogue import same_name
from knowledge.members.listing import Knower, Knows
from knowledge.members.reaching import People
from knowledge.members.topics import Topic, Topics
from knowledge.model import Member, TextHash, UseCase, shown
from knowledge.ports import Embedder, Vectors

ENOUGH = 0.7
"""How well a person's words must fit."""
WEIGHT = {Knows.OFFERS: 0.2, Knows.USE_CASE: 0.1, Knows.TOPICS: 0.0, Knows.SEEKS: -0.5}
"""What each kind of words adds to the fit in the order of people: who offers help comes first."""
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence or a topic of somebody."""

    member: Member
    knows: Knows
    text: str


class Knowers:
    """Finds people for topics."""

    def __init__(self, topics: Topics, embedder: Embedder) -> None:
        self._topics = topics
        self._embedder = embedder

    def find(
        self,
        topic: Topic,
        people: People,
        stored: Mapping[TextHash, Vector],
        done: Sequence[tuple[UseCase, float]],
    ) -> list[Knower]:
        """The people whose shown words fit, best first, each once.

        `stored` are the vectors of profiles' texts, `done` the use cases on the topic with their fits.
        """
        by_words = self._by_words(topic, people, stored)
        by_work = [each for member in people.members for each in _by_work(member, people, done)]
        best: dict[str, Knower] = {}
        for member, knower in sorted([*by_words, *by_work], key=lambda pair: -_rank(pair[1])):
            best.setdefault(member.id, knower)
        return list(best.values())

    def _by_words(
        self, topic: Topic, people: People, stored: Mapping[TextHash, Vector]
    ) -> Iterator[tuple[Member, Knower]]:
        said = [each for member in people.members if people.may_be_listed(member) for each in _said(member)]
        texts = [each.text for each in said]
        fits = self._topics.prepare(texts, self._vectors(texts, stored)).fits(topic)
        for each, fit in zip(said, fits.tolist(), strict=True):
            if fit >= ENOUGH:
                yield each.member, _knower(each, people, fit)

    def _vectors(self, texts: Sequence[str], stored: Mapping[TextHash, Vector]) -> Vectors:
        """What is not stored is embedded: profiles that were imported, or saved under another model."""
        missing = [text for text in dict.fromkeys(texts) if text_hash(text) not in stored]
        made = dict(zip(missing, self._embedder.embed_passages(missing), strict=True))
        found = [made[text] if text in made else stored[text_hash(text)] for text in texts]
        return np.stack(found) if found else np.zeros((0, self._embedder.identity.dimension), dtype=np.float32)


def _said(member: Member) -> Iterator[_Said]:
    seen = shown(member)
    for knows, text in ((Knows.OFFERS, seen.offers), (Knows.SEEKS, seen.seeks)):
        for sentence in split_sentences(text, detect_language(text)):
            yield _Said(member, knows, sentence)
    for text in seen.topics:
        yield _Said(member, Knows.TOPICS, text)


def _knower(said: _Said, people: People, fit: float) -> Knower:
    return Knower(
        shown(said.member),
        people.organisation_of(said.member),
        said.knows,
        said.text,
        detect_language(said.text),
        fit,
        people.reach(said.member),
    )


def _by_work(member: Member, people: People, done: Sequence[tuple[UseCase, float]]) -> Iterator[tuple[Member, Knower]]:
    """By the best of the use cases of the organisation that the member shows."""
    organisation = people.organisation_of(member)
    own = [(use_case, fit) for use_case, fit in done if organisation and same_name(use_case.organisation, organisation)]
    if own and people.may_be_listed(member):
        use_case, fit = max(own, key=lambda pair: pair[1])
        fit = min(fit, 1.0)
        language, reach = detect_language(use_case.title), people.reach(member)
        seen = shown(member)
        yield (
            member,
            Knower(seen, organisation, Knows.USE_CASE, use_case.title, language, fit, reach, use_case.stage),
        )


def _rank(knower: Knower) -> float:
    return knower.fit + WEIGHT[knower.knows]
