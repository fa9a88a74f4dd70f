"""Finds what stands on a printed page beside its text: running headers and footers, and page numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

EDGE = 3
"""Lines at the top and at the bottom of a page among which furniture is looked for."""
OFTEN = 0.5
"""Share of the pages on which a line must come back to be furniture."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:(?:page|sivu|sida|s\.|p\.)\s*)?(?P<page>\d{1,4})\s*(?:[(/]\s*\d{1,4}\s*\)?|(?:of|av|/)\s*\d{1,4})?"
    r"(?:\s*[-–—|])?",
    re.IGNORECASE,
)


def drop_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages' lines without running headers, footers and page numbers."""
    shapes = Counter(shape for lines in pages for shape in {_shape(lines[at]) for at in _edges(lines)})
    needed = max(2, math.ceil(OFTEN * len(pages)))
    running = {shape for shape, count in shapes.items() if count >= needed and _DIGITS.sub("", shape).strip("# ")}
    offset = _numbering(pages)
    return [_kept(lines, page, running, offset) for page, lines in enumerate(pages, 1)]


def _kept(lines: Sequence[str], page: int, running: set[str], offset: int | None) -> list[str]:
    edges = _edges(lines)
    return [
        line
        for at, line in enumerate(lines)
        if at not in edges or not (_shape(line) in running or (offset is not None and _number(line) == page + offset))
    ]


def _numbering(pages: Sequence[Sequence[str]]) -> int | None:
    """What most pages' numbers differ by from their order, None where pages bear no numbers."""
    offsets = Counter(offset for page, lines in enumerate(pages, 1) for offset in _offsets(lines, page))
    best = offsets.most_common(1)
    return best[0][0] if best and best[0][1] >= max(2, math.ceil(OFTEN * len(pages))) else None


def _offsets(lines: Sequence[str], page: int) -> set[int]:
    numbers = (_number(lines[at]) for at in _edges(lines))
    return {number - page for number in numbers if number is not None}


def _edges(lines: Sequence[str]) -> set[int]:
    count = len(lines)
    return set(range(min(EDGE, count))) | set(range(max(0, count - EDGE), count))


def _shape(line: str) -> str:
    """The line with its numbers made alike."""
    return _DIGITS.sub("#", " ".join(line.split()))


def _number(line: str) -> int | None:
    found = _NUMBER.fullmatch(line.strip())
    return int(found["page"]) if found else None
