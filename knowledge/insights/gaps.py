"""Topics on which questions stayed without an answer: questions of the same meaning together, named by no single one.

Every question is counted exactly once: in a topic that is told, or among the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.insights.anonymity import ENOUGH_PEOPLE, Scrubber
from knowledge.insights.grouping import grouped
from knowledge.insights.naming import Asked, Names, TopicNames
from knowledge.members.topics import Topics
from knowledge.model import AskedQuestion
from knowledge.ports import Embedder


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic by its name in each language, on which so many questions were asked by so many people."""

    names: Names
    questions: int
    people: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """Topics, the most asked first, and the number of questions on none that may be told."""

    topics: tuple[Gap, ...] = ()
    other: int = 0


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Questions on one topic; `names` is empty where the topic may not be told."""

    names: Names
    questions: tuple[AskedQuestion, ...]
    people: int


class GapFinder:
    """Finds topics in questions."""

    def __init__(self, topics: Topics, embedder: Embedder, names: TopicNames) -> None:
        self._topics = topics
        self._embedder = embedder
        self._names = names

    def find(self, questions: Sequence[AskedQuestion], scrubber: Scrubber) -> Gaps:
        """The topics of the questions, as far as they may be told."""
        groups = self.groups(questions, scrubber)
        told = [Gap(each.names, len(each.questions), each.people) for each in groups if each.names]
        return Gaps(
            tuple(sorted(told, key=lambda gap: (-gap.questions, -gap.people, sorted(gap.names.values())))),
            sum(len(each.questions) for each in groups if not each.names),
        )

    def groups(self, questions: Sequence[AskedQuestion], scrubber: Scrubber) -> list[TopicGroup]:
        """All questions by what they mean, each in exactly one group; those without words each alone."""
        cleaned = [scrubber.clean(each.text) for each in questions]
        by_text: dict[str, list[int]] = {}
        for place, text in enumerate(cleaned):
            if text.strip():
                by_text.setdefault(text, []).append(place)
        texts = list(by_text)
        vectors = self._topics.meanings(texts, self._embedder.embed_passages(texts))
        asked = [Asked(each.asker, text, each.language) for each, text in zip(questions, cleaned, strict=True)]
        together = [[place for text in group for place in by_text[texts[text]]] for group in grouped(vectors)]
        wordless = [[place] for place, text in enumerate(cleaned) if not text.strip()]
        return [self._group(sorted(places), questions, asked) for places in (*together, *wordless)]

    def _group(self, places: Sequence[int], questions: Sequence[AskedQuestion], asked: Sequence[Asked]) -> TopicGroup:
        inside = [asked[place] for place in places]
        people = len({each.asker for each in inside} - {""})
        names: Names = {}
        if people >= ENOUGH_PEOPLE:
            own = set(places)
            names = self._names.name(inside, [each for place, each in enumerate(asked) if place not in own])
        return TopicGroup(names, tuple(questions[place] for place in places), people)
