"""Names of persons in running text: known first names and surnames in any inflection, and what looks like a name.

A name alone is never refused, only what stands around it decides; the less sure a name, the more must stand there.
First names that, written small, are most often something else ("onni", "rose") carry a star in the list: alone or in
small letters they are no names.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.patients.inflection import forms_of
from knowledge.patients.lexicon import one_of, words

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĽŁŃŅŇŊŐŌŘŚŞŠŢŤŦŪŮŰŹŻŽ"
_LOWER = "a-zà-öø-ÿāăąćčďđēęěğģīıķĺľłńņňŋőōřśşšţťŧūůűźżžơưạ-ỹ"
_WORD = rf"[{_UPPER}](?:['’][{_UPPER}])?[{_LOWER}]+(?:['’]s)?(?:[{_UPPER}][{_LOWER}]+)?(?:-[{_UPPER}]?[{_LOWER}]+)*"
_RUN = re.compile(rf"(?<!\w){_WORD}(?: (?:(?:af|von|de|van|der|bin|al|el) )?{_WORD})*(?!\w)")
_EACH = re.compile(rf"(?<![\w-]){_WORD}")
_INITIALS = re.compile(
    rf"(?<![\w.])[{_UPPER}]\. ?[{_UPPER}]\.?(?![\w.])(?! ?[{_UPPER}]\.)"
    rf"|(?<![\w.])[{_UPPER}]{{2}}(?=,? \(?\d\d ?(?:v|år|y|m|f|M|F)\b)"
)
_INITIAL = re.compile(rf" [{_UPPER}](?:\.|(?=,))")
_IN_LOWER_CASE = re.compile(rf"(?<![\w@.-])(?=([{_LOWER}]{{2,}}) ([{_LOWER}]{{3,}})(?!\w))")
_MOST_WORDS = 3
_SHORT = 3
_PLACE = re.compile(
    r"(?:katu|tie|kuja|polku|gatan|vägen|sairaala\w*|yliopisto\w*|hospital|university|street|road|lane|avenue|park|county|island|authority|company|data|services?|information|unit|index|history|wellbeing|county|boulevard|highway|oy|ab|ltd|inc|museo|koulu)$",
    re.IGNORECASE,
)
_CALLED_AFTER = re.compile(rf"-[{_LOWER}]+$")
_NAMED_AFTER = re.compile(
    r" (?:tauti|tautia|taudin|taudissa|tautiin|oireyhtymä\w*|syndrooma\w*|testi\w*|asteikko\w*|indeksi\w*"
    r"|kriteer\w+|luokitus\w*"
    r"|sjukdom\w*|syndrom\w*|skala\w*|test|disease|syndrome|scale|score|index|criteria|palsy|hospital|university|oy|oyj|ab|ltd|inc)(?!\w)",
    re.IGNORECASE,
)


class Surety(enum.Enum):
    """How sure it is that something is a person's name."""

    FULL = enum.auto()
    """A known first name beside another word of a name, in either order."""
    IN_LOWER_CASE = enum.auto()
    LIKELY = enum.auto()
    """Words with capital letters, none of them a known first name."""
    INITIALS = enum.auto()
    SINGLE = enum.auto()
    """A first name or a surname alone."""


@dataclass(frozen=True, slots=True)
class Name:
    """Where something like a name stands."""

    start: int
    end: int
    surety: Surety


def names_in(text: str) -> Iterator[Name]:
    """All of them, in no order. White space in the text is single spaces."""
    for run in _RUN.finditer(text):
        if not _NAMED_AFTER.match(text, run.end()):
            yield from _names_of_run(text, run.start(), run[0])
    for match in _INITIALS.finditer(text):
        yield Name(*match.span(), Surety.INITIALS)
    for match in _IN_LOWER_CASE.finditer(text):
        if _is_sure_in_lower_case(match[1], match[2]):
            yield Name(match.start(1), match.end(2), Surety.IN_LOWER_CASE)


def _names_of_run(text: str, offset: int, run: str) -> Iterator[Name]:
    """From every word of a row of capital letters: what stands before a name may have one too."""
    each = [(match.start() + offset, match.end() + offset, match[0]) for match in _EACH.finditer(run)]
    for place, (start, end, word) in enumerate(each):
        following = each[place + 1 : place + _MOST_WORDS]
        if not following:
            if is_first(word.lower()) and (initial := _INITIAL.match(text, end)):
                yield Name(start, initial.end(), Surety.INITIALS)
            elif (place == 0 or not is_first(each[place - 1][2].lower())) and _is_alone(text, start, word.lower()):
                yield Name(start, end, Surety.SINGLE)
        elif not any(_is_no_name(part) for _, _, part in [(start, end, word), *following]):
            is_full = is_first(word.lower()) or (is_last(word.lower()) and is_first(following[0][2].lower()))
            yield Name(start, following[-1][1], Surety.FULL if is_full else Surety.LIKELY)


def _is_no_name(word: str) -> bool:
    """A place or organisation, or something that is called after a name ("Kanta-palvelu")."""
    return bool(_PLACE.search(word) or _CALLED_AFTER.search(word))


def _is_alone(text: str, start: int, word: str) -> bool:
    """Whether one word is a name: a known one, or whatever follows a title."""
    head, _, tail = word.partition("-")
    if tail and not is_first(tail) and not is_last(tail):
        return is_first(head) and bool(words("kin").fullmatch(tail))
    known = _first_names().get(head)
    return bool(known or is_last(word) or _TITLE.search(text[max(0, start - 10) : start].lower()))


_TITLE = re.compile(
    rf"\b{one_of(('rouva', 'herra', 'neiti', 'rva', 'hra', 'fru', 'herr', 'fröken', 'mr', 'mrs', 'ms', 'miss'))}\.? $"
)


def is_first(word: str) -> bool:
    """Whether it is a known first name in any form, or a double name that begins with one."""
    return word.partition("-")[0] in _first_names() or word in _first_names()


def is_last(word: str) -> bool:
    """Whether it is a known surname in any form, or ends as most Finnish ones do."""
    head = word.partition("-")[0]
    return head in _last_names() or bool(_NEN.search(head))


_NEN = re.compile(r"\w\w(?<!l[laä])(?:[aäi]nen|[ai]se(?:n|lla|lle|lta|sta|ssa)|[äi]se(?:llä|ltä|stä|ssä))$")
"""Without the adjectives in -llinen and -lainen ("kuvitteellinen", "suomalainen")."""


def _is_sure_in_lower_case(first: str, last: str) -> bool:
    return (
        first in _in_lower_case()
        or (first in _first_names() and last in _last_names())
        or (first in _last_names() and last in _in_lower_case())
    )


@cache
def _first_names() -> Mapping[str, bool]:
    """Each in all forms, in small letters, with whether it is a name where it stands alone."""
    names = _read("first_names.txt")
    return {form: not name.endswith("*") for name in reversed(names) for form in _forms(name.rstrip("*"))}


@cache
def _in_lower_case() -> frozenset[str]:
    """Those that are names in small letters too; not inflected, as such forms are too often other words ("olin")."""
    return frozenset(name for name in _read("first_names.txt") if not name.endswith("*"))


@cache
def _last_names() -> frozenset[str]:
    return frozenset(form for name in _read("last_names.txt") for form in _forms(name))


def _forms(name: str) -> Iterator[str]:
    """Its forms, without those that are rather other words, as nearly all of a short name's are."""
    if len(name) <= _SHORT:
        return iter((name,))
    return (form for form in forms_of(name) if not words("other_words").fullmatch(form))


def _read(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").lower().split()
