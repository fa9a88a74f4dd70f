"""Which reader a file goes to, told by the extension of its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from indexer.reading import failures
from indexer.reading.document import ReadDocument
from indexer.reading.kinds import READABLE
from indexer.reading.letters import plain_letters
from indexer.reading.mail import read_mail
from indexer.reading.pdf import read_pdf
from indexer.reading.sheets import read_workbook
from indexer.reading.slides import read_slides
from indexer.reading.texts import read_markdown, read_plain
from indexer.reading.webpage import read_webpage
from indexer.reading.word import read_word

_READERS: dict[str, Callable[[bytes, str], ReadDocument]] = {
    ".pdf": read_pdf,
    ".docx": read_word,
    ".pptx": read_slides,
    ".xlsx": read_workbook,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".eml": read_mail,
}


def read_bytes(content: bytes, name: str) -> ReadDocument:
    """The document in these bytes; raises ReadFailure, and MemoryError where the limit is met."""
    path = PurePosixPath(name)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise failures.unsupported(path.suffix.lower(), ", ".join(sorted(READABLE)))
    read = reader(content, path.stem)
    if _is_too_much(read, len(content)):
        raise failures.too_much_text()
    document = _in_plain_letters(read)
    if not any(block.text.strip() for block in document.blocks):
        raise failures.empty()
    return document


def _is_too_much(document: ReadDocument, size: int) -> bool:
    """Whether a file of so many bytes gives more text than whoever asked can be expected to hold."""
    characters = sum(len(block.text) for block in document.blocks)
    return characters > max(failures.MOST_TEXT, size) or len(document.blocks) > failures.MOST_BLOCKS


def _in_plain_letters(document: ReadDocument) -> ReadDocument:
    return replace(
        document,
        title=plain_letters(document.title),
        publisher=plain_letters(document.publisher),
        url=plain_letters(document.url),
        blocks=tuple(replace(block, text=plain_letters(block.text)) for block in document.blocks),
    )
