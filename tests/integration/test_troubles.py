"""Files that cannot be read: each is reported in a sentence that says what to do, and harms nothing else."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.failures import ReadFailure
from indexer.reading.kinds import READABLE
from indexer.reading.reader import Reader
from indexer.sourcing import SourceRefusedError
from tests.integration.indexing import Bench
from tests.integration.trouble_files import (
    encrypted_pdf,
    old_word,
    pdf,
    protected_word,
    word,
    zip_bomb,
)

LIMIT = 10_000_000
TROUBLES = {
    "encrypted.pdf": (encrypted_pdf(), "encrypted", "The file is protected by a password; save a copy without one."),
    "encrypted.docx": (protected_word(), "encrypted", "The file is protected by a password; save a copy without one."),
    "pictures.pdf": (
        pdf("", ""),
        "picture_only",
        "The PDF contains only pictures of text; run OCR (text recognition) on it and save it with a text layer.",
    ),
    "truncated.docx": (
        word("Katkeaa.")[:9000],
        "damaged",
        "The file is damaged or is not of the type its name tells; open it, save it again and replace it.",
    ),
    "truncated.pdf": (
        b"%PDF-1.7\n1 0 obj\n<</Type /Catalog",
        "damaged",
        "The file is damaged or is not of the type its name tells; open it, save it again and replace it.",
    ),
    "renamed.docx": (
        old_word(),
        "damaged",
        "The file is damaged or is not of the type its name tells; open it, save it again and replace it.",
    ),
    "text.pptx": (
        b"no archive at all",
        "damaged",
        "The file is damaged or is not of the type its name tells; open it, save it again and replace it.",
    ),
    "bomb.docx": (
        zip_bomb(),
        "zip_bomb",
        "The file unpacks to far more than its size and was not opened; save it again with its own program.",
    ),
    "empty.md": (b"", "empty", "The file holds no text; check that the right file was saved here."),
    "blank.docx": (word("", " "), "empty", "The file holds no text; check that the right file was saved here."),
    "old.doc": (
        old_word(),
        "unsupported",
        f"Files of type .doc are not read; save it as one of {', '.join(sorted(READABLE))}.",
    ),
    "huge.txt": (
        b"x" * (LIMIT + 1),
        "too_large",
        "The file has 10 MB and the limit is 10 MB; split it, or raise SOLMU_MAX_FILE_MB.",
    ),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A real reading process."""
    with Reader(seconds=30, memory_mb=1024, max_bytes=LIMIT) as opened:
        yield opened


def _read(content: bytes, name: str, **limits: float) -> ReadFailure:
    with (
        Reader(seconds=limits.get("seconds", 30), memory_mb=int(limits.get("memory_mb", 1024)), max_bytes=10**9) as one,
        pytest.raises(ReadFailure) as caught,
    ):
        one.read(content, name)
    return caught.value


