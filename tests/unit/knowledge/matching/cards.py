"""Cards by hand: texts whose vectors point where a test wants them."""

from __future__ import annotations

from functools import cache

import numpy as np

from knowledge.matching.statements import Card, Facet, Statement
from knowledge.matching.words import concepts
from knowledge.model import Language, MemberId, OrganisationId
from knowledge.searching.synonyms import Synonyms, read_synonyms

DIMENSION = 64


@cache
def _synonyms() -> Synonyms:
    return read_synonyms()


def toward(*axes: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The unit vector between these axes; texts on different axes have nothing in common."""
    vector = np.zeros(DIMENSION, dtype=np.float32)
    vector[list(axes)] = 1
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def statement(
    text: str,
    facet: Facet = Facet.OFFERS,
    *axes: int,
    language: Language = Language.FI,
    use_case: str = "",
    stage: str = "",
) -> Statement:
    """A sentence about these axes."""
    return Statement(text, facet, language, use_case, stage, toward(*axes), concepts(text, language, _synonyms()))


def case(
    title: str, sentence: str, axis: int, *, stage: str = "pilot", language: Language = Language.FI
) -> list[Statement]:
    """A use case of one sentence."""
    return [
        statement(text, Facet.USE_CASE, axis, language=language, use_case=title, stage=stage)
        for text in (title, sentence)
    ]


def card(user: str, *statements: Statement, organisation: str = "") -> Card:
    """The card of a member; an organisation of its own where none is given."""
    topics = tuple(each.text for each in statements if each.facet is Facet.TOPICS)
    return Card(MemberId(f"T1:{user}"), OrganisationId(organisation or f"o-{user}"), topics, statements)


def strangers(count: int) -> list[Card]:
    """Members who have nothing to do with each other, nor with axes below 8."""
    return [
        card(f"X{number}", statement(f"Aihe {number} kiinnostaa.", Facet.OFFERS, 8 + number)) for number in range(count)
    ]
