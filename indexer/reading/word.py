"""Word files: headings by their outline level, lists, tables, text boxes and notes in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.markdown import table_text
from indexer.reading.package import as_document, open_package
from indexer.reading.word_text import note_marks, paragraph_text, text_boxes

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_VALUE, _STYLE_ID = qn("w:val"), qn("w:styleId")
_CONTENTS_STYLE = re.compile(r"toc \d|toc heading|table of figures", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading (\d)", re.IGNORECASE)
_BODY_LEVEL = 9
"""Word's outline level of running text, counted from 0."""
_LAYERS = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


def read_word(content: bytes, stem: str) -> ReadDocument:
    """A Word file; it has no pages until somebody prints it."""
    return open_package(content, lambda stream: _read(docx.Document(stream), stem))


def _read(file: WordFile, stem: str) -> ReadDocument:
    walk = _Walk(file)
    return as_document(file.core_properties, list(walk.blocks(file.element.body)), stem)


class _Walk:
    """One pass over one file."""

    def __init__(self, file: WordFile) -> None:
        self._styles = _Styles(file)
        self._notes = {(kind, id_): note for kind in _LAYERS for id_, note in _notes(file, kind)}

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """Everything inside a body, a cell, a box or a note."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                yield from self._table(child)
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        style = self._styles.of(paragraph)
        text = paragraph_text(paragraph)
        if text and not style.is_contents:
            yield self._block(paragraph, style, text)
        for box in text_boxes(paragraph):
            yield from self.blocks(box)
        for mark in note_marks(paragraph):
            yield from self.blocks(self._notes.get(mark, []))

    def _block(self, paragraph: _Element, style: _Style, text: str) -> Block:
        level = _outline(paragraph) or style.level
        if level:
            return Block(BlockKind.HEADING, text.replace("\n", " "), None, level)
        is_item = style.is_list or paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
        return Block(BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH, text)

    def _table(self, table: _Element) -> Iterator[Block]:
        rows = [_cells(row) for row in table.iter(_ROW) if next(row.iterancestors(_TABLE)) is table]
        if max((len(row) for row in rows), default=0) <= 1:
            # A frame around text, not a table.
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        text = table_text([[_cell_text(cell) for cell in row] for row in rows])
        if text:
            yield Block(BlockKind.TABLE, text)


class _Style:
    """What a paragraph style means for reading."""

    def __init__(self, name: str, level: int, *, is_list: bool) -> None:
        self.level = level
        self.is_list = is_list
        self.is_contents = bool(_CONTENTS_STYLE.match(name))


class _Styles:
    """The file's paragraph styles, each looked at once."""

    def __init__(self, file: WordFile) -> None:
        self._elements = {each.get(_STYLE_ID, ""): each for each in file.styles.element.iter(qn("w:style"))}
        self._known: dict[str, _Style] = {}

    def of(self, paragraph: _Element) -> _Style:
        told = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if told is None else told.get(_VALUE, "")
        if name not in self._known:
            self._known[name] = self._look(name)
        return self._known[name]

    def _look(self, name: str) -> _Style:
        chain = list(self._chain(name))
        names = [_name(each) for each in chain]
        levels = [int(found[1]) + 1 for each in names if (found := _HEADING_STYLE.fullmatch(each))]
        outlines = [level for each in chain if (level := _outline(each))]
        title = [1] if "title" in (each.lower() for each in names) else []
        is_list = any(each.lower().startswith("list ") for each in names) or any(
            each.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None for each in chain
        )
        return _Style(names[0] if names else "", [*levels, *outlines, *title, 0][0], is_list=is_list)

    def _chain(self, name: str) -> Iterator[_Element]:
        """The style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while name in self._elements and name not in seen:
            seen.add(name)
            yield self._elements[name]
            base = self._elements[name].find(qn("w:basedOn"))
            name = "" if base is None else base.get(_VALUE, "")


def _name(style: _Element) -> str:
    told = style.find(qn("w:name"))
    return "" if told is None else told.get(_VALUE, "")


def _outline(holder: _Element) -> int:
    """The rank that a paragraph or a style sets itself, from 2, as 1 is the title's; 0 for running text."""
    told = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    level = _BODY_LEVEL if told is None else int(told.get(_VALUE, _BODY_LEVEL))
    return level + 2 if level < _BODY_LEVEL else 0


def _cells(row: _Element) -> list[_Element]:
    return [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]


def _cell_text(cell: _Element) -> str:
    """The cell's paragraphs; those of a table inside it too. A cell merged into the one above holds none."""
    return " ".join(text for each in cell.iter(_PARAGRAPH) if (text := paragraph_text(each)))


def _notes(file: WordFile, kind: str) -> Iterator[tuple[str, _Element]]:
    for relation in file.part.rels.values():
        if relation.reltype == _LAYERS[kind] and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            yield from ((each.get(qn("w:id"), ""), each) for each in root.iter(qn(f"w:{kind}")))
