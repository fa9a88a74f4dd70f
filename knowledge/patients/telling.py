"""Whether a text tells of a certain patient or client, and by which kind of sign.

A name alone is ordinary text, and so are an illness, an age, a phone number and an address. What stands around a name
is weighed: `supporting` tells what speaks for a patient, `countering` what against it. The surer the name, the fewer
points are needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from knowledge.patients.countering import countering
from knowledge.patients.evidence import Evidence, Sign, Surroundings
from knowledge.patients.lexicon import words
from knowledge.patients.names import Name, Surety, names_in
from knowledge.patients.roles import is_named_as_person
from knowledge.patients.signs import BIRTH_DATE, NUMBER
from knowledge.patients.supporting import supporting

BESIDE = 60
"""Characters between a name and what is said right beside it, at most."""
BEFORE, AFTER = 100, 180
"""How far what tells of somebody may stand from the name: about the sentence before, and two after."""
WITHIN = 60
"""How far a date of birth may stand from the word for a patient, where no name is written."""
IN_MESSAGE = {
    Surety.FULL: 2,
    # An uncertain name must be made up for by other things that are told.
    Surety.IN_LOWER_CASE: 3,
    Surety.INITIALS: 4,
    Surety.LIKELY: 5,
    # Many people have the same first name, and products have them too.
    Surety.SINGLE: 5,
}
"""Points from which on a message is refused. Whom a message names beside an illness is seldom anybody else."""
IN_DOCUMENT = {
    Surety.FULL: 4,
    Surety.IN_LOWER_CASE: 6,
    Surety.INITIALS: 5,
    Surety.LIKELY: 7,
    Surety.SINGLE: 7,
}
"""For documents, which tell of the lives of people who are known, and of what illnesses others study."""
_ORDER = (Sign.BIRTH_DATE, Sign.PATIENT, Sign.ADDRESS, Sign.HEALTH)
_LINE = " | "
_EMPTY_LINE = re.compile(r"\n\s*\n")


def sign_in_message(text: str) -> Sign:
    """The first sign in what somebody writes, which is one case with all its lines."""
    return _sign_in_case(_in_one_line(text), IN_MESSAGE)


def sign_in_document(text: str) -> Sign:
    """The first sign in a part of a document of any length; an empty line parts its matters."""
    parts = (_sign_in_case(_in_one_line(part), IN_DOCUMENT) for part in _EMPTY_LINE.split(text))
    return next(filter(None, parts), Sign.NONE)


def _in_one_line(text: str) -> str:
    return _LINE.join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _sign_in_case(case: str, needed: Mapping[Surety, int]) -> Sign:
    small = _small(case)
    if NUMBER.search(small):
        return Sign.NUMBER
    for found in words("patients").finditer(small):
        if BIRTH_DATE.search(small, found.end(), found.end() + WITHIN):
            return Sign.BIRTH_DATE
    names = list(names_in(case))
    full = sorted(name.start for name in names if name.surety is Surety.FULL)
    return next(filter(None, (_sign_of(case, small, name, full, needed) for name in names)), Sign.NONE)


def _sign_of(case: str, small: str, name: Name, full: list[int], needed: Mapping[Surety, int]) -> Sign:
    start, end = name.start, name.end
    around = Surroundings(
        before=small[max(0, start - BESIDE) : start],
        name=small[start:end],
        after=small[end : end + BESIDE],
        around=f"{small[max(0, start - BEFORE) : start]} | {small[end : end + AFTER]}",
        following=small[end : end + AFTER],
        written_before=case[max(0, start - BESIDE) : start],
        written_after=case[end : end + BESIDE],
        names=bisect_left(full, start + BEFORE) - bisect_right(full, start - BEFORE),
    )
    surety = Surety.FULL if name.surety is Surety.LIKELY and is_named_as_person(around) else name.surety
    least = needed[surety]
    found = list(supporting(around))
    if _sum(found) < least or _sum(found) + _sum(countering(around)) < least:
        return Sign.NONE
    return next(sign for sign in _ORDER if any(each.sign is sign for each in found))


def _sum(found: Iterable[Evidence]) -> int:
    return sum(each.points for each in found)


def _small(text: str) -> str:
    """In small letters, of the same length."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
