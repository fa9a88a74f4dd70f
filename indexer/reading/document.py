"""What reading a document gives: its title, where it comes from, and its text in blocks."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class BlockKind(enum.StrEnum):
    """What a block of text is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that stands together, on one page.

    `text` is verbatim but for white space, for Markdown's own marks and for hyphens at line ends. A table is lines of
    `| cell | cell |`, the column names first. `page` is 1-based, None where the format has no pages.
    `level` is a heading's rank from 1 (outermost), and 0 for everything else.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read. `publisher` is empty and `published` None where it does not say.

    `url` is where it says it is published, or empty. `notes` are sentences for an admin about
    what could not be read of it.
    """

    title: str
    publisher: str
    published: date | None
    blocks: tuple[Block, ...]
    url: str = ""
    notes: tuple[str, ...] = ()
