"""Excel workbooks: each sheet a heading and a table."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.markdown import table_text
from indexer.reading.titles import choose_title
from indexer.reading.zips import check_zip


def read_workbook(content: bytes, stem: str) -> ReadDocument:
    """A workbook, hidden sheets left out."""
    check_zip(content)
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    blocks: list[Block] = []
    for sheet in workbook.worksheets:
        rows = [[cell_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        text = table_text(rows)
        if text:
            blocks += [Block(BlockKind.HEADING, sheet.title, None, 1), Block(BlockKind.TABLE, text)]
    told = workbook.properties
    return ReadDocument(choose_title(told.title or "", blocks, stem), told.creator or "", None, tuple(blocks))


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
