"""What goes between the indexer and its reading process, and archives that are looked into before they are opened."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from indexer.failures import ReadFailure
from indexer.reading import failures
from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.wire import (
    document_from_bytes,
    document_to_bytes,
    failure_to_bytes,
    read_frame,
    write_frame,
)
from indexer.reading.zips import MOST_ENTRIES, check_zip


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _code(content: bytes) -> str:
    with pytest.raises(ReadFailure) as caught:
        check_zip(content)
    return caught.value.code


@pytest.mark.parametrize("published", [date(2026, 3, 12), None])
def test_a_document_comes_out_as_it_went_in(published: date | None) -> None:
    """Kinds, pages, ranks, notes and letters of all kinds."""
    blocks = (Block(BlockKind.HEADING, "Ohje", 1, 2), Block(BlockKind.TABLE, "| ä | 😀 |"))
    document = ReadDocument("Ohje", "Valokehä", published, blocks, "https://example.org/", ("Sivu 2 on kuva.",))
    assert document_from_bytes(document_to_bytes(document)) == document


def test_a_failure_comes_out_as_it_went_in() -> None:
    """Its code, its sentence, and whether another try can help."""
    with pytest.raises(ReadFailure) as caught:
        document_from_bytes(failure_to_bytes(failures.too_slow(3)))
    assert (caught.value.code, caught.value.retriable) == ("too_slow", True)
    assert caught.value.sentence == failures.too_slow(3).sentence


def test_frames_keep_their_borders() -> None:
    """Two frames are two, and half a frame is the end."""
    stream = io.BytesIO()
    write_frame(stream, b"one")
    write_frame(stream, b"")
    whole = stream.getvalue()
    stream.seek(0)
    assert (read_frame(stream), read_frame(stream)) == (b"one", b"")
    for cut in (0, 4, 9):
        with pytest.raises(EOFError):
            read_frame(io.BytesIO(whole[:cut]))


def test_ordinary_archives_pass() -> None:
    """A large part that packs well is ordinary up to a size."""
    check_zip(_zip(sheet=b"<c/>" * 4_000_000))


def test_bombs_are_not_opened() -> None:
    """By the ratio of one part, by the number of parts."""
    assert _code(_zip(bomb=bytes(25_000_000))) == "zip_bomb"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(str(number), b"")
    assert _code(stream.getvalue()) == "zip_bomb"


def test_protected_and_broken_archives() -> None:
    """A flag on one part, the old format around an encrypted file, or no archive at all."""
    whole = _zip(part=b"x")
    flagged = bytearray(whole)
    flagged[whole.index(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(flagged)) == "encrypted"
    old = b"\xd0\xcf\x11\xe0" + bytes(100)
    assert _code(old + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert _code(old) == "damaged"
    assert _code(whole[:20]) == "damaged"
