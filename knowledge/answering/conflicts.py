"""Sources that disagree: the official one goes first, else the newer one, and the reader is told.

A conflict is claimed only where it is sure: both quotes state one value of the kind that is asked for, of the same
thing, in the same language. Where there is any doubt nothing is said, and the reader sees both quotes anyway.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.answering.amounts import Value, values, years
from knowledge.answering.versions import age_difference, is_newer_version
from knowledge.answering.wanted import Wanted, wanted
from knowledge.language.analysis import lemma_terms
from knowledge.model import Document, DocumentKind, Language

SAME_THING = 0.5
"""Share of the shorter quote's words that the other holds too, from which both speak of the same thing."""
ASKED_FOR = 0.5
"""Share of the question's words that each quote must hold, with its title."""
_NAME = re.compile(r"(?<=[\w,;:)»”] )[A-ZÅÄÖ][\wåäö-]+")
_ACRONYM_LENGTH = 4
"""A short publisher's name is a word of its own; a longer one may be the end of a compound."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A quote with the document that it stands in."""

    document: Document
    quote: str
    language: Language


def contradictions(question: str, statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """The places of each two statements that surely disagree on what is asked."""
    kind = wanted(question)
    numbered = list(enumerate(statements))
    return [
        (one, two)
        for (one, first), (two, second) in combinations(numbered, 2)
        if _differ(question, kind, first, second)
    ]


def preferred_first(
    statements: Sequence[Statement], pairs: Sequence[tuple[int, int]], official: Collection[str]
) -> list[int]:
    """The places in an order in which of two that disagree the official one, else the newer one, comes first."""
    order = list(range(len(statements)))
    for one, two in pairs:
        ahead, behind = sorted((one, two), key=order.index)
        if _goes_before(statements[behind].document, statements[ahead].document, official):
            order.remove(behind)
            order.insert(order.index(ahead), behind)
    return order


def is_official(publisher: str, official: Collection[str]) -> bool:
    """Whether one of the official names stands in the publisher's, a short one as a word of its own."""
    plain = publisher.casefold()
    return any(
        bool(re.search(rf"\b{re.escape(name.casefold())}\b", plain))
        if len(name) <= _ACRONYM_LENGTH
        else name.casefold() in plain
        for name in official
    )


def _goes_before(one: Document, other: Document, official: Collection[str]) -> bool:
    standing, others = (is_official(each.publisher, official) for each in (one, other))
    return standing if standing != others else age_difference(one.published, other.published) > 0


def _differ(question: str, kind: Wanted, first: Statement, second: Statement) -> bool:
    if first.language is not second.language or not _are_apart(first.document, second.document):
        return False
    stated = [values(each.quote, kind) for each in (first, second)]
    if any(len(each) != 1 for each in stated):
        return False
    (one,), (other,) = stated
    return _disagree(one, other) and _same_thing(question, kind, first, second)


def _are_apart(one: Document, other: Document) -> bool:
    """Versions are told elsewhere; each use case is about a thing of its own, but its organisation may write of it."""
    if one.id == other.id or is_newer_version(one, other) or is_newer_version(other, one):
        return False
    cases = [each.kind is DocumentKind.USECASE for each in (one, other)]
    return not any(cases) or (not all(cases) and _same_publisher(one.publisher, other.publisher))


def _same_publisher(one: str, other: str) -> bool:
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    return bool(shorter) and longer.startswith(shorter)


def _disagree(one: Value, other: Value) -> bool:
    return any(mine != theirs for mine, theirs in zip(one, other, strict=True) if None not in {mine, theirs})


def _same_thing(question: str, kind: Wanted, first: Statement, second: Statement) -> bool:
    if kind is not Wanted.DATE and years(first.quote) != years(second.quote):
        return False
    names = [set(_NAME.findall(f"{each.document.title}. {each.quote}")) for each in (first, second)]
    if names[0] - names[1] and names[1] - names[0]:
        return False
    asked = _terms(question, first.language)
    said = [_terms(each.quote, each.language) for each in (first, second)]
    titled = [
        words | _terms(each.document.title, each.language) for words, each in zip(said, (first, second), strict=True)
    ]
    if not asked or any(len(asked & words) < ASKED_FOR * len(asked) for words in titled):
        return False
    return len(said[0] & said[1]) >= SAME_THING * min(len(each) for each in said)


def _terms(text: str, language: Language) -> set[str]:
    return {term for term in lemma_terms(text, language) if not any(letter.isdigit() for letter in term)}
