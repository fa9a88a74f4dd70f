"""A small part of `python -m tests.hostile files`: mutated files, and each fault that the large run once found."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from indexer.failures import ReadFailure
from indexer.passages import cut
from indexer.reading import child
from indexer.reading.document import Block, BlockKind, ReadDocument
from indexer.reading.formats import read_bytes
from indexer.reading.reader import Reader
from indexer.reading.wire import document_from_bytes
from tests.hostile.files import Limits, Run
from tests.hostile.marking import CANARY
from tests.hostile.mutants import Mutants
from tests.hostile.packing import packed, unpacked
from tests.hostile.seeds import seeds

SAMPLE = 8


@pytest.fixture(scope="module")
def mutants(tmp_path_factory: pytest.TempPathFactory) -> Mutants:
    """Mutants of one seed."""
    canary: Path = tmp_path_factory.mktemp("canary") / "canary.txt"
    canary.write_text(CANARY, encoding="utf-8")
    return Mutants(3, canary)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A real reading process."""
    with Reader(seconds=60, memory_mb=2048, max_bytes=10**8) as opened:
        yield opened


@pytest.mark.parametrize("extension", [".docx", ".eml", ".html", ".md", ".pdf", ".pptx", ".txt", ".xlsx"])
def test_mutated_files_end_in_text_or_in_a_sentence(mutants: Mutants, extension: str) -> None:
    """Nothing escapes, nothing crashes, nothing of another file is read, and a well-formed file is read as ever."""
    outcome = Run(extension, mutants, Limits(seconds=60)).over(range(SAMPLE), 3)
    assert outcome.findings == []
    assert outcome.read == SAMPLE


def test_the_same_seed_gives_the_same_mutants(mutants: Mutants) -> None:
    """What was found once can be looked at again."""
    assert mutants.make(".eml", 5) == mutants.make(".eml", 5)
    assert mutants.make(".eml", 5) != mutants.make(".eml", 6)


def _read(reader: Reader, content: bytes, name: str) -> ReadFailure:
    with pytest.raises(ReadFailure) as caught:
        reader.read(content, name)
    return caught.value


def _parts(workbook: openpyxl.Workbook) -> dict[str, bytes]:
    stream = io.BytesIO()
    workbook.save(stream)
    return dict(unpacked(stream.getvalue()))


def _packed(parts: dict[str, bytes]) -> bytes:
    return packed(list(parts.items()))


def test_parts_within_parts_are_told_as_such(reader: Reader) -> None:
    """A mail in which others lie thousands deep is no crash, and says so."""
    failure = _read(reader, b"Content-Type: message/rfc822\n\n" * 3000 + b"Hei.", "deep.eml")
    assert failure.sentence == (
        "The file's parts lie too deep within each other to be read; save it again with its own program."
    )


def _with_shared_text(parts: dict[str, bytes], cell: bytes, text: bytes) -> dict[str, bytes]:
    """The workbook whose cells of this text name the first of its shared texts instead."""
    main, kept = b"http://schemas.openxmlformats.org", b"application/vnd.openxmlformats-officedocument"
    changes = {
        "xl/worksheets/sheet1.xml": (b't="inlineStr"><is><t>' + cell + b"</t></is>", b't="s"><v>0</v>'),
        "xl/_rels/workbook.xml.rels": (
            b"</Relationships>",
            b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="'
            + main
            + b'/officeDocument/2006/relationships/sharedStrings"/></Relationships>',
        ),
        "[Content_Types].xml": (
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="'
            + kept
            + b'.spreadsheetml.sharedStrings+xml"/></Types>',
        ),
    }
    changed = {name: parts[name].replace(*change) for name, change in changes.items()}
    shared = b'<sst xmlns="' + main + b'/spreadsheetml/2006/main" count="1"><si><t>' + text + b"</t></si></sst>"
    return parts | changed | {"xl/sharedStrings.xml": shared}


def test_one_text_named_a_thousand_times_is_too_much(reader: Reader) -> None:
    """A workbook of kilobytes cannot fill the indexer's memory with the same cell again and again."""
    workbook = openpyxl.Workbook()
    for _ in range(400):
        workbook.worksheets[0].append(["xyz"])
    parts = _with_shared_text(_parts(workbook), b"xyz", b"sana " * 6000)
    content = _packed(parts)
    assert len(content) < 50_000
    assert _read(reader, content, "much.xlsx").code == "too_much_text"


@pytest.mark.parametrize("charset", ["idna", "hex", "utf-99", "undefined"])
def test_a_mail_in_an_encoding_that_is_none_is_read(charset: str) -> None:
    """Whatever its head says, the text is there."""
    mail = f"Subject: Tiedote\nContent-Type: text/plain; charset={charset}\n\nKokous on huomenna..\n"
    assert [block.text for block in read_bytes(mail.encode(), "a.eml").blocks] == ["Kokous on huomenna.."]


def test_a_workbook_with_a_broken_part_is_damaged(reader: Reader) -> None:
    """No crash of its reader, and no bomb either: entities of one's own are not resolved."""
    parts = _parts(openpyxl.Workbook())
    for sheet in (b"<worksheet><sheetData><row>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>"):
        assert _read(reader, _packed(parts | {"xl/worksheets/sheet1.xml": sheet}), "broken.xlsx").code == "damaged"


def test_a_file_that_breaks_its_reader_costs_no_other_file(reader: Reader) -> None:
    """The PDF reader holds a lock when it stumbles over this date, and would find every later file damaged."""
    good = seeds()[".pdf"][0]
    broken = good.replace(b"(D:", b"(>\x14_\x94D:")
    assert _read(reader, broken, "rikki.pdf").code == "crashed"
    assert reader.read(good, "ehjä.pdf").blocks


def test_a_word_without_an_end_makes_no_endless_passage() -> None:
    """Where there are no spaces, length counts."""
    for kind in (BlockKind.PARAGRAPH, BlockKind.TABLE):
        document = ReadDocument("a", "", None, (Block(kind, "ä" * 100_000),))
        assert max(len(passage.text) for passage in cut(document)) < 10_000


def test_lines_by_the_ten_thousand_are_divided_in_a_moment() -> None:
    """The time grows with the length, not with its square: a hostile list must not stop the indexer."""
    blocks = tuple(Block(BlockKind.LIST_ITEM, f"{number}.") for number in range(20_000))
    began = time.process_time()
    assert sum(len(passage.text.split()) for passage in cut(ReadDocument("a", "", None, blocks))) == 20_000
    assert time.process_time() - began < 15


def test_a_crash_says_which_error_it_was_and_no_word_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """For whoever mends the reader: the log tells the error and its place, and the process goes on."""

    def stumble(_: bytes, __: str) -> ReadDocument:
        message = "salainen sana"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(child, "read_bytes", stumble)
    with pytest.raises(ReadFailure) as caught:
        document_from_bytes(child._answer(b"Hei.", "a.txt", 512))  # noqa: SLF001 - what the process does with each file
    assert caught.value.code == "crashed"
    assert re.fullmatch(r"ZeroDivisionError in test_hostile_files.py, line \d+", caught.value.cause)


@pytest.mark.parametrize(
    "head", ["Subject: =?", "From: a@[" + "b@[" * 30, "Date: Thu, 99 Foo 9", "Date: 1 Jan 0 0:0 +0"]
)
def test_a_mail_whose_head_makes_no_sense_is_read(head: str) -> None:
    """What it says is worth more than who said it, and when."""
    assert [block.text for block in read_bytes(f"{head}\n\nKokous on huomenna.\n".encode(), "a.eml").blocks] == [
        "Kokous on huomenna."
    ]
