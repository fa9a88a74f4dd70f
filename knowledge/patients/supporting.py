"""What tells that somebody who is named is a patient or client, and how much.

Each group counts once, with the most that it has. The weights follow one thought: what is never said of a colleague
(the role of patient, a date of birth) nearly suffices alone; what may be (an age, an illness as a topic) needs others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.patients import signs
from knowledge.patients.evidence import Evidence, Sign, Surroundings
from knowledge.patients.lexicon import words
from knowledge.patients.roles import role

KINDS = ("illnesses", "symptoms", "medicines", "care", "social", "body")
"""Lists of what somebody may have or get. A topic of work is mostly of one kind, a case of several."""
_APPOSED, _OWNED = re.compile(r"\s?[,:;–-] ?"), re.compile(" ")
_MOST_KINDS = 3
_NEAR = 40
_OTHERS = ("functioning", "hints", "patients", "clients", "relatives", "kin", "titles", "introductions", "possessions")
_DIGIT = re.compile(r"\d")


def supporting(around: Surroundings) -> Iterator[Evidence]:
    """All that is found."""
    if not (words(*KINDS, *_OTHERS).search(around.around) or _DIGIT.search(around.around)):
        return  # Most names in documents stand among nothing that is looked for below.
    personal = [found for group in _PERSONAL if (found := group(around))]
    others = [found for group in (_birth, _contact) if (found := group(around))]
    yield from personal
    yield from others
    # Where nothing is told of anybody, an illness is a topic, however many of its sides are named.
    if kinds := sum(1 for kind in KINDS if words(kind).search(around.around)):
        yield Evidence(min(kinds, _MOST_KINDS) if personal else 1)
    if (personal or others or kinds) and signs.PRONOUN.search(around.following):
        yield Evidence(1)  # Somebody is told of, not only named.


def _beside(around: Surroundings) -> Evidence | None:
    """An illness right after a comma or colon, or right after a genitive ("Maija Virtasen haava"), is its bearer's."""
    joint = _APPOSED.match(around.after) or (_OWNED.match(around.after) if around.name.endswith(("n", "s")) else None)
    if not joint:
        return None
    rest = around.after[joint.end() :]
    word = rest.partition(" ")[0]
    found = words(*KINDS).match(rest) or words(*KINDS).search(word)
    return Evidence(1) if found and not _is_of_a_thing(word, rest[max(found.end(), len(word)) :]) else None


def _is_of_a_thing(word: str, following: str) -> bool:
    next_word = following.lstrip(" -").partition(" ")[0]
    return bool(words("things").search(word, 1) or words("things").search(next_word))


def _birth(around: Surroundings) -> Evidence | None:
    if signs.BIRTH_DATE.search(around.after[:_NEAR]):
        return Evidence(4, Sign.BIRTH_DATE)  # A full date of birth is not told of a speaker.
    if signs.BARE_DATE.search(around.after) or signs.BIRTH_DATE.search(around.around):
        return Evidence(2, Sign.BIRTH_DATE)  # Minutes and articles have dates beside names too.
    if signs.BIRTH_YEAR.search(around.after[:_NEAR]):
        return Evidence(1, Sign.BIRTH_DATE)  # Researchers and artists have one in brackets too.
    return None


def _contact(around: Surroundings) -> Evidence | None:
    if signs.ADDRESS.search(around.after):
        return Evidence(2, Sign.ADDRESS)  # Events and offices have one too, but seldom right after a name.
    return Evidence(1) if signs.PHONE.search(around.after) else None


def _age(around: Surroundings) -> Evidence | None:
    if signs.AGE_AFTER.search(around.after) or signs.AGE_BEFORE.search(around.before):
        return Evidence(2)  # Those who are cared for are introduced by it.
    return Evidence(1) if signs.AGE.search(around.around) else None


def _own(around: Surroundings) -> Evidence | None:
    """An illness or help told as theirs."""
    if (verb := signs.HAVING_AFTER.search(around.after)) and _is_matter(around.after[verb.end() :]):
        return Evidence(3)  # They are the verb's subject.
    if (verb := signs.IS_OR_HAS.search(around.after)) and _is_matter(signs.clause(around.after[verb.end() :])):
        return Evidence(2)
    if signs.TREATED.search(around.around) or any(map(_is_matter, _told(f"{around.before} | {around.following}"))):
        return Evidence(2)
    return None


def _told(text: str) -> Iterator[str]:
    """What stands right after each verb of having."""
    for verb in signs.HAVING.finditer(text):
        yield text[verb.end() : verb.end() + _NEAR]


def _is_matter(text: str) -> bool:
    return bool(words(*KINDS).search(text))


def _state(around: Surroundings) -> Evidence | None:
    """What they do or cannot do."""
    if not (found := words("functioning").search(around.around)):
        return None
    return Evidence(3 if around.after.lstrip(" ,").startswith(found[0]) else 2)


def _hint(around: Surroundings) -> Evidence | None:
    return Evidence(1) if words("hints").search(around.around) else None


def _measured(around: Surroundings) -> Evidence | None:
    return Evidence(2) if signs.MEASURED.search(around.around) else None  # A value is measured of one person.


def _room(around: Surroundings) -> Evidence | None:
    return Evidence(1) if signs.ROOM.search(around.around) else None


_PERSONAL = (role, _age, _beside, _own, _state, _hint, _measured, _room)
