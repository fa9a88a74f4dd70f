"""Whether a text tells of a certain patient or client, and by which kind of sign.

A name alone is ordinary text, and so are an illness, an age, a phone number and an address. Refused is a name together
with what nobody writes of a colleague: a date of birth, an illness that they have, the role of patient, a home.
"""

from __future__ import annotations

import enum
import re

from knowledge.patients.names import Name, names_in
from knowledge.patients.signs import (
    ADDRESS,
    AGE,
    BARE_DATE,
    BIRTH_DATE,
    BIRTH_YEAR,
    CLIENT,
    HEALTH,
    LIVES,
    NUMBER,
    PATIENT,
    PROFESSION,
    RELATIVE,
    SUFFERS,
    TREATED,
)

BESIDE = 30
"""Characters between a name and what is said of its bearer, at most."""
AROUND = 90
"""How far an address or an illness may stand from the name."""
WITHIN = 60
"""How far a date of birth may stand from the word for a patient, where no name is written."""


class Sign(enum.StrEnum):
    """What gives a person away; NONE where nothing does."""

    NONE = ""
    NUMBER = "patient_number"
    BIRTH_DATE = "birth_date"
    PATIENT = "patient_name"
    HEALTH = "health"
    ADDRESS = "address"


def sign_in(text: str) -> Sign:
    """The first sign that is found. The text may be of any length; what is told stays in one line or paragraph."""
    for line in text.splitlines():
        plain = " ".join(line.split())
        if sign := _sign_in_line(plain):
            return sign
    return Sign.NONE


def _sign_in_line(line: str) -> Sign:
    if NUMBER.search(line):
        return Sign.NUMBER
    for found in PATIENT.finditer(line):
        if BIRTH_DATE.search(line, found.end(), found.end() + WITHIN):
            return Sign.BIRTH_DATE
    return next(filter(None, (_sign_of(line, name) for name in names_in(line))), Sign.NONE)


def _sign_of(line: str, name: Name) -> Sign:
    """What a name's surroundings tell."""
    before, after = line[max(0, name.start - BESIDE) : name.start], line[name.end : name.end + BESIDE]
    around = line[max(0, name.start - AROUND) : name.end + AROUND]
    is_ill = bool(HEALTH.search(around))
    # A title with a capital letter looks like a part of the name.
    works = bool(PROFESSION.search(before) or PROFESSION.search(f"{line[name.start :].split(' ', 1)[0]} "))
    if BIRTH_DATE.search(line if is_ill and name.is_sure else after) or (
        is_ill and not works and (BARE_DATE.search(after) or BIRTH_YEAR.search(after))
    ):
        return Sign.BIRTH_DATE
    if _is_patient(name, before, is_ill=is_ill, has_age=bool(AGE.search(around))):
        return Sign.PATIENT
    if not is_ill or name.is_lower or works:
        return Sign.NONE
    if _is_spoken_of(before, after) or SUFFERS.search(after) or (name.is_sure and _is_cared_for(after, around)):
        return Sign.HEALTH
    return Sign.ADDRESS if name.is_sure and ADDRESS.search(after) else Sign.NONE


def _is_patient(name: Name, before: str, *, is_ill: bool, has_age: bool) -> bool:
    """Whether the word right before the name says so; a client may be a company's, a patient is nobody else's."""
    if _ends_with(PATIENT, before):
        return name.is_sure or has_age
    return _ends_with(CLIENT, before) and (is_ill or has_age)


def _is_cared_for(after: str, around: str) -> bool:
    return bool(LIVES.search(after) or TREATED.search(around))


def _is_spoken_of(before: str, after: str) -> bool:
    """As one speaks of those who are cared for: by their age, or as one's own."""
    return bool(
        AGE.search(before) or AGE.match(after) or AGE.match(after.lstrip(" ,(")) or _ends_with(RELATIVE, before)
    )


def _ends_with(pattern: re.Pattern[str], before: str) -> bool:
    """Whether the text before a name ends with the word, but for what joins the two ("potilas on")."""
    ends = [match.end() for match in pattern.finditer(before)]
    return bool(ends) and all(word in _JOINING for word in before[ends[-1] :].strip(" ,:(").lower().split())


_JOINING = frozenset(
    {"on", "nimeltä", "nimi", "heter", "är", "vid", "namn", "is", "called", "name", "named", "a", "the"}
)