def test_each_trouble_is_a_sentence_and_the_rest_is_read(bench: Bench, reader: Reader, tmp_path: Path) -> None:
    """A folder full of trouble gives a reason per file, keeps them for `status`, and indexes the file that is well."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, (content, _, _) in TROUBLES.items():
        (folder / name).write_bytes(content)
    (folder / "well.docx").write_bytes(word("Tämä asiakirja on kunnossa ja luetaan."))
    bench.add(folder)
    report = bench.sync(reader)
    assert {trouble.key: trouble.sentence for trouble in report.troubles} == {
        name: sentence for name, (_, _, sentence) in TROUBLES.items()
    }
    with bench.store.reading() as work:
        kept = {failure.key: failure.code for failure in work.failures.all()}
    assert kept == {name: code for name, (_, code, _) in TROUBLES.items()}
    assert bench.texts() == {"well.docx": ["Tämä asiakirja on kunnossa ja luetaan."]}


def test_known_troubles_are_not_read_again(bench: Bench, reader: Reader, tmp_path: Path) -> None:
    """The same bytes fail the same way: only other bytes are worth another try."""
    path = tmp_path / "encrypted.pdf"
    path.write_bytes(encrypted_pdf())
    bench.add(path)
    first = bench.sync(reader)
    second = bench.sync()
    assert [trouble.is_new for trouble in (*first.troubles, *second.troubles)] == [True, False]
    assert bench.reader.names == []


def test_pages_that_are_pictures_are_named(bench: Bench, reader: Reader, tmp_path: Path) -> None:
    """A PDF of which some pages are pictures is read, and a note says which pages are missing."""
    path = tmp_path / "mixed.pdf"
    path.write_bytes(pdf("Ensimmäinen sivu on tekstiä.", "", "Kolmas sivu on tekstiä."))
    bench.add(path)
    report = bench.sync(reader)
    assert [note.sentence for note in report.notes] == [
        "Page 2 holds no text but only pictures, or nothing; run OCR (text recognition) on the PDF if they matter."
    ]
    with bench.store.reading() as work:
        (home,) = work.documents.live()
        assert [passage.page for passage in work.documents.of_document(home.id)] == [1, 3]
        assert [failure.code for failure in work.failures.all()] == ["partly_read"]


def test_a_file_that_takes_too_long_is_given_up() -> None:
    """The clock ends the reading process; a less busy machine may manage, so it is tried again."""
    failure = _read(b"- a\n" * 2_000_000, "slow.md", seconds=1)
    assert (failure.code, failure.retriable) == ("too_slow", True)
    assert failure.sentence == (
        "Reading took more than 1 seconds and was given up; split the file, or raise SOLMU_READ_SECONDS."
    )


def test_a_file_that_eats_memory_is_given_up() -> None:
    """The limit on memory holds in the reading process, and the indexer goes on."""
    failure = _read(b"sana " * 8_000_000, "fat.md", memory_mb=512)
    assert failure.sentence == (
        "Reading needed more than 512 MB of memory; split the file, or raise SOLMU_READ_MEMORY_MB."
    )


def test_a_reading_process_that_died_is_replaced() -> None:
    """After a file that costs the process its life, the next file is read by a new one."""
    with Reader(seconds=1, memory_mb=1024, max_bytes=10**9) as reader:
        with pytest.raises(ReadFailure):
            reader.read(b"- a\n" * 2_000_000, "slow.md")
        assert [block.text for block in reader.read(b"Hyvin menee.", "well.txt").blocks] == ["Hyvin menee."]


def test_a_reading_process_that_dies_without_a_word_is_a_crash() -> None:
    """Killed from outside, it leaves a sentence and another try; no bytes of the file are to blame for certain."""
    before = _children()
    with Reader(seconds=30, memory_mb=1024, max_bytes=10**9) as reader:
        reader.read(b"Hei.", "a.txt")
        (child,) = (int(pid) for pid in _children() - before)
        killer = threading.Timer(0.2, os.kill, (child, signal.SIGKILL))
        killer.start()
        with pytest.raises(ReadFailure) as caught:
            reader.read(b"- a\n" * 4_000_000, "slow.md")
        killer.join()
    assert (caught.value.code, caught.value.retriable) == ("crashed", True)
    assert caught.value.sentence == ("The file made its reader crash; save it again with its own program or as PDF.")


def _children() -> set[str]:
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())


def test_the_reading_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads the files of strangers sees neither tokens nor the database's address."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "a secret")
    monkeypatch.setenv("SOLMU_DATABASE_URL", "postgresql://user:word@host/name")
    before = _children()
    with Reader(seconds=30, memory_mb=1024, max_bytes=LIMIT) as reader:
        reader.read(b"Hei.", "a.txt")
        (child,) = _children() - before
        known = Path(f"/proc/{child}/environ").read_bytes()
    assert b"PYTHONPATH=" in known
    assert b"SLACK" not in known
    assert b"SOLMU" not in known


def test_links_that_lead_round_or_out_are_passed_over(bench: Bench, tmp_path: Path) -> None:
    """A link to its own folder, a link to itself and a link to a file outside end nothing and let nothing in."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("Tätä ei ole tarkoitettu luettavaksi.")
    (folder / "round").symlink_to(folder)
    (folder / "self.md").symlink_to(folder / "self.md")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "inside.txt").write_text("Tämä luetaan.")
    (folder / "again.txt").symlink_to(folder / "inside.txt")
    bench.add(folder)
    report = bench.sync()
    assert report.troubles == ()
    assert set(bench.texts()) == {"again.txt", "inside.txt"}


def test_hidden_files_are_passed_over_but_for_attachments(bench: Bench, tmp_path: Path) -> None:
    """What programs hide is theirs; a wiki's attachments are documents; a file that is open has a lock beside it."""
    folder = tmp_path / "wiki"
    for name in (".git/description.txt", ".attachments/liite.txt", ".piilo.txt", "~$avoinna.docx", "sivu.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"Teksti on tiedostossa {name}.")
    bench.add(folder)
    assert bench.sync().troubles == ()
    assert set(bench.texts()) == {".attachments/liite.txt", "sivu.txt"}


def test_a_name_that_is_not_utf8_is_read_all_the_same(bench: Bench, tmp_path: Path) -> None:
    """A file from an old system is known by the name that it had there."""
    folder = tmp_path / "documents"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/p\xe4\xe4t\xf6s.txt", "wb") as file:  # noqa: PTH123 - a Path is text
        file.write(b"Nimi on vanhaa perua.")
    bench.add(folder)
    assert bench.sync().troubles == ()
    assert bench.texts() == {"päätös.txt": ["Nimi on vanhaa perua."]}
    assert bench.sync().counts.unchanged == 1


def test_a_source_whose_path_is_no_text_is_refused(bench: Bench, tmp_path: Path) -> None:
    """What could neither be stored nor shown is refused in a sentence."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/p\xe4\xe4t\xf6s.txt")
    with pytest.raises(SourceRefusedError, match="rename the file"):
        bench.add(path)


def test_a_file_without_leave_is_reported(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operating system refuses is tried again at every run."""
    path = tmp_path / "locked.txt"
    path.write_text("Lukossa.")
    bench.add(path)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "refused", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        report = bench.sync()
    assert [trouble.sentence for trouble in report.troubles] == [
        "The file cannot be opened; give the indexer's user the right to read it."
    ]
    assert bench.sync().counts.new == 1
