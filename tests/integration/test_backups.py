"""Backups: taken while questions are answered, checked, restored into an empty place, and answering the same there."""

from __future__ import annotations

import json
import pkgutil
import shutil
import threading
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.adapters.erasure_ledger import FileLedger
from knowledge.adapters.file_shelf import FolderShelf
from knowledge.archive import BackupError, unpack
from knowledge.auditing import as_csv
from knowledge.backups import back_up, restore, verify
from knowledge.errors import SolmuError, StoreError
from knowledge.model import SHELL, Act, Audience, AuditEntry, QuarantinedDocument, SourceId, SourceKind
from knowledge.ports import Lease
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from knowledge.store.snapshots import put_snapshot
from knowledge.wiring import Knowledge, open_knowledge, utc_now
from tests import builders
from tests.conftest import PostgreSQL
from tests.fakes import NOON

ASKED = (
    "Kuinka kauan sanelun äänitallennetta saa säilyttää?",
    "Hur länge förvaras rapporterna?",
    "Mitä virtuaalihiihdon mestaruuskisoissa sovittiin?",
)


@pytest.fixture
def lived_in(sample_home: Path, tmp_path: Path) -> Settings:
    """The sample in a folder of its own."""
    home = tmp_path / "lived-in"
    shutil.copytree(sample_home, home, ignore=shutil.ignore_patterns("models"))
    return _settled(home, sample_home)


def _settled(home: Path, sample_home: Path, url: str = "") -> Settings:
    home.mkdir(exist_ok=True)
    (home / "models").symlink_to(sample_home / "models")
    return Settings(data_dir=home, database_url=url)


@contextmanager
def _busy(knowledge: Knowledge) -> Iterator[None]:
    """Questions are answered, and stored two at a time, as long as this lasts; at least ten times."""
    over, warm, name = threading.Event(), threading.Event(), uuid.uuid4().hex

    def work() -> None:
        for number in count():
            knowledge.answerer.ask(ASKED[number % 2], audience=Audience.MEMBERS)
            with knowledge.store() as unit:
                unit.questions.add(builders.question(f"{name}-{number}-a"))
                unit.questions.add(builders.question(f"{name}-{number}-b"))
                unit.commit()
            if number == 10:
                warm.set()
            if over.is_set():
                return

    busy = threading.Thread(target=work)
    busy.start()
    warm.wait()
    try:
        yield
    finally:
        over.set()
        busy.join()


def _answers(settings: Settings) -> list[str]:
    knowledge = open_knowledge(settings)
    answers = [knowledge.answerer.ask(text, audience=Audience.MEMBERS).text for text in ASKED]
    knowledge.store.dispose()
    return answers


def _backed_up(settings: Settings, file: Path) -> int:
    """Back up a busy Solmu; returns how many questions are in the backup."""
    knowledge = open_knowledge(settings)
    with _busy(knowledge):
        about = back_up(settings, file, utc_now)
    with knowledge.store.reading() as work:
        assert 22 <= about.rows["questions"] <= work.questions.count()
    knowledge.store.dispose()
    assert verify(file) == about
    return about.rows["questions"]


