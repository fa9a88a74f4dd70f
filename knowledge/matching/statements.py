"""What a card is made of: sentences of one side, each with the vector that it is compared by."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Language, MemberId, OrganisationId

IN_USE = frozenset({"pilot", "production"})
"""Stages at which a use case is experience that others can be helped with."""


class Facet(enum.StrEnum):
    """Where a statement stands. A QUESTION was asked of Solmu: it tells of an interest, and is never quoted."""

    OFFERS = "offers"
    SEEKS = "seeks"
    TOPICS = "topics"
    USE_CASE = "use_case"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sentence of a profile, a use case or a question; a topic; or a use case's title.

    `use_case` and `stage` are those of the use case that it comes from, else empty. `vector` has unit length and is
    free of what all texts of its language share; a title and the topics of a use case have that of the whole of it.
    `concepts` are what it names that has other names too.
    """

    text: str
    facet: Facet
    language: Language
    use_case: str
    stage: str
    vector: NDArray[np.float32]
    concepts: frozenset[str]

    @property
    def is_title(self) -> bool:
        """Whether it names a use case."""
        return self.facet is Facet.USE_CASE and self.text == self.use_case

    @property
    def is_wish(self) -> bool:
        """Whether it tells what somebody looks for."""
        return self.facet in {Facet.SEEKS, Facet.QUESTION}

    @property
    def is_help(self) -> bool:
        """Whether it tells what others can be helped with."""
        return self.facet is Facet.OFFERS or (self.facet is Facet.USE_CASE and self.stage in IN_USE)


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What of a member can be compared, and but for questions be quoted to others.

    `member` tells whose card it is, whether or not that may be shown. `organisation` and `topics` are empty where the
    member does not show them; the topics of the organisation's use cases are among them.
    """

    member: MemberId
    organisation: OrganisationId
    topics: tuple[str, ...]
    statements: tuple[Statement, ...]
