"""The rows of a JSONL, CSV or XLSX file as text by column name."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from zipfile import BadZipFile

import openpyxl

from indexer.failures import IndexingFailure, ListingError
from indexer.reading.letters import plain_letters
from indexer.reading.sheets import cell_text
from indexer.reading.texts import decode
from indexer.reading.zips import check_zip

Row = dict[str, str]
LIST_SEPARATOR = "; "
_DELIMITERS = ";\t,|"
_LONGEST_CELL = 1_000_000


def read_table(content: bytes, name: str) -> tuple[list[str], list[Row]]:
    """The column names in order, and the rows; raises ListingError."""
    readers = {".jsonl": _from_jsonl, ".ndjson": _from_jsonl, ".csv": _from_csv, ".tsv": _from_csv, ".xlsx": _from_xlsx}
    reader = readers.get(Path(name).suffix.lower())
    if reader is None:
        message = f"{name} cannot be read as a use-case catalogue; save it as JSONL, CSV or XLSX."
        raise ListingError(message)
    columns, rows = reader(content, name)
    rows = [{column: plain_letters(value) for column, value in row.items()} for row in rows]
    if not rows:
        message = f"{name} holds no use cases; check that the right file was saved here."
        raise ListingError(message)
    return columns, rows


def _from_jsonl(content: bytes, name: str) -> tuple[list[str], list[Row]]:
    rows: list[Row] = []
    for number, line in enumerate(decode(content).split("\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            message = f"Line {number} of {name} is not a JSON object; mend it and synchronise again."
            raise ListingError(message)
        rows.append({str(column): _value_text(value) for column, value in told.items()})
    return list(dict.fromkeys(column for row in rows for column in row)), rows


def _from_csv(content: bytes, name: str) -> tuple[list[str], list[Row]]:
    text = decode(content)
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = f"{name} cannot be read as CSV; save it again as CSV in UTF-8 with its own program."
        raise ListingError(message) from error
    return _with_header(lines)


def _from_xlsx(content: bytes, name: str) -> tuple[list[str], list[Row]]:
    try:
        check_zip(content)
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [[[cell_text(value) for value in row] for row in sheet.values] for sheet in workbook.worksheets]
    except IndexingFailure as failure:
        message = f"{name} cannot be read: {failure.sentence}"
        raise ListingError(message) from failure
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError) as error:
        message = f"{name} is damaged; open it, save it again as XLSX and replace it."
        raise ListingError(message) from error
    return _with_header(max(sheets, key=len, default=[]))


def _with_header(lines: list[list[str]]) -> tuple[list[str], list[Row]]:
    """The first line that is not empty names the columns."""
    filled = [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]
    if not filled:
        return [], []
    columns = filled[0]
    return columns, [dict(zip(columns, line, strict=False)) for line in filled[1:]]


def _value_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(_value_text(each) for each in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value).strip()