def test_from_sqlite_to_postgresql_and_back(
    lived_in: Settings, sample_home: Path, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    """A busy Solmu is backed up at one moment: of what is written two by two there is no half. All answer the same."""
    told = _answers(lived_in)
    first = _backed_up(lived_in, tmp_path / "first.zip")
    served = _settled(tmp_path / "served", sample_home, postgresql.new_database())
    restore(served, tmp_path / "first.zip", utc_now, without_ledger=True)
    assert _answers(served) == told

    second = _backed_up(served, tmp_path / "second.zip")
    small = _settled(tmp_path / "small", sample_home)
    restore(small, tmp_path / "second.zip", utc_now, without_ledger=True)
    assert _answers(small) == told
    assert (first % 2, second % 2) == (0, 0)
    assert second >= first + 22
    before, after = verify(tmp_path / "first.zip").rows, verify(tmp_path / "second.zip").rows
    # The restore itself is in the audit log.
    assert dict(after) | {"questions": 0} == dict(before) | {"questions": 0, "audit": before["audit"] + 1}


@pytest.mark.parametrize("server", ["sqlite", "postgresql"])
def test_what_is_added_after_a_restore_gets_no_number_of_what_was_lost(
    server: str, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    """A button under an answer that was posted after the backup names a lost passage, and must not show another."""
    small = Settings(data_dir=tmp_path / "small")
    _hold(small, "d1")
    back_up(small, tmp_path / "backup.zip", utc_now)
    url = postgresql.new_database() if server == "postgresql" else ""
    served = Settings(data_dir=tmp_path / "served", database_url=url)
    for folder in (served.data_dir, tmp_path / "unpacked"):
        folder.mkdir()
    put_snapshot(unpack(tmp_path / "backup.zip", tmp_path / "unpacked")[0], served.database)
    _hold(served, "d2")
    engine = create_engine(served.database)
    with engine.connect() as database:
        numbers = sorted(database.scalars(text("SELECT id FROM passages")))
    engine.dispose()
    assert numbers[:2] == [1, 2]
    assert numbers[2] > 1_000_000


def _hold(settings: Settings, document: str) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    store = open_store(settings.database)
    with store() as work:
        if document == "d1":
            work.sources.add(builders.source())
        work.documents.put(builders.content(builders.document(document), "Yksi.", "Kaksi."), NOON)
        work.commit()
    store.dispose()


def _small(tmp_path: Path) -> tuple[Settings, Store]:
    settings = Settings(data_dir=tmp_path / "data")
    settings.data_dir.mkdir()
    return settings, open_store(settings.database)


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    """Neither a file by backing up, nor data by restoring; and only its owner can read it."""
    settings, store = _small(tmp_path)
    with store() as work:
        work.sources.add(builders.source())
        work.commit()
    store.dispose()
    file = tmp_path / "backup.zip"
    back_up(settings, file, utc_now)
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    with pytest.raises(BackupError, match="overwrites nothing"):
        back_up(settings, file, utc_now)
    assert file.read_bytes() == before
    with pytest.raises(StoreError, match=r"holds data already \(sources\)"):
        restore(settings, file, utc_now, without_ledger=True)
    (settings.data_dir / "index").mkdir()
    (settings.data_dir / "index" / "g1").mkdir()
    with pytest.raises(BackupError, match="holds an index already"):
        restore(settings, file, utc_now, without_ledger=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "data"]


@pytest.mark.parametrize("damage", ["cut", "changed", "other", "missing"])
def test_a_damaged_backup_is_refused(tmp_path: Path, damage: str) -> None:
    """With a sentence, before anything is restored."""
    settings, store = _small(tmp_path)
    store.dispose()
    file = tmp_path / "backup.zip"
    back_up(settings, file, utc_now)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-500])
    elif damage == "changed":
        with zipfile.ZipFile(file) as zipped:
            about, database = zipped.read("backup.json"), bytearray(zipped.read("solmu.sqlite"))
        database[5000] ^= 1
        with zipfile.ZipFile(file, "w") as zipped:
            zipped.writestr("backup.json", about)
            zipped.writestr("solmu.sqlite", bytes(database))
    elif damage == "other":
        file.write_text("Tämä ei ole varmuuskopio.")
    else:
        file.unlink()
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    for work in (lambda: verify(file), lambda: restore(elsewhere, file, utc_now, without_ledger=True)):
        with pytest.raises(SolmuError, match=r"damaged|not a backup|cannot be read"):
            work()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_files_that_were_handed_over_come_back(tmp_path: Path, small_restore: None) -> None:
    """Whole, and under their names; what is just being written is left out."""
    del small_restore
    settings, store = _small(tmp_path)
    store.dispose()
    folder = settings.data_dir / "uploads" / "a1"
    folder.mkdir(parents=True)
    (folder / "ohje.md").write_text("Ohje")
    (folder / ".half").write_text("Oh")
    back_up(settings, tmp_path / "backup.zip", utc_now)
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    restore(elsewhere, tmp_path / "backup.zip", utc_now, without_ledger=True)
    there = elsewhere.data_dir / "uploads"
    assert {str(each.relative_to(there)): each.read_text() for each in there.rglob("*") if each.is_file()} == {
        "a1/ohje.md": "Ohje"
    }


