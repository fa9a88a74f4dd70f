"""HTML pages: their main text, without menus and banners."""

from __future__ import annotations

from indexer.reading.document import ReadDocument
from indexer.reading.extraction import extract
from indexer.reading.front_matter import first_of, parse_date, split_front_matter
from indexer.reading.markdown import markdown_blocks
from indexer.reading.titles import choose_title


def read_webpage(content: bytes, stem: str) -> ReadDocument:
    """An HTML page with what its head says of it."""
    result = extract(content, "text/html")
    fields, text = split_front_matter(result.content)
    blocks = markdown_blocks(text)
    return ReadDocument(
        choose_title(first_of(fields, "title"), blocks, stem),
        first_of(fields, "meta-author"),
        parse_date(first_of(fields, "meta-dcterms.date")),
        tuple(blocks),
    )
