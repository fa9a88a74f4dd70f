"""What Office files have in common: they are opened alike, and say alike who wrote them and when."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from lzma import LZMAError
from typing import Protocol, TypeVar
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from docx.exceptions import PythonDocxError
from lxml.etree import LxmlError
from pptx.exc import PythonPptxError

from indexer.reading import failures
from indexer.reading.document import Block, ReadDocument
from indexer.reading.titles import choose_title
from indexer.reading.zips import check_zip

T = TypeVar("T")
_UNUSABLE = (
    *(BadZipFile, zlib.error, LZMAError, EOFError, ParseError, LxmlError, PythonDocxError, PythonPptxError),
    *(KeyError, IndexError, ValueError, OSError, AttributeError, TypeError, AssertionError, NotImplementedError),
)
"""What the readers raise over files that hold something else than their kind should."""
_PROGRAMS = frozenset({"python-docx", "Steve Canny", "PptxGenJS", "Microsoft Office User", "Windows User", "openpyxl"})
"""Authors that programs write on their own."""


class Properties(Protocol):
    """What an Office file says of itself."""

    title: str
    author: str
    created: datetime | None
    modified: datetime | None


def open_package(content: bytes, reader: Callable[[io.BytesIO], T]) -> T:
    """The file as the reader of its kind opens it; raises ReadFailure."""
    check_zip(content)
    try:
        return reader(io.BytesIO(content))
    except _UNUSABLE as error:
        raise failures.damaged() from error


def as_document(told: Properties, blocks: Sequence[Block], stem: str) -> ReadDocument:
    """The blocks with what the file says of itself."""
    return ReadDocument(choose_title(told.title or "", blocks, stem), person(told.author), _day(told), tuple(blocks))


def person(author: str) -> str:
    """The author, unless that is a program."""
    return "" if author in _PROGRAMS else author.strip()


def _day(told: Properties) -> date | None:
    moment = told.modified or told.created
    return moment.date() if moment else None