@pytest.mark.parametrize("vanishes_before", ["knowledge.backups.checksum", "knowledge.archive._is_packed"])
def test_a_file_that_an_admin_removes_meanwhile_is_left_out(
    tmp_path: Path, vanishes_before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is looked at or before it is packed: the backup is whole without it."""
    settings, store = _small(tmp_path)
    store.dispose()
    shelf = FolderShelf(settings.data_dir / "uploads")
    gone, _ = (shelf.put(mark, "ohje.md", b"Ohje") for mark in ("a1", "b2"))
    look = pkgutil.resolve_name(vanishes_before)

    def removed_first(*about: Any) -> Any:
        if any("a1" in str(each) for each in about):
            shelf.remove(gone)
        return look(*about)

    monkeypatch.setattr(vanishes_before, removed_first)
    about = back_up(settings, tmp_path / "backup.zip", utc_now)
    assert list(about.files) == ["b2/ohje.md"]
    assert verify(tmp_path / "backup.zip") == about
    with pytest.raises(BackupError, match=r"no folder .*elsewhere; make it"):
        back_up(settings, tmp_path / "elsewhere" / "backup.zip", utc_now)


def test_who_was_erased_after_the_backup_stays_erased(tmp_path: Path, small_restore: None) -> None:
    """The ledger of erasures is not the backup's."""
    del small_restore
    settings, store = _small(tmp_path)
    gone, stays = builders.member("U1"), builders.member("U2")
    with store() as work:
        for each in (gone, stays):
            work.members.put(each)
        work.commit()
    store.dispose()
    back_up(settings, tmp_path / "backup.zip", lambda: NOON)
    ledger = tmp_path / "ledger.jsonl"
    FileLedger(ledger).note(gone.id, NOON + timedelta(hours=1))
    elsewhere = Settings(data_dir=tmp_path / "elsewhere", erasure_ledger=str(ledger))
    restore(elsewhere, tmp_path / "backup.zip", lambda: NOON + timedelta(days=1))
    again = open_store(elsewhere.database)
    with again.reading() as work:
        assert [each.id for each in work.members.all()] == [stays.id]
    again.dispose()


def test_a_file_in_quarantine_is_in_no_backup(tmp_path: Path) -> None:
    """What seems to hold a patient's data is not multiplied; other files are backed up all the same."""
    settings, store = _small(tmp_path)
    bad, good = (FolderShelf(settings.data_dir / "uploads").put(mark, "ohje.md", b"Ohje") for mark in ("a1", "b2"))
    with store() as work:
        for number, location in enumerate((bad, good), 1):
            work.sources.add(replace(builders.source(number, location=location), kind=SourceKind.FILE))
        work.quarantine.put(QuarantinedDocument(SourceId("s1"), "ohje.md", "0" * 64, "health", None, "", NOON))
        work.commit()
    store.dispose()
    assert list(back_up(settings, tmp_path / "backup.zip", utc_now).files) == ["b2/ohje.md"]
    with zipfile.ZipFile(tmp_path / "backup.zip") as zipped:
        assert "files/a1/ohje.md" not in zipped.namelist()


def test_a_restore_tells_what_it_takes_back(
    tmp_path: Path, small_restore: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the old place's audit log also which sources were removed or narrowed, and which answers taken back."""
    del small_restore
    settings, store = _small(tmp_path)
    store.dispose()
    back_up(settings, tmp_path / "backup.zip", lambda: NOON)
    acts = [
        AuditEntry(NOON - timedelta(hours=1), SHELL, Act.SOURCE_REMOVE, "s1"),
        AuditEntry(NOON + timedelta(hours=1), SHELL, Act.SOURCE_REMOVE, "s2"),
        AuditEntry(NOON + timedelta(hours=2), SHELL, Act.SOURCE_ADD, "s3"),
        AuditEntry(NOON + timedelta(hours=3), SHELL, Act.CURATED_WITHDRAW, "i1"),
    ]
    (tmp_path / "audit.csv").write_bytes(as_csv(acts))
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "elsewhere"))
    asked = ["restore", str(tmp_path / "backup.zip"), "--without-ledger", "--audit"]
    (tmp_path / "other.csv").write_text("nimi;rooli\nAino;hoitaja\n")
    refused = CliRunner().invoke(app, [*asked, str(tmp_path / "other.csv")])
    assert "is no audit log" in refused.stderr
    result = CliRunner().invoke(app, [*asked, str(tmp_path / "audit.csv")])
    assert result.exit_code == 0
    told = [line.split()[2:] for line in result.stderr.splitlines() if line.startswith("2026-")]
    assert told == [["source_remove", "s2"], ["curated_withdraw", "i1"]]
    assert "What was withdrawn since then is back" in result.stderr


