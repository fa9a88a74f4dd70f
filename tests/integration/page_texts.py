"""The text of each page, read by other means than the indexer's: what quotes are held against."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdf

Pages = dict[int | None, str]
"""By page number from 1; all text under None where the format has no pages."""
_MARKS = re.compile(r"[\s|*_`#>\\~•\x02\x7f\u00ad\u2010\u2011-]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def bare(text: str) -> str:
    """The text without white space, hyphens, bullets, tags, the bars of tables and the marks of Markdown."""
    return _MARKS.sub("", _TAG.sub("", text))


def page_texts(path: Path) -> Pages:
    """What stands on each page of the file."""
    return _READERS[path.suffix](path.read_bytes())


def _pdf(content: bytes) -> Pages:
    return {number: page.extract_text() for number, page in enumerate(pypdf.PdfReader(io.BytesIO(content)).pages, 1)}


def _word(content: bytes) -> Pages:
    return {None: _xml_text(content, "word/document.xml", "word/footnotes.xml", "word/endnotes.xml")}


def _slides(content: bytes) -> Pages:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        numbers = [int(found[1]) for name in archive.namelist() if (found := _SLIDE.fullmatch(name))]
    return {number: _xml_text(content, f"ppt/slides/slide{number}.xml", _notes(content, number)) for number in numbers}


def _notes(content: bytes, number: int) -> str:
    """Where a slide's notes lie, an empty name where it has none."""
    relations = f"ppt/slides/_rels/slide{number}.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = re.search(rb"notesSlides/notesSlide\d+\.xml", archive.read(relations))
    return f"ppt/{found[0].decode()}" if found else ""


def _xml_text(content: bytes, *names: str) -> str:
    """Everything between the tags of these parts, where they exist."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in names if name in archive.namelist()]
    return " ".join("".join(ET.fromstring(part).itertext()) for part in parts)  # noqa: S314 - our own files


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def _webpage(content: bytes) -> Pages:
    parser = _Text()
    parser.feed(content.decode())
    return {None: parser.text}


def _markdown(content: bytes) -> Pages:
    text = content.decode("utf-8-sig")
    return {None: _LINK.sub(r"\1", _IMAGE.sub("", text))}


_READERS: dict[str, Callable[[bytes], Pages]] = {
    ".pdf": _pdf,
    ".docx": _word,
    ".pptx": _slides,
    ".html": _webpage,
    ".md": _markdown,
}
