"""PowerPoint files: a page per slide, its title as heading, then texts, tables, diagrams and the speaker's notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pptx
from lxml.etree import _Element
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.text.text import TextFrame

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.markdown import table_text
from indexer.reading.package import as_document, open_package

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER}
_LINE_BREAK = re.compile(r"[\v\n]\s*")
_SMALL = re.compile(r"[a-zåäöéüæø]")


def read_slides(content: bytes, stem: str) -> ReadDocument:
    """A PowerPoint file; hidden slides are counted but not read."""
    return open_package(content, lambda stream: _read(pptx.Presentation(stream), stem))


def _read(deck: Presentation, stem: str) -> ReadDocument:
    blocks = [
        block
        for number, slide in enumerate(deck.slides, 1)
        if slide.element.get("show") != "0"
        for block in _slide_blocks(slide, number)
    ]
    return as_document(deck.core_properties, blocks, stem)


def _slide_blocks(slide: Slide, page: int) -> Iterator[Block]:
    shapes = list(_flat(slide.shapes))
    titles = [shape for shape in shapes if isinstance(shape, Shape) and _role(shape) in _TITLES]
    for titled in titles:
        title = _on_one_line(titled.text_frame)
        yield from [Block(BlockKind.HEADING, title, page, 1)] if title else []
    for shape in shapes:
        if shape not in titles and _role(shape) not in _FURNITURE:
            yield from (Block(kind, text, page) for kind, text in _content(shape))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
        notes = _lines(slide.notes_slide.notes_text_frame)
        yield from (Block(BlockKind.PARAGRAPH, text, page) for _, text in notes)


def _flat(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Shapes in reading order, groups opened."""
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _role(shape: BaseShape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _content(shape: BaseShape) -> Iterator[tuple[BlockKind, str]]:
    if isinstance(shape, GraphicFrame) and shape.has_table:
        text = table_text([[_on_one_line(cell.text_frame) for cell in row.cells] for row in shape.table.rows])
        yield from [(BlockKind.TABLE, text)] if text else []
    elif isinstance(shape, Shape):
        for is_item, text in _lines(shape.text_frame):
            yield (BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH), text
    else:
        yield from ((BlockKind.PARAGRAPH, text) for text in _diagram(shape))


def _on_one_line(frame: TextFrame) -> str:
    return " ".join(text.replace("\n", " ") for _, text in _lines(frame))


def _lines(frame: TextFrame) -> list[tuple[bool, str]]:
    """The paragraphs that hold text, each with whether it is one of a list."""
    texts = [(paragraph.level > 0, _mended(paragraph.text)) for paragraph in frame.paragraphs]
    filled = [(is_deep, text) for is_deep, text in texts if text]
    return [(is_deep or len(filled) > 1, text) for is_deep, text in filled]


def _mended(text: str) -> str:
    """Lines broken to fit the slide joined, lines that begin anew kept."""
    lines = [" ".join(line.split()) for line in _LINE_BREAK.split(text)]
    mended: list[str] = []
    for line in filter(None, lines):
        if mended and _SMALL.match(line):
            mended[-1] = f"{mended[-1]} {line}"
        else:
            mended.append(line)
    return "\n".join(mended)


def _diagram(shape: BaseShape) -> Iterator[str]:
    """The texts of a SmartArt diagram, which lie in a part of their own."""
    marks = [each.get(qn("r:dm"), "") for each in shape.element.iter() if each.get(qn("r:dm"))]
    for mark in marks:
        relation = shape.part.rels.get(mark)
        if relation is not None and relation.reltype == RELATIONSHIP_TYPE.DIAGRAM_DATA and not relation.is_external:
            yield from _diagram_texts(parse_xml(relation.target_part.blob))


def _diagram_texts(data: _Element) -> Iterator[str]:
    for paragraph in data.iter(qn("a:p")):
        text = " ".join("".join(piece.text or "" for piece in paragraph.iter(qn("a:t"))).split())
        if text:
            yield text
