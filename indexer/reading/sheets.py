"""Excel workbooks: each sheet a heading and a table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import openpyxl

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.markdown import table_text
from indexer.reading.package import open_package, person
from indexer.reading.titles import choose_title


def read_workbook(content: bytes, stem: str) -> ReadDocument:
    """A workbook, hidden sheets left out."""
    return open_package(content, lambda stream: _read(stream, stem))


def _read(stream: io.BytesIO, stem: str) -> ReadDocument:
    workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    blocks: list[Block] = []
    for sheet in workbook.worksheets:
        text = table_text(_filled_columns(sheet.iter_rows(values_only=True)))
        if text and sheet.sheet_state == "visible":
            blocks += [Block(BlockKind.HEADING, sheet.title, None, 1), Block(BlockKind.TABLE, text)]
    told = workbook.properties
    return ReadDocument(choose_title(told.title or "", (), stem), person(told.creator or ""), None, tuple(blocks))


def _filled_columns(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """The cells as text, without columns in which nothing stands."""
    texts = [[cell_text(value) for value in row] for row in rows]
    filled = sorted({at for row in texts for at, text in enumerate(row) if text.strip()})
    return [[row[at] if at < len(row) else "" for at in filled] for row in texts]


def cell_text(value: object) -> str:
    """What a person sees in the cell, nearly: days in ISO order, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
