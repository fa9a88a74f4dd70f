"""The ledger of erasures where its file is damaged, full or out of reach: what can be read still counts."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.adapters.erasure_ledger import FileLedger, hashed
from knowledge.errors import StoreError
from knowledge.model import MemberId
from tests.fakes import NOON

ONE, TWO, THREE = MemberId("T1:U1"), MemberId("T1:U2"), MemberId("T1:U3")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the ledger is."""
    return tmp_path / "erasures.jsonl"


def test_a_line_cut_short_costs_no_other(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is told by its number, once; what is noted next stands on a line of its own."""
    ledger = FileLedger(file)
    ledger.note(ONE, NOON)
    with file.open("a") as torn:
        torn.write('{"person": "ab')
    ledger.note(TWO, NOON)
    for _ in range(3):
        assert ledger.since(NOON) == {hashed(ONE), hashed(TWO)}
    assert list(ledger.unreadable()) == [2]
    assert [each.message for each in caplog.records if each.levelno == logging.ERROR] == [
        "the ledger of erasures cannot be read in lines 2; an erasure may be lost"
    ]


def test_what_is_no_erasure_is_a_bad_line(file: Path) -> None:
    """Bytes that are no text, other JSON, times without a zone; an erasure glued to a torn line is known still."""
    ledger = FileLedger(file)
    ledger.note(THREE, NOON)
    whole = file.read_bytes()
    naive = b'{"person": "%s", "at": "2026-03-12T12:00:00"}\n' % hashed(TWO).encode()
    file.write_bytes(b'\xff\xfe\n[]\n{"person": 1}\n' + naive + b'{"pers' + whole + b"\n")
    assert ledger.since(NOON) == {hashed(THREE)}
    assert list(ledger.unreadable()) == [1, 2, 3, 4, 5]


def test_half_a_line_is_not_taken_for_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk fewer bytes are written than were wished, and nobody raises."""
    written = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda descriptor, line: written(descriptor, line[:20]))
        with pytest.raises(StoreError, match=r"cannot be written.*nothing was erased"):
            FileLedger(file).note(ONE, NOON)
    FileLedger(file).note(TWO, NOON)
    assert FileLedger(file).since(NOON) == {hashed(TWO)}


def test_what_others_write_is_seen_at_once(file: Path) -> None:
    """Though the file is read again only when it has changed: every question asks."""
    mine, others = FileLedger(file), FileLedger(file)
    assert mine.since(NOON) == frozenset()
    for number, person in enumerate((ONE, TWO, THREE)):
        others.note(person, NOON + timedelta(hours=number))
        assert hashed(person) in mine.since(NOON)
    assert mine.since(NOON + timedelta(hours=1)) == {hashed(TWO), hashed(THREE)}


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """In a sentence, not a traceback; it must not read as if nobody had been erased."""
    with pytest.raises(StoreError, match="cannot be read"):
        FileLedger(tmp_path).since(NOON)


@pytest.mark.parametrize("where", ["missing/erasures.jsonl", "."])
def test_trying_it_out_finds_what_an_erasure_would_meet(tmp_path: Path, where: str) -> None:
    """A folder that is not there, and a file that is none; looking makes no file."""
    with pytest.raises(StoreError, match=r"The ledger of erasures .* cannot be (read|written)"):
        FileLedger(tmp_path / where).try_out()
    FileLedger(tmp_path / "new.jsonl").try_out()
    assert list(tmp_path.iterdir()) == []
