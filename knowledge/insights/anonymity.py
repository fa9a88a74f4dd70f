"""What may be told of a few people's questions: nothing by which one of them could be known.

A topic is told once three different people have asked about it, and a word of theirs once three of them have used it.
Two would know of each other; three is the least of which nobody can tell who asked what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ENOUGH_PEOPLE = 3
HIDDEN = "[…]"
"""Stands where something was taken out."""
_KNOWABLE = (
    re.compile(r"<[@#!][^>]*>"),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"),
    re.compile(r"(?<![\w@])@\w+(?:[.-]\w+)*"),
    re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE),
    # Identity codes, whatever their sign, and also those that are not valid.
    re.compile(r"\b\d{6}\s?[-+A-FU-Y\u2010-\u2015\u2212]\s?\d{3}\s?[0-9A-Z]\b", re.IGNORECASE),
    # Telephone and other numbers by which somebody is found; years and amounts are shorter.
    re.compile(r"(?<!\w)\+?\(?\d(?:[\s()/.-]{0,2}\d){6,}"),
)
_NAME = re.compile(r"[^\W\d_a-zåäöü][\w'’-]+(?: [^\W\d_a-zåäöü][\w'’-]+){1,3}")
WHOLE = 4
"""Letters of a name that is looked for as it stands: what is left of a shorter one could begin any word."""


def is_persons_name(text: str) -> bool:
    """Whether the text is two to four words that begin with capitals."""
    return bool(_NAME.fullmatch(text.strip()))


class Scrubber:
    """Takes out of texts what tells who somebody is. `names` are those of people, `Firstname Lastname`."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted({" ".join(name.split()) for name in names if is_persons_name(name)}, key=len, reverse=True)
        whole = [r"\W+".join(map(_inflected, name.split())) for name in known]
        parts = sorted({part for name in known for part in name.split() if len(part) >= WHOLE}, key=len, reverse=True)
        self._patterns = [
            *_KNOWABLE,
            *(re.compile(rf"\b(?:{'|'.join(whole)})", re.IGNORECASE) for _ in known[:1]),
            # A single name only with its capital: many are ordinary words as well.
            *(re.compile(rf"\b(?:{'|'.join(map(_inflected, parts))})") for _ in parts[:1]),
        ]

    def clean(self, text: str) -> str:
        """The text without mentions, addresses, numbers of people and their names."""
        for pattern in self._patterns:
            text = pattern.sub(HIDDEN, text)
        return text


def _inflected(name: str) -> str:
    """The name in any of its cases: `Virtanen` as `Virtaselta`, `Kivimäki` as `Kivimäen`."""
    if len(name) <= WHOLE:
        return rf"{re.escape(name)}\w{{0,6}}"
    stem = name[:-3] if name.endswith("nen") else name[:-1]
    return rf"{re.escape(stem)}\w{{0,8}}"
