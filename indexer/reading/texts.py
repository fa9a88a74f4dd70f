"""Markdown and plain text files."""

from __future__ import annotations

import re

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.front_matter import first_of, parse_date, split_front_matter
from indexer.reading.markdown import markdown_blocks
from indexer.reading.titles import choose_title

_BLANK = re.compile(r"\n[^\S\n]*\n+")


def decode(content: bytes) -> str:
    """The text, in UTF-8 or UTF-16 with a mark, else as Windows in Western Europe writes it."""
    for encoding in ("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def read_markdown(content: bytes, stem: str) -> ReadDocument:
    """A Markdown file with what its front matter says of it."""
    fields, text = split_front_matter(decode(content))
    blocks = markdown_blocks(text)
    return ReadDocument(
        choose_title(first_of(fields, "title", "otsikko", "rubrik"), blocks, stem),
        first_of(fields, "publisher", "author", "authors", "organisation", "organization"),
        parse_date(first_of(fields, "date", "published", "updated", "modified", "created")),
        tuple(blocks),
        _web_address(first_of(fields, "url", "canonical_url", "link", "source")),
    )


def read_plain(content: bytes, stem: str) -> ReadDocument:
    """A text file: what stands between blank lines is a paragraph, its lines as they are."""
    pieces = (piece.strip("\n") for piece in _BLANK.split(decode(content)))
    blocks = tuple(Block(BlockKind.PARAGRAPH, piece.strip()) for piece in pieces if piece.strip())
    return ReadDocument(choose_title("", blocks, stem), "", None, blocks)


def _web_address(value: str) -> str:
    return value if value.startswith(("https://", "http://")) else ""
