"""Excel workbooks: a heading and a table per sheet, cells as a person sees them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.sheets import cell_text, read_workbook


def _read(workbook: openpyxl.Workbook) -> ReadDocument:
    stream = io.BytesIO()
    workbook.save(stream)
    return read_workbook(stream.getvalue(), "kulut_2026")


def test_each_sheet_is_a_table() -> None:
    """Empty rows and columns go, hidden sheets are left out, signs of other formats are text."""
    workbook = openpyxl.Workbook()
    first = workbook.worksheets[0]
    first.title = "Kulut"
    for row in ([None, "Erä", None, "Euroa"], [None, None, None, None], [None, "T&K | muu\nkulu", None, 46200.0]):
        first.append(row)
    workbook.create_sheet("Piilossa").append(["salainen"])
    workbook.worksheets[1].sheet_state = "hidden"
    workbook.create_sheet("Tyhjä")
    assert _read(workbook).blocks == (
        Block(BlockKind.HEADING, "Kulut", None, 1),
        Block(BlockKind.TABLE, "| Erä | Euroa |\n| T&K | muu kulu | 46200 |"),
    )


def test_a_workbook_is_called_by_its_own_title_or_its_file() -> None:
    """A sheet's name says nothing of the whole, and a program is no author."""
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["x"])
    assert (_read(workbook).title, _read(workbook).publisher) == ("kulut 2026", "")
    workbook.properties.title, workbook.properties.creator = "Kulut vuosittain", "Talouspalvelut"
    assert (_read(workbook).title, _read(workbook).publisher) == ("Kulut vuosittain", "Talouspalvelut")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (0.15, "0.15"),
        (True, "True"),
        (date(2026, 3, 12), "2026-03-12"),
        (datetime(2026, 3, 12, tzinfo=UTC), "2026-03-12"),
        (datetime(2026, 3, 12, 8, 30), "2026-03-12 08:30"),  # noqa: DTZ001 - Excel knows no zones
    ],
)
def test_cells(value: object, text: str) -> None:
    """Days in ISO order, whole numbers without a point."""
    assert cell_text(value) == text
