"""Word lists kept as data, each made into one pattern whose time does not grow with the length of the list.

A line of `words/NAME.txt` is the beginning of a word or phrase; `=` before it means the whole word, `*` that it
may also stand inside or at the end of a compound. Lines that begin with `#` are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("words")
_END = ""
_Tree = dict[str, "_Tree"]


@cache
def words(*names: str) -> re.Pattern[str]:
    """The pattern of some lists. It finds text in small letters only, with white space as single spaces."""
    files = ((_WORDS / f"{name}.txt").read_text(encoding="utf-8") for name in names)
    lines = (line.strip() for text in files for line in text.splitlines())
    entries = [line for line in lines if line and not line.startswith("#")]
    whole = [entry[1:] for entry in entries if entry.startswith("=")]
    inside = [entry[1:] for entry in entries if entry.startswith("*")]
    beginning = [entry for entry in entries if entry[0] not in "=*"]
    kinds = [rf"\b{one_of(beginning)}\w*" if beginning else "", rf"\b{one_of(whole)}(?!\w)" if whole else ""]
    kinds.append(rf"{one_of(inside)}" if inside else "")
    return re.compile("|".join(filter(None, kinds)))


def one_of(stems: Iterable[str]) -> str:
    """A pattern for any of the stems in which what they begin with in common is looked at once."""
    tree: _Tree = {}
    for stem in stems:
        node = tree
        for letter in stem:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _pattern(tree)


def _pattern(tree: _Tree) -> str:
    branches = [re.escape(letter) + _pattern(rest) for letter, rest in sorted(tree.items()) if letter != _END]
    if not branches:
        return ""
    if len(branches) == 1 and _END not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if _END in tree else ''}"
