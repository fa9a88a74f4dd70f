"""Names of persons in running text: a first name that is common among those who write here, and a surname.

A name alone is never refused, only what stands around it decides. First names that, written small, are most often
something else ("onni", "rose") carry a star in the list: they are names only with a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("first_names.txt")
_UPPER, _LOWER = "A-ZÅÄÖÉÜŠŽ", "a-zåäöéüšž"
_SURNAME = (
    rf"(?:[{_UPPER}][{_LOWER}]{{0,20}}[- ])?(?:(?:af|von|de) )?[{_UPPER}][{_LOWER}]{{2,}}(?:-[{_UPPER}][{_LOWER}]+)?"
)
_WRITTEN = re.compile(
    # Looked at from every word, so that a capital letter before a name ("Potilas Maija Virtanen") cannot swallow it.
    rf"(?<!\w)(?=([{_UPPER}][{_LOWER}]+(?:-[{_UPPER}]?[{_LOWER}]+)? {_SURNAME})(?!\w))"
)
_INITIALS = re.compile(rf"(?<!\w)[{_UPPER}]\. ?[{_UPPER}]\.(?! ?[{_UPPER}]\.)")
_IN_LOWER_CASE = re.compile(rf"(?<!\w)([{_LOWER}]{{2,}}) (?=([{_LOWER}]{{3,}})(?!\w))")


@dataclass(frozen=True, slots=True)
class Name:
    """Where something like a name stands. `is_sure` tells that its first part is a known first name."""

    start: int
    end: int
    is_sure: bool
    is_lower: bool = False


def names_in(text: str) -> Iterator[Name]:
    """All of them, in no order. White space in the text is single spaces."""
    for match in _WRITTEN.finditer(text):
        yield Name(*match.span(1), is_sure=_is_first(match[1].split(" ")[0]))
    for match in _INITIALS.finditer(text):
        yield Name(*match.span(), is_sure=False)
    for match in _IN_LOWER_CASE.finditer(text):
        if _first_names().get(match[1]):
            yield Name(match.start(1), match.end(2), is_sure=True, is_lower=True)


def _is_first(word: str) -> bool:
    return word.partition("-")[0].lower() in _first_names()


@cache
def _first_names() -> Mapping[str, bool]:
    """Each, in small letters, with whether it is a name in small letters too."""
    names = _FILE.read_text(encoding="utf-8").lower().split()
    return {name.rstrip("*"): not name.endswith("*") for name in names}
