"""What the PDF extractor tells of a document beside its text: headings, columns, and how wide paragraphs are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kreuzberg import ExtractionResult

_NOT_WORD = re.compile(r"[\W_]+")
NARROW = 0.36
"""Width of a character in type heights below which a line has gaps: its box holds only the first of several columns."""


def squeezed(text: str) -> str:
    """Letters and digits alone, in lower case: what stays the same however a text was broken into lines."""
    return _NOT_WORD.sub("", text).lower()


@dataclass(slots=True)
class PageStructure:
    """One page, all keys squeezed: headings with their level, those that may name columns, and widths of paragraphs.

    `widths` maps a line and the one that follows it in the same paragraph to that paragraph's longest line.
    """

    headings: dict[str, int] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    widths: dict[tuple[str, str], int] = field(default_factory=dict)


def page_structures(result: ExtractionResult) -> Mapping[int, PageStructure]:
    """By page number from 1; pages of which nothing is told are absent."""
    pages: dict[int, PageStructure] = {}
    heading: Any = None
    for node in _nodes(result):
        page = pages.setdefault(node["page"], PageStructure())
        if node["content"]["node_type"] == "heading":
            heading = node
            _add_heading(page, node)
        else:
            page.widths |= _widths(node["content"]["text"])
            if heading and _shares_line(heading, node):
                page.headings[squeezed(node["content"]["text"])] = heading["content"]["level"]
    return pages


def _add_heading(page: PageStructure, node: Any) -> None:
    """A page's running header may stand before its heading in one node: the lines below it count by themselves too."""
    lines = node["content"]["text"].splitlines()
    for first in range(len(lines)):
        page.headings.setdefault(squeezed("".join(lines[first:])), node["content"]["level"])
    if _has_gaps(node["content"]["text"], node.get("bbox")):
        page.columns.add(squeezed(node["content"]["text"]))


def _shares_line(heading: Any, node: Any) -> bool:
    """Whether a running header took the heading's place, and the heading's own line came as text."""
    upper, lower = heading.get("bbox"), node.get("bbox")
    if not upper or not lower or heading["page"] != node["page"] or "\n" in node["content"]["text"]:
        return False
    return bool(abs(upper["y0"] - lower["y0"]) < 1 and upper["x0"] <= lower["x0"] < upper["x1"])


def landscape_pages(result: ExtractionResult) -> set[int]:
    """The pages that are wider than high: slides."""
    told: Any = result.metadata.get("pages") or {}
    shapes = [(page["number"], page.get("dimensions") or [0, 1]) for page in told.get("pages") or []]
    return {number for number, (width, height) in shapes if width > height}


def _nodes(result: ExtractionResult) -> Iterator[Any]:
    nodes: Any = result.document["nodes"] if result.document else []
    return (node for node in nodes if node.get("page") and node["content"].get("text"))


def _widths(text: str) -> dict[tuple[str, str], int]:
    lines = [line.strip() for line in text.splitlines()]
    longest = max(map(len, lines), default=0)
    return {(squeezed(line), squeezed(after)): longest for line, after in pairwise(lines)}


def _has_gaps(text: str, box: Mapping[str, float] | None) -> bool:
    """Whether a single line is much longer than its box."""
    if box is None or "\n" in text or " " not in text:
        return False
    return (box["x1"] - box["x0"]) / len(text) < NARROW * (box["y1"] - box["y0"])
