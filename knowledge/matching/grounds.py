"""What two sides have in common, in their own words: the sentences that fit best, one of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.aspects import aspect_of
from knowledge.matching.comparing import Comparison, as_score
from knowledge.matching.statements import Card, Facet, Statement
from knowledge.matching.topics import names_meaning
from knowledge.model import NO_ORGANISATION, Aspect, CommonGround, Excerpt

SAYABLE = 0.5
"""Strength below which nothing is said: a far-fetched reason is worse than none."""
SAYABLE_BY_TOPIC = 0.3
"""The same where both name a topic."""
FEWEST_WORDS = 4
"""Shorter sentences are headings and leftovers; they are quoted only where there is nothing else."""
NUMBERS = 2.0
"""What a sentence loses by being all numbers."""
_Unit = Sequence[Statement]


def common_ground(first: Card, second: Card) -> CommonGround | None:
    """The best reason why the two fit, quoted from both; None where nothing is strong enough to be said aloud.

    Questions are never quoted, nor do they count here. Every excerpt stands verbatim in its side's profile or use case.
    Topics are a reason only where both sides name the same one.
    """
    return _by_sentences(first, second) or _by_topic(first, second)


def _by_sentences(first: Card, second: Card) -> CommonGround | None:
    quotable = [_quotable(first), _quotable(second)]
    comparison = Comparison(quotable, alone=True)
    owner = comparison.units.card
    ours = np.flatnonzero(owner == 0)
    if not len(ours) or len(ours) == len(owner):
        return None
    likeness = comparison.against_all(ours)
    row, column = np.unravel_index(int(likeness.argmax()), likeness.shape)
    strength = float(as_score(likeness[row, column].astype(np.float64)))
    shared = _shared(first, second)
    if strength < (SAYABLE_BY_TOPIC if shared else SAYABLE):
        return None
    one, other = _best_sentences(comparison.units.statements[ours[row]], comparison.units.statements[column])
    quotes = (_excerpt(first, one), _excerpt(second, other))
    return CommonGround(_aspect(one, other), *quotes, strength, tuple(shared), tuple(shared.values()))


def _by_topic(first: Card, second: Card) -> CommonGround | None:
    ours, theirs = _shared(first, second), shared_topics(second, first)
    if not ours or not theirs:
        return None
    quotes = (_topic_of(first, next(iter(ours))), _topic_of(second, theirs[0]))
    return CommonGround(Aspect.TOPIC, *quotes, SAYABLE_BY_TOPIC, tuple(ours), tuple(ours.values()))


def _topic_of(card: Card, topic: str) -> Excerpt:
    return next(_excerpt(card, each) for each in _topics(card) if each.text == topic)


def shared_topics(first: Card, second: Card) -> tuple[str, ...]:
    """Topics that both name, whatever the word or language; spelt as the first side does."""
    return tuple(_shared(first, second))


def _shared(first: Card, second: Card) -> dict[str, tuple[str, ...]]:
    """The topics that both name as the first spells them, each with the words of the second."""
    theirs: defaultdict[Hashable, list[str]] = defaultdict(list)
    for topic in _topics(second):
        for name in _names(topic):
            theirs[name].append(topic.text)
    shared: defaultdict[str, list[str]] = defaultdict(list)
    for topic in _topics(first):
        for name in _names(topic) & theirs.keys():
            shared[topic.text] += theirs[name]
    return {topic: tuple(sorted(set(words))) for topic, words in shared.items()}


def _quotable(card: Card) -> Card:
    return replace(
        card, statements=tuple(each for each in card.statements if each.facet not in {Facet.QUESTION, Facet.TOPICS})
    )


def _best_sentences(one: _Unit, other: _Unit) -> tuple[Statement, Statement]:
    """The pair that speak of the same, and each both of its own side and of the other as a whole."""
    wholes = _about(one) + _about(other)

    def fit(pair: tuple[Statement, Statement]) -> float:
        first, second = pair
        close = float(first.vector @ second.vector + (first.vector + second.vector) @ wholes)
        return close + _share_of_concepts(first, second) - NUMBERS * (_numbers(first.text) + _numbers(second.text))

    return max(product(_sentences(one), _sentences(other)), key=fit)


def _about(unit: _Unit) -> NDArray[np.float32]:
    mean = np.mean([each.vector for each in unit], axis=0)
    return np.asarray(unit[0].vector if unit[0].is_title else mean, dtype=np.float32)


def _numbers(text: str) -> float:
    """The share of words that are numbers: costs, dates and results fit those of any other case."""
    said = text.split()
    return sum(any(letter.isdigit() for letter in word) for word in said) / max(1, len(said))


def _sentences(unit: _Unit) -> Sequence[Statement]:
    """Whole sentences where there are any, else what there is, such as a title."""
    told = [each for each in unit if not each.is_title]
    return [each for each in told if len(each.text.split()) >= FEWEST_WORDS] or told or unit


def _share_of_concepts(one: Statement, other: Statement) -> float:
    """Of what either names, what both do: 0 to 1."""
    first, second = one.concepts, other.concepts
    return len(first & second) / len(first | second) if first and second else 0.0


def _aspect(one: Statement, other: Statement) -> Aspect:
    fits = (one.is_wish and other.is_help) or (other.is_wish and one.is_help)
    return Aspect.SUPPLY if fits else aspect_of(one.text, other.text)


def _excerpt(card: Card, statement: Statement) -> Excerpt:
    owner = card.organisation if statement.use_case else NO_ORGANISATION
    return Excerpt(statement.text, statement.language, statement.use_case, statement.stage, owner)


def _topics(card: Card) -> list[Statement]:
    return [each for each in card.statements if each.facet is Facet.TOPICS]


def _names(topic: Statement) -> set[Hashable]:
    return names_meaning(topic.text, topic.language, topic.concepts)
