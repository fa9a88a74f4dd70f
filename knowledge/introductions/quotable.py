"""Whether what two had in common when they were proposed may still be shown: people change jobs and their minds."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.matching.catalogue import READER, live_use_cases
from knowledge.model import NO_ORGANISATION, CommonGround, Excerpt, Member, shown
from knowledge.organisations import name_key
from knowledge.ports import UnitOfWork


def may_quote(excerpt: Excerpt, member: Member) -> bool:
    """Whether the member's consents of now cover the excerpt of theirs. An empty one is nothing to show.

    A use case is quoted only of the organisation that the member shows now.
    """
    if not excerpt.text:
        return False
    seen = shown(member)
    if excerpt.use_case:
        return seen.organisation == excerpt.organisation != NO_ORGANISATION
    return any(excerpt.text in text for text in (seen.offers, seen.seeks, *seen.topics))


def topics_of(work: UnitOfWork, own: Collection[str], organisation: str) -> frozenset[str]:
    """The topics by which somebody is known: those they show of themselves, and of their shown organisation's cases."""
    if not organisation:
        return frozenset(own)
    name = name_key(organisation)
    cases = [case for _, case in live_use_cases(work, READER) if name_key(case.organisation) == name]
    return frozenset(own).union(topic for case in cases for topic in case.topics)


def still_shared(ground: CommonGround, first: frozenset[str], second: frozenset[str]) -> tuple[str, ...]:
    """Of the topics that both sides named, those that are still among the topics of both."""
    named = ground.named or [(topic,) for topic in ground.shared]
    pairs = zip(ground.shared, named, strict=True)
    return tuple(topic for topic, words in pairs if topic in first and any(word in second for word in words))
