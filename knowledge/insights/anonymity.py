"""What may be told of a few people's questions: nothing by which one of them could be known.

A topic is told once three different people have asked about it, and a word of theirs once three of them have used it.
Two would know of each other; three is the least of which nobody can tell who asked what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

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
    # Telephone numbers, and others by which somebody is found; years and amounts look otherwise.
    re.compile(r"(?<!\w)(?:\+|\(?0)(?:[\s()-]{0,2}\d){5,}"),
    re.compile(r"\d{6,}"),
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r"[^\W\d_a-zåäöü][\w'’-]+(?: [^\W\d_a-zåäöü][\w'’-]+){1,3}")
WHOLE, LONGEST_ENDING = 4, 8
"""Letters of a name that is looked for as it stands, and of what follows a longer one's stem in its cases.

A still shorter name is looked for only beside another of the same person: it could begin any word.
"""


def is_persons_name(text: str) -> bool:
    """Whether the text is two to four words that begin with capitals."""
    return bool(_NAME.fullmatch(text.strip()))


class Scrubber:
    """Takes out of texts what tells who somebody is. `names` are those of people, `Firstname Lastname`."""

    def __init__(self, names: Iterable[str]) -> None:
        known = [name.split() for name in set(names) if is_persons_name(name)]
        alone = [part for name in known for part in name if len(part) >= WHOLE]
        self._parts = frozenset(stem for part in alone for stem in _stems(part))
        self._pairs = frozenset(
            pair for name in known for parts in pairwise(name) for pair in product(*map(_stems, parts))
        )

    def clean(self, text: str) -> str:
        """The text without mentions, addresses, numbers of people and their names."""
        for pattern in _KNOWABLE:
            text = pattern.sub(HIDDEN, text)
        found = list(_WORD.finditer(text))
        told = {place for place, match in enumerate(found) if self._is_name(match.group())}
        for place, (first, second) in enumerate(pairwise(found)):
            if self._is_pair(first.group(), second.group()):
                told |= {place, place + 1}
        for place in sorted(told, reverse=True):
            text = text[: found[place].start()] + HIDDEN + text[found[place].end() :]
        return text

    def _is_name(self, word: str) -> bool:
        """A name alone only with its capital: many are ordinary words as well."""
        return word[0].isupper() and not self._parts.isdisjoint(_beginnings(word))

    def _is_pair(self, first: str, second: str) -> bool:
        """Two names one after the other, however they are written."""
        return any((one, other) in self._pairs for one in _beginnings(first) for other in _beginnings(second))


def _stems(name: str) -> set[str]:
    """What may stay of a name in its cases: `Virta` of `Virtanen`, `Kivimä` of `Kivimäki`, `Pek` of `Pekka`."""
    plain = name.casefold()
    if len(plain) <= WHOLE:
        return {plain}
    if plain.endswith("nen"):
        return {plain.removesuffix("nen")}
    # The last letter changes, and before it a hard consonant softens or is halved.
    stem = plain[:-1]
    return {stem, stem[:-1]} if stem[-1] in "kpt" else {stem}


def _beginnings(word: str) -> Iterator[str]:
    """What the word could be an inflected form of."""
    plain = word.casefold()
    return (plain[:end] for end in range(max(1, len(plain) - LONGEST_ENDING), len(plain) + 1))
