"""What every kind of source offers: a list of what is in it, and the bytes of one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.reading.document import Block, BlockKind, ReadDocument
from knowledge.model import Document, UseCase


@dataclass(frozen=True, slots=True)
class Item:
    """Something a source holds.

    `key` names it inside the source (relative path, URL, use-case id). `revision` is a cheap mark that changes with
    the content: size and time of a file, ETag or date of a page as last seen (empty where unknown), hash of a row.
    `url` is what a reader can open, or empty.
    """

    key: str
    revision: str
    url: str


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One use case as its catalogue tells it. `text` is what is cut into passages, a line per paragraph."""

    key: str
    title: str
    organisation: str
    stage: str
    topics: tuple[str, ...]
    contact: str
    url: str
    text: str

    def use_case(self, document: Document) -> UseCase:
        """What is kept of it beside its passages."""
        return UseCase(document.id, self.title, self.organisation, self.stage, self.topics, self.contact, self.url)

    def as_document(self) -> ReadDocument:
        """The use case as a document of paragraphs, without pages; its headings say whose it is and what about."""
        above = [line for line in (self.organisation, ", ".join(self.topics)) if line]
        headings = [Block(BlockKind.HEADING, line, None, level) for level, line in enumerate(above, 1)]
        lines = [line.strip() for line in self.text.split("\n") if line.strip()]
        blocks = (*headings, *(Block(BlockKind.PARAGRAPH, line) for line in lines))
        return ReadDocument(self.title, self.organisation, None, blocks, self.url)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of an item. `name` is a file name whose extension tells the type; `revision` the mark to remember.

    `row` is set for a use case and `answer` for a person's answer, whose `content` is canonical JSON and needs no
    reader. `title` is what the source calls it, empty where its own title holds.
    """

    content: bytes
    name: str
    revision: str
    row: CatalogueRow | None = None
    title: str = ""
    answer: ReadDocument | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The item is as it was at the revision asked about; `revision` is the mark to remember now."""

    revision: str


class SourceReader(Protocol):
    """Access to one source, for one synchronisation."""

    def list(self) -> Sequence[Item]:
        """What the source holds, in order of key; raises ListingError where that cannot be known."""
        ...

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:
        """The item's bytes, or NotModified where it is certain that they are those of `known_revision`.

        Raises FetchFailure.
        """
        ...
