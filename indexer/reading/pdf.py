"""PDF files, page by page."""

from __future__ import annotations

from indexer.reading import failures
from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.extraction import extract
from indexer.reading.front_matter import parse_date
from indexer.reading.titles import choose_title


def read_pdf(content: bytes, stem: str) -> ReadDocument:
    """A PDF file; raises ReadFailure where its pages are pictures."""
    result = extract(content, "application/pdf")
    blocks = [
        Block(BlockKind.PARAGRAPH, page["content"].strip(), page["page_number"])
        for page in result.pages or []
        if page["content"].strip()
    ]
    if not blocks:
        raise failures.picture_only()
    told = result.metadata
    return ReadDocument(
        choose_title(told.get("title") or "", blocks, stem),
        ", ".join(told.get("authors") or []),
        parse_date(told.get("created_at") or told.get("modified_at") or ""),
        tuple(blocks),
    )
