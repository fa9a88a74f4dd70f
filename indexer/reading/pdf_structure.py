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
    for node in _nodes(result):
        page = pages.setdefault(node["page"], PageStructure())
        told = node["content"]
        if told["node_type"] != "heading":
            page.widths |= _widths(told["text"])
        else:
            page.headings[squeezed(told["text"])] = told["level"]
            if _has_gaps(told["text"], node.get("bbox")):
                page.columns.add(squeezed(told["text"]))
    return pages


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
