"""A document's title: what it says of itself, unless that is a program's habit; else its first heading or its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.reading.document import Block, BlockKind

LONGEST = 300
_HABIT = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|(?:powerpoint )?presentation|(?:power ?point)?-?esitys|untitled.*|"
    r"\(?(?:unspecified|anonymous)\)?|document ?\d*|asiakirja ?\d*|dokument ?\d*|dia ?\d*|slide ?\d*|"
    r".*\.(?:docx?|pptx?|xlsx?|pdf|indd))",
    re.IGNORECASE,
)


def choose_title(told: str, blocks: Sequence[Block], stem: str) -> str:
    """The title told by the document, else its first heading of the highest rank, else its file name in words."""
    told = " ".join(told.split())
    if told and not _HABIT.fullmatch(told):
        return told[:LONGEST]
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if headings:
        return min(headings, key=lambda block: block.level).text[:LONGEST]
    return " ".join(re.sub(r"[_-]+", " ", stem).split()) or stem
