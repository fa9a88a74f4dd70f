"""Versions of one document: the newer one is cited first, also where the older one fits the question better."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge.model import Document, Hit

SAME_SERIES = 0.6
"""Share of common title words from which two documents count as versions of one."""
_WORD = re.compile(r"[^\W\d]+")


def age_difference(one: date | None, other: date | None) -> int:
    """1 where the first day is later, -1 where it is earlier, 0 where they agree or one is not known."""
    return 0 if one is None or other is None else (one > other) - (one < other)


def is_newer_version(document: Document, other: Document) -> bool:
    """Whether the document replaced the other: an admin says so, or it came later under nearly the same title."""
    if document.replaced_by == other.id:
        return False
    if other.replaced_by == document.id:
        return True
    if age_difference(document.published, other.published) <= 0:
        return False
    words, others = (frozenset(_WORD.findall(each.title.casefold())) for each in (document, other))
    return len(words & others) >= SAME_SERIES * len(words | others)


def newer_versions(hits: Iterable[Hit], cited: Sequence[Document]) -> list[Hit]:
    """The best hit of each document that replaced a cited one and is not cited itself; `hits` come best first."""
    known = {document.id for document in cited}
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.document.id not in known and any(is_newer_version(hit.document, each) for each in cited):
            best.setdefault(hit.document.id, hit)
    return list(best.values())


def still_standing(documents: Sequence[Document]) -> list[bool]:
    """Of each document whether none of the others is what an admin said takes its place."""
    there = {document.id for document in documents}
    return [document.replaced_by not in there for document in documents]


def newest_first(documents: Sequence[Document]) -> list[int]:
    """The places of the documents in an order in which none stands after one that it replaced."""
    order = list(range(len(documents)))
    for late in range(1, len(order)):
        for early in range(late):
            if is_newer_version(documents[order[late]], documents[order[early]]):
                order.insert(early, order.pop(late))
                break
    return order
