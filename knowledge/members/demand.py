"""What members look for and nobody offers, by topic: over languages and wordings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.language.detecting import detect_language
from knowledge.language.sentences import split_sentences
from knowledge.members.knowing import ENOUGH
from knowledge.members.profile_texts import Stored, Vector, vectors_of
from knowledge.members.terms import all_terms
from knowledge.members.topics import Prepared, Topic, Topics, covers
from knowledge.model import Member, MemberId, TextHash, UseCase, shown
from knowledge.ports import Embedder

SAME_MEANING = 0.6
"""The cosine from which topics of two languages count as one."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A topic that so many members look for and none offers; `use_cases` are those of the catalogue on it."""

    topic: str
    seekers: int
    use_cases: int


@dataclass(frozen=True, slots=True)
class _Said:
    """Different sentences with who said each, ready to be held against topics."""

    texts: tuple[str, ...]
    members: tuple[frozenset[MemberId], ...]
    prepared: Prepared

    def who(self, fits: NDArray[np.float64]) -> frozenset[MemberId]:
        """Those of whose sentences one fits well enough."""
        return frozenset().union(*(self.members[place] for place in np.flatnonzero(fits >= ENOUGH)))


class Demands:
    """Finds what is looked for and not offered."""

    def __init__(self, topics: Topics, embedder: Embedder) -> None:
        self._topics = topics
        self._embedder = embedder

    def unmet(self, members: Sequence[Member], use_cases: Sequence[UseCase], stored: Stored) -> list[Demand]:
        """By topics that members or use cases name, and by sentences on none of them; the most sought first."""
        seen = {member.id: shown(member) for member in members}
        vectors = stored()
        seeks = self._said({name: each.seeks for name, each in seen.items()}, vectors)
        if not seeks.texts:
            return []
        offers = self._said({name: each.offers for name, each in seen.items()}, vectors)
        named = Counter(topic for each in seen.values() for topic in each.topics)
        by_case = Counter(topic for use_case in use_cases for topic in dict.fromkeys(use_case.topics))
        found, met = [], np.zeros(len(seeks.texts), dtype=bool)
        for group in self.groups([*named, *by_case]):
            sought = np.max([seeks.prepared.fits(topic) for topic in group], axis=0)
            met |= sought >= ENOUGH
            seekers = len(seeks.who(sought))
            if seekers and not any(len(offers.who(offers.prepared.fits(topic))) for topic in group):
                label = max(group, key=lambda topic: named[topic.text] + by_case[topic.text]).text
                found.append(Demand(label, seekers, sum(by_case[topic.text] for topic in group)))
        found += self._by_sentence(seeks, offers, np.flatnonzero(~met))
        return sorted(found, key=lambda each: (-each.seekers, each.topic.casefold()))

    def groups(self, texts: Sequence[str]) -> list[list[Topic]]:
        """The topics, those that mean the same together: other words, other languages, other letter case."""
        groups: list[list[Topic]] = []
        by_term: defaultdict[str, list[int]] = defaultdict(list)
        for topic in self._topics.read(list(dict.fromkeys(texts))):
            place = next((each for each in self._near(topic, groups, by_term) if _same(groups[each][0], topic)), None)
            if place is None:
                place = len(groups)
                groups.append([])
            groups[place].append(topic)
            for term in _terms(topic):
                by_term[term].append(place)
        return groups

    def _near(self, topic: Topic, groups: Sequence[Sequence[Topic]], by_term: Mapping[str, Sequence[int]]) -> list[int]:
        """The groups worth a look: those that share a word, and those near in meaning."""
        sharing = {place for term in _terms(topic) for place in by_term.get(term, ())}
        if groups:
            meanings = np.stack([group[0].meaning for group in groups])
            sharing |= set(np.flatnonzero(meanings @ topic.meaning >= SAME_MEANING).tolist())
        return sorted(sharing)

    def _by_sentence(self, seeks: _Said, offers: _Said, places: Iterable[int]) -> list[Demand]:
        topics = [(place, self._topics.read([seeks.texts[place]])[0]) for place in places]
        unmet = [(place, topic) for place, topic in topics if not offers.who(offers.prepared.fits(topic))]
        return [Demand(topic.text, len(seeks.members[place]), 0) for place, topic in unmet]

    def _said(self, told: Mapping[MemberId, str], stored: Mapping[TextHash, Vector]) -> _Said:
        members: defaultdict[str, set[MemberId]] = defaultdict(set)
        for member, text in told.items():
            for sentence in split_sentences(text, detect_language(text)):
                members[sentence].add(member)
        texts = tuple(members)
        prepared = self._topics.prepare(texts, vectors_of(texts, stored, self._embedder))
        return _Said(texts, tuple(frozenset(some) for some in members.values()), prepared)


def _same(first: Topic, second: Topic) -> bool:
    both_hold = min(covers(first, all_terms(second.text)), covers(second, all_terms(first.text)))
    if both_hold == 1:
        return True
    of_two_languages = detect_language(first.text) is not detect_language(second.text)
    return of_two_languages and float(first.meaning @ second.meaning) >= SAME_MEANING


def _terms(topic: Topic) -> set[str]:
    return {word[0] for way in topic.ways for word in way}
