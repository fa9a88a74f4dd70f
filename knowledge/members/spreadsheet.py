"""Tables as spreadsheet programs write and read them: whatever the separator and the encoding, and harmless to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from knowledge.errors import SolmuError

SEPARATORS = ";,\t|"
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to spreadsheet programs, whoever wrote it."""
SHIELD = "'"
"""Makes it a text; programs do not show it."""
_MARKS = (("\ufeff".encode(), "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class UnreadableTableError(SolmuError):
    """A file is no table that can be understood."""


def read_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of the line it begins at; raises UnreadableTableError."""
    text = _decoded(content)
    if "\0" in text:
        message = "The file is no text; save the table as CSV."
        raise UnreadableTableError(message)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, [_unshielded(cell.strip()) for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"Line {reader.line_num} of the file cannot be read ({error}); save the table as CSV again."
        raise UnreadableTableError(message) from error


def write_rows(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows for Finnish and Swedish spreadsheet programs: semicolons, and UTF-8 with its mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell as a text, also where it begins as a formula does."""
    return SHIELD + cell if cell.startswith(ACTIVE) else cell


def _unshielded(cell: str) -> str:
    return cell[1:] if cell.startswith(SHIELD) and cell[1:].startswith(ACTIVE) else cell


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """That of which the first line has most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)
