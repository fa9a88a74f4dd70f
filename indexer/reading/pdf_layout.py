"""Turns the lines of a PDF page into headings, paragraphs, list items and the rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.reading.document import Block, BlockKind
from indexer.reading.pdf_lines import Joiner, ends_sentence, is_item
from indexer.reading.pdf_structure import PageStructure, squeezed

LONGEST_HEADING = 150
HEADING_LINES = 4
LONGEST_ROW = 110
LONGEST_ROW_OF_WORDS = 80
"""Rows without numbers are told from lines of text by their length alone."""
FEWEST_ROWS = 2
LAST_WORDS = 4
"""Among so many words at its end a row of a table has a number; running text has them anywhere."""
_STARTS_LARGE = re.compile(r"['\"”(]?[A-ZÅÄÖÉÜÆØ\d§]")
_BULLET = re.compile(r"[^\w\s'\"”(§]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: lines without furniture, what is told of its structure, and whether it is a slide."""

    number: int
    lines: Sequence[str]
    structure: PageStructure
    is_slide: bool


def page_blocks(page: PdfPage, joiner: Joiner) -> list[Block]:
    """The page's blocks in reading order."""
    units = _units(page, joiner)
    blocks: list[Block] = []
    at = 0
    while at < len(units):
        names_columns = squeezed(units[at].text) in page.structure.columns and _is_table_header(units[at])
        rows, after = _named_table(units, at) if names_columns else _table(units, at)
        if rows:
            header = [blocks.pop().text] if blocks and _is_table_header(blocks[-1]) else []
            blocks.append(Block(BlockKind.TABLE, "\n".join([*header, *rows]), page.number))
        else:
            blocks.append(units[at])
        at = max(after, at + 1)
    return blocks


def _units(page: PdfPage, joiner: Joiner) -> list[Block]:
    """Headings and joined lines, tables not yet told apart."""
    units: list[Block] = []
    at = 0
    while at < len(page.lines):
        level, after = _heading(page, at, units)
        if not level:
            after = at + 1
            while after < len(page.lines) and joiner.goes_on(page.lines[after - 1], page.lines[after]):
                if _heading(page, after, units)[0] and ends_sentence(page.lines[after - 1]):
                    break
                after += 1
        text = joiner.join(page.lines[at:after])
        kind = BlockKind.LIST_ITEM if is_item(text) else BlockKind.PARAGRAPH
        units.append(Block(BlockKind.HEADING if level else kind, text, page.number, level))
        at = after
    return units


def _heading(page: PdfPage, at: int, above: Sequence[Block]) -> tuple[int, int]:
    """The level of the heading that begins at this line and where it ends; level 0 where none does."""
    if page.is_slide and (at >= HEADING_LINES or (at and is_item(page.lines[at]))):
        return 0, at
    for after in range(min(at + HEADING_LINES, len(page.lines)), at, -1):
        text = " ".join(page.lines[at:after])
        level = page.structure.headings.get(squeezed(text), 0)
        if level and _is_plausible(text, page.lines[after] if after < len(page.lines) else "", above):
            return level, after
    first = page.lines[at]
    if (
        page.is_slide
        and not above
        and len(first) <= LONGEST_HEADING
        and not is_item(first)
        and not first.endswith((".", ":", ";"))
    ):
        return 2, at + 1
    return 0, at


def _is_plausible(text: str, following: str, above: Sequence[Block]) -> bool:
    """Whether large or bold type is likely to be a heading rather than stress inside running text."""
    if len(text) > LONGEST_HEADING or not _STARTS_LARGE.match(text) or _BULLET.match(text):
        return False
    if text.endswith((".", ",", ";", ":")) or following[:1].islower():
        return False
    before = above[-1] if above else None
    return before is None or before.kind is not BlockKind.PARAGRAPH or not before.text.endswith((",", "-"))


def _named_table(units: Sequence[Block], start: int) -> tuple[list[str], int]:
    """The table whose columns this unit names, and where it ends; no rows where it heads something else."""
    at = start + 1
    while at < len(units) and _may_be_row(units[at]) and len(units[at].text) <= LONGEST_ROW_OF_WORDS:
        at += 1
    return ([unit.text for unit in units[start:at]], at) if at - start > FEWEST_ROWS else ([], start)


def _table(units: Sequence[Block], start: int) -> tuple[list[str], int]:
    """The rows of a table that begins at this unit and where it ends; no rows where none does."""
    rows: list[str] = []
    pending = ""
    at = start
    while at < len(units) and _may_be_row(units[at]):
        text = f"{pending} {units[at].text}".strip()
        if _DIGIT.search(" ".join(text.split()[-LAST_WORDS:])):
            rows.append(text)
            pending = ""
        elif rows:
            pending = text
        else:
            break
        at += 1
    if pending:
        at -= 1
    return (rows, at) if len(rows) >= FEWEST_ROWS else ([], start)


def _may_be_row(unit: Block) -> bool:
    short = len(unit.text) <= LONGEST_ROW
    return unit.kind is BlockKind.PARAGRAPH and short and not ends_sentence(unit.text)


def _is_table_header(block: Block) -> bool:
    """Whether the block above a table's rows names its columns: several capitalised words or numbers on one line."""
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH} or len(block.text) > LONGEST_ROW:
        return False
    starts = [word for word in block.text.split() if _STARTS_LARGE.match(word)]
    return len(starts) > 1 and not block.text[0].isdigit() and not ends_sentence(block.text)
