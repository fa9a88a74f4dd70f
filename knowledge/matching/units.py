"""What is compared of cards: each use case as a whole, what somebody offers, seeks, asks or cares for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.statements import Card, Facet, Statement
from knowledge.model import Language
from knowledge.ports import Vectors

LANGUAGES = tuple(Language)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Units of several cards, column by column, card after card.

    `card` is the number of the card. `kind` tells apart what lies apart in meaning and words: languages, and long texts
    from short ones. A `wish` is looked for, a `help` can be had; `topics` are but names of things.
    """

    statements: tuple[tuple[Statement, ...], ...]
    card: NDArray[np.int64]
    kind: NDArray[np.int64]
    language: NDArray[np.int64]
    wish: NDArray[np.bool_]
    help: NDArray[np.bool_]
    topics: NDArray[np.bool_]
    vectors: Vectors

    @classmethod
    def of(cls, cards: Sequence[Card]) -> Self:
        """The units of these cards."""
        owned = [(number, unit) for number, card in enumerate(cards) for unit in _units(card)]
        statements = tuple(unit for _, unit in owned)
        firsts = [unit[0] for unit in statements]
        language = np.array([LANGUAGES.index(first.language) for first in firsts], dtype=np.int64)
        long = np.array([first.facet is Facet.USE_CASE for first in firsts], dtype=np.int64)
        return cls(
            statements,
            np.array([number for number, _ in owned], dtype=np.int64),
            2 * language + long,
            language,
            np.array([first.is_wish for first in firsts], dtype=np.bool_),
            np.array([first.is_help for first in firsts], dtype=np.bool_),
            np.array([first.facet is Facet.TOPICS for first in firsts], dtype=np.bool_),
            np.stack([_vector(unit) for unit in statements]) if statements else np.zeros((0, 1), dtype=np.float32),
        )


def _units(card: Card) -> list[tuple[Statement, ...]]:
    """Statements that belong together; the title of a use case stands first."""
    groups: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in card.statements:
        apart = statement.text if statement.facet is Facet.QUESTION else statement.use_case
        facet = Facet.USE_CASE if statement.use_case else statement.facet
        groups[facet, apart].append(statement)
    return [tuple(sorted(group, key=lambda each: not each.is_title)) for group in groups.values()]


def _vector(unit: Sequence[Statement]) -> NDArray[np.float32]:
    """That of a use case's title, which is made of its whole text; else the mean."""
    if unit[0].is_title:
        return unit[0].vector
    mean = np.mean([statement.vector for statement in unit], axis=0)
    length = float(np.linalg.norm(mean))
    return np.asarray(mean / length if length else mean, dtype=np.float32)
