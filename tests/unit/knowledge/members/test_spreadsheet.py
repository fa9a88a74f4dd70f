"""Tables go out harmless and come in from whatever program wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.members.spreadsheet import UnreadableTableError, harmless, read_rows, write_rows

TABLE = [["userid", "organisaatio"], ["U1", "Åkerö välfärdsområde"]]
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).map(str.strip)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_form_is_read(separator: str, encoding: str) -> None:
    """Finnish and English spreadsheet programs differ in both; line ends of any system."""
    content = "\r\n".join(separator.join(row) for row in TABLE).encode(encoding)
    assert list(read_rows(content)) == [(1, TABLE[0]), (2, TABLE[1])]


def test_lines_are_numbered_as_an_editor_does() -> None:
    """Empty lines count, and a cell of several lines makes the next row's number higher."""
    content = b'a;b\n\n"one\ntwo";x\n ; \nU2;y\n'
    assert [number for number, _ in read_rows(content)] == [1, 3, 6]


def test_what_is_no_table_is_said() -> None:
    """A spreadsheet's own format is not text."""
    with pytest.raises(UnreadableTableError, match="save the table as CSV"):
        list(read_rows(b"PK\x03\x04\x00\x00"))


@pytest.mark.parametrize("cell", ["=1+1", "+358", "-x", "@SUM(A1)", "\t=1"])
def test_formulas_are_texts(cell: str) -> None:
    """What a person wrote runs in nobody's spreadsheet program."""
    assert harmless(cell) == f"'{cell}"
    assert harmless("tavallinen =") == "tavallinen ="


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    """Cell by cell, formulas included; rows without anything are passed over."""
    told = [["slack;id", "x,y"], *([first, second] for first, second in rows)]
    read = [row for _, row in read_rows(write_rows(told))]
    assert read == [row for row in told if any(row)]