def test_nothing_is_restored_where_nothing_tells_who_was_erased(tmp_path: Path) -> None:
    """An empty folder knows of no erasure: whoever was erased since the backup would come back."""
    settings, store = _small(tmp_path)
    store.dispose()
    back_up(settings, tmp_path / "backup.zip", utc_now)
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    with pytest.raises(BackupError, match=r"no ledger of erasures at .*SOLMU_ERASURE_LEDGER.*--without-ledger"):
        restore(elsewhere, tmp_path / "backup.zip", utc_now)
    assert not elsewhere.data_dir.exists()


def test_nothing_is_restored_by_a_damaged_ledger_unasked(tmp_path: Path, small_restore: None) -> None:
    """A line that cannot be read may be somebody's erasure: whoever runs it says that they come back."""
    del small_restore
    settings, store = _small(tmp_path)
    store.dispose()
    back_up(settings, tmp_path / "backup.zip", lambda: NOON)
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_text('{"person": "ab')
    elsewhere = Settings(data_dir=tmp_path / "elsewhere", erasure_ledger=str(ledger))
    with pytest.raises(BackupError, match=r"cannot be read in lines 1: .*--skip-unreadable"):
        restore(elsewhere, tmp_path / "backup.zip", utc_now)
    assert not (elsewhere.data_dir / "solmu.sqlite").exists()
    restore(elsewhere, tmp_path / "backup.zip", utc_now, skip_unreadable=True)
    assert (elsewhere.data_dir / "solmu.sqlite").is_file()


def test_letters_sent_after_the_backup_are_looked_up_before_they_go_again(tmp_path: Path, small_restore: None) -> None:
    """Those that were due by the restore may have been sent; those of later were not. Turns are nobody's any more."""
    del small_restore
    settings, store = _small(tmp_path)
    with store() as work:
        work.members.put(builders.member("U1"))
        work.letters.add(replace(builders.letter("due", "U1"), due_at=NOON))
        work.letters.add(replace(builders.letter("later", "U1"), due_at=NOON + timedelta(days=2)))
        assert work.leases.take(Lease("clerk", "old", NOON + timedelta(days=3)))
        work.commit()
    store.dispose()
    back_up(settings, tmp_path / "backup.zip", lambda: NOON)
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    restore(elsewhere, tmp_path / "backup.zip", lambda: NOON + timedelta(days=1), without_ledger=True)
    again = open_store(elsewhere.database)
    with again.reading() as work:
        told = {letter.id: (letter.tries, letter.tried_at) for letter in work.letters.of(builders.member("U1").id)}
        assert work.leases.named("") == []
    again.dispose()
    assert told["due"] == (1, NOON)
    assert told["later"][0] == 0


@pytest.fixture
def small_restore(tmp_path: Path, bundled_home: Path) -> None:
    """The model, so that the restore need not unpack it."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "models").symlink_to(bundled_home / "models")


def test_backing_up_and_restoring_are_in_the_audit_log(
    tmp_path: Path, small_restore: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they were done, with when the backup was made."""
    del small_restore
    (tmp_path / "before").mkdir()
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "before"))
    shell, file = CliRunner(), tmp_path / "backup.zip"
    open_store(Settings().database).dispose()
    made_at = json.loads(shell.invoke(app, ["backup", str(file), "--json"]).stdout)["made_at"]
    assert [line.split()[3:5] for line in shell.invoke(app, ["audit"]).stdout.splitlines()] == [["backup", made_at]]
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "after"))
    assert shell.invoke(app, ["restore", str(file), "--without-ledger"]).exit_code == 0
    assert [line.split()[3:5] for line in shell.invoke(app, ["audit"]).stdout.splitlines()] == [["restore", made_at]]
