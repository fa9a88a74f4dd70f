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
from knowledge.members.topics import Prepared, Topic, Topics, all_terms, covers
from knowledge.model import Member, MemberId, UseCase, shown
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
    """Sentences with who said each, ready to be held against topics."""

    texts: tuple[str, ...]
    members: tuple[MemberId, ...]
    prepared: Prepared

    def who(self, fits: NDArray[np.float64]) -> set[MemberId]:
        """Those of whose sentences one fits well enough."""
        return {self.members[place] for place in np.flatnonzero(fits >= ENOUGH)}


class Demands:
    """Finds what is looked for and not offered."""

    def __init__(self, topics: Topics, embedder: Embedder) -> None:
        self._topics = topics
        self._embedder = embedder

    def unmet(self, members: Sequence[Member], use_cases: Sequence[UseCase]) -> list[Demand]:
        """By topics that members or use cases name, and by sentences on none of them; the most sought first."""
        seen = [shown(member) for member in members]
        ids = [member.id for member in members]
        seeks = self._said(zip(ids, (each.seeks for each in seen), strict=True))
        if not seeks.texts:
            return []
        offers = self._said(zip(ids, (each.offers for each in seen), strict=True))
        named = Counter(topic for each in seen for topic in each.topics)
        by_case = Counter(topic for use_case in use_cases for topic in dict.fromkeys(use_case.topics))
        found, met = [], np.zeros(len(seeks.texts), dtype=bool)
        for group in self.groups([*named, *by_case]):
            sought = np.max([seeks.prepared.fits(topic) for topic in group], axis=0)
            met |= sought >= ENOUGH
            if not any(len(offers.who(offers.prepared.fits(topic))) for topic in group):
                label = max(group, key=lambda topic: named[topic.text] + by_case[topic.text]).text
                found.append(Demand(label, len(seeks.who(sought)), sum(by_case[topic.text] for topic in group)))
        found += self._by_sentence(seeks, offers, np.flatnonzero(~met))
        return sorted((each for each in found if each.seekers), key=lambda each: (-each.seekers, each.topic.casefold()))

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
        topics = self._topics.read([seeks.texts[place] for place in places])
        unmet = [topic for topic in topics if not offers.who(offers.prepared.fits(topic))]
        return [Demand(topic.text, len(seeks.who(seeks.prepared.fits(topic))) or 1, 0) for topic in unmet]

    def _said(self, told: Iterable[tuple[MemberId, str]]) -> _Said:
        pairs = [
            (sentence, member) for member, text in told for sentence in split_sentences(text, detect_language(text))
        ]
        texts, members = tuple(text for text, _ in pairs), tuple(member for _, member in pairs)
        return _Said(texts, members, self._topics.prepare(texts, self._embedder.embed_passages(texts)))


def _same(first: Topic, second: Topic) -> bool:
    both_hold = min(covers(first, all_terms(second.text)), covers(second, all_terms(first.text)))
    if both_hold == 1:
        return True
    of_two_languages = detect_language(first.text) is not detect_language(second.text)
    return of_two_languages and float(first.meaning @ second.meaning) >= SAME_MEANING


def _terms(topic: Topic) -> set[str]:
    return {word[0] for way in topic.ways for word in way}
