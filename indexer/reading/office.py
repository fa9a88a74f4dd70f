"""Word and PowerPoint files."""

from __future__ import annotations

import re

from kreuzberg import ExtractionResult

from indexer.reading.document import Block, ReadDocument
from indexer.reading.extraction import PAGE_MARK, extract
from indexer.reading.front_matter import parse_date
from indexer.reading.markdown import markdown_blocks
from indexer.reading.titles import choose_title
from indexer.reading.zips import check_zip

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_MARK = re.compile(rf"^{PAGE_MARK}(\d+)$", re.MULTILINE)


def read_word(content: bytes, stem: str) -> ReadDocument:
    """A Word file; it has no pages until somebody prints it."""
    check_zip(content)
    result = extract(content, _WORD)
    return _document(result, markdown_blocks(_MARK.sub("", result.content)), stem)


def read_slides(content: bytes, stem: str) -> ReadDocument:
    """A PowerPoint file, a page per slide."""
    check_zip(content)
    result = extract(content, _SLIDES)
    parts = _MARK.split(result.content)
    blocks = [block for at in range(1, len(parts), 2) for block in markdown_blocks(parts[at + 1], int(parts[at]))]
    return _document(result, blocks, stem)


def _document(result: ExtractionResult, blocks: list[Block], stem: str) -> ReadDocument:
    told = result.metadata
    return ReadDocument(
        choose_title(told.get("title") or "", blocks, stem),
        ", ".join(told.get("authors") or []),
        parse_date(told.get("modified_at") or told.get("created_at") or ""),
        tuple(blocks),
    )
