"""What a name's surroundings are, and what is found in them."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from knowledge.patients.lexicon import words

_JOINING = re.compile(
    r"(?:[\s,:;(–|-]|(?<!\w)(?:on|nimeltä|nimeltään|nimi|heter|är|vid|namn|is|called|name|named|a|the|of|eli|joka|som|who)(?!\w))*$"
)
_JOINED = re.compile(
    r"^(?:[\s,:;(–-]|(?<!\w)(?:on|är|is|our|vår|a|an|en|meillä|meidän|oma|eräs|here|tässä|täällä|här|the|my|one)(?!\w))*"
)


class Sign(enum.StrEnum):
    """What gives a person away; NONE where nothing does."""

    NONE = ""
    NUMBER = "patient_number"
    BIRTH_DATE = "birth_date"
    PATIENT = "patient_name"
    HEALTH = "health"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points for or against, and which sign they are of."""

    points: int
    sign: Sign = Sign.HEALTH


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text around a name, in small letters."""

    before: str
    """Right before it."""
    name: str
    after: str
    """Right after it."""
    around: str
    """Farther away on both sides, without the name."""
    following: str
    """Farther away after it."""
    written_before: str
    written_after: str
    """These with their capital letters."""
    names: int
    """How many full names stand close by, this one among them."""

    def follows(self, *lists: str) -> bool:
        """Whether the name stands right after a word of such a list, but for what joins the two ("potilas on")."""
        befores = {_JOINING.sub("", self.before), self.before.rstrip(" ,:;(|–-")}
        return any(match_to_end(each, phrase) for each in lists for before in befores for phrase in _last_words(before))

    def is_right_after(self, *lists: str) -> bool:
        """Whether such a word stands before the name with nothing but a space between."""
        last = self.before.rstrip(" ").rpartition(" ")[2]
        return self.before.endswith(" ") and _is_word((last,), lists)

    def precedes(self, *lists: str) -> bool:
        """Whether such a word stands right after the name."""
        return _is_word(_first_words(self.after.lstrip()), lists)

    def owns(self, *lists: str) -> bool:
        """Whether the name is a genitive and such a word stands right after it."""
        first = _first_words(self.after.lstrip())[0]
        return self.name.endswith(("n", "s")) and any(words(each).search(first) for each in lists)

    def is_called(self, *lists: str) -> bool:
        """Whether something like "is our" or a comma and then such a word stands right after the name."""
        rest = _JOINED.sub("", self.after)
        return len(self.after.lstrip()) > len(rest) and _is_word(_first_words(rest), lists)


def _first_words(text: str) -> tuple[str, ...]:
    each = re.split(r"[\s,;:)(]", text, maxsplit=2)
    return (each[0], " ".join(each[:2]))


def _last_words(text: str) -> tuple[str, ...]:
    each = text.split(" ")
    return (each[-1].lstrip("(\"”'"), " ".join(each[-2:]))


def _is_word(phrases: tuple[str, ...], lists: tuple[str, ...]) -> bool:
    return any(words(each).fullmatch(phrase) for each in lists for phrase in phrases)


def match_to_end(name: str, phrase: str) -> bool:
    """Whether a phrase ends in a word of the list."""
    return any(found.end() == len(phrase) for found in words(name).finditer(phrase))
