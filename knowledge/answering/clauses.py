"""A sentence in its clauses, and which clause of a source speaks of the same thing as a clause that was written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.language.analysis import lemma_terms
from knowledge.model import Language
from knowledge.searching.coverage import lemmas_of

_BORDER = re.compile(
    r"[,;:–]\s+|[.!?]\s+(?=(?-i:[A-ZÅÄÖ]))|\s(?=(?:eikä|eivätkä|joka|jotka|nor)\s)|"
    r"\s(?:ja|sekä|tai|mutta|vaan|kun|och|eller|men|and|or|but|while|whereas)\s",
    re.IGNORECASE,
)


_TURNING = re.compile(
    r"[;:–]\s+|[.!?]\s+(?=(?-i:[A-ZÅÄÖ]))|,\s+|\s(?=(?:eikä|eivätkä|joka|jotka|nor)\s)|"
    r"\s(?:mutta|vaan|kun|men|but|while|whereas)\s|\s(?=(?:ja|och|and)\s(?:\w+\s){1,3}(?:ei|eivät|inte|not)\b)",
    re.IGNORECASE,
)


def clauses(sentence: str) -> list[str]:
    """The pieces between commas and conjunctions that hold a word; the sentence itself where there is but one."""
    return [piece for piece in _BORDER.split(sentence) if any(map(str.isalnum, piece))] or [sentence]


def turning_clauses(sentence: str) -> list[str]:
    """Longer pieces, between which `not` may begin or end: of a list it is said but once."""
    return [piece for piece in _TURNING.split(sentence) if any(map(str.isalnum, piece))] or [sentence]


def nearest(clause: str, others: Sequence[str], language: Language) -> list[str]:
    """Those of the others that share the most words with the clause; all of them where none shares any.

    What stands first, which mostly is whom or what it is about, decides between those that share as many.
    """
    own = [lemma for lemma in lemma_terms(clause, language) if not lemma.isdigit()]
    shared = [
        (len(held.intersection(own)), bool(held.intersection(own[:1])))
        for held in (lemmas_of(other, language) for other in others)
    ]
    most = max(shared, default=(0, False))
    return [other for other, count in zip(others, shared, strict=True) if count == most]
