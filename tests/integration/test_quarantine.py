"""Documents that seem to hold a patient's data are kept out, older versions too, until an admin says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.__main__ import app
from indexer.reading.reader import READER_VERSION
from knowledge.errors import NotFoundError
from knowledge.quarantine import Quarantine
from tests.fakes import SetClock
from tests.integration.indexing import Bench

CLEAN = "# Ohje\n\n## Kotiutus\n\nPotilaan kotiutuksesta sovitaan hoitajan kanssa ajoissa ennen lähtöä.\n"
NAMED = CLEAN + "\nEsimerkki: 72-vuotias potilas Maija Virtanen, s. 3.4.1952, diabetes.\n"
CODED = CLEAN + "\nTunnus on 131052-308T.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one clean document."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "ohje.md").write_text(CLEAN)
    return made


@pytest.mark.parametrize(("text", "kind"), [(NAMED, "birth_date"), (CODED, "identity_code")])
def test_a_changed_document_leaves_with_its_older_version(
    bench: Bench, folder: Path, text: str, kind: str, clock: SetClock
) -> None:
    """Neither passage nor vector nor file in the data folder holds it; kind and place are told, the value is not."""
    bench.add(folder)
    bench.sync()
    assert list(bench.texts()) == ["ohje.md"]
    (folder / "ohje.md").write_text(text)
    report = bench.sync()
    assert report.counts.failed == 1
    assert bench.texts() == {}
    assert bench.published() == set()
    with bench.store.reading() as work:
        assert work.vectors.lacking(bench.embedder.identity) == []
    (waiting,) = Quarantine(bench.store, clock).waiting()
    assert (waiting.key, waiting.kind, waiting.heading) == ("ohje.md", kind, "Kotiutus")
    bench.close()
    kept = b"".join(path.read_bytes() for path in bench.settings.data_dir.rglob("*") if path.is_file())
    assert b"131052" not in kept
    assert b"Virtanen" not in kept
    assert "131052" not in str(report)
    assert "Virtanen" not in str(report)


def test_better_rules_reach_documents_that_were_read_before(
    bench: Bench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was indexed before anybody looked for such data, and has not changed since, leaves at the next run."""
    (folder / "ohje.md").write_text(NAMED)
    bench.add(folder)
    with monkeypatch.context() as before:
        before.setattr("indexer.contents.RULES", READER_VERSION)
        before.setattr("indexer.pipeline.RULES", READER_VERSION)
        before.setattr("indexer.pipeline.suspicion", lambda *_: None)
        bench.sync()
    assert list(bench.texts()) == ["ohje.md"]
    report = bench.sync()
    assert report.counts.failed == 1
    assert bench.texts() == {}


def test_an_erased_document_leaves_the_files_of_the_index(bench: Bench, folder: Path) -> None:
    """The next generation shares no file that holds anything of it; with what only disappeared it may share them."""
    for number in range(9):
        (folder / f"{number}.md").write_text(f"# Ohje {number}\n\nKirjaus tehdään vuoroittain kohdassa {number}.\n")
    bench.add(folder)
    bench.sync()
    first = _segments(bench)
    (folder / "8.md").unlink()
    bench.sync()
    assert _segments(bench) == first
    (folder / "ohje.md").write_text(CODED)
    bench.sync()
    assert len(bench.texts()) == 8
    assert _segments(bench).isdisjoint(first)
    assert bench.published() == set(bench.live())


def _segments(bench: Bench) -> set[str]:
    return {path.split("/")[0] for path in bench.shelf.current().manifest.checksums if path.startswith("segment-")}


def test_it_is_not_looked_at_again_until_it_changes(bench: Bench, folder: Path, clock: SetClock) -> None:
    """A run passes over what waits; mended, the document comes in and the quarantine forgets it."""
    (folder / "ohje.md").write_text(NAMED)
    bench.add(folder)
    bench.sync()
    read = len(bench.reader.names)
    again = bench.sync()
    assert len(bench.reader.names) == read
    assert [trouble.is_new for trouble in again.troubles] == [False]
    (folder / "ohje.md").write_text(CLEAN + "\nMaija Virtanen kertoo lisää.\n")
    bench.sync()
    assert list(bench.texts()) == ["ohje.md"]
    assert Quarantine(bench.store, clock).waiting() == []


def test_a_false_alarm_is_released_by_its_content(bench: Bench, folder: Path, clock: SetClock) -> None:
    """Released, the document is indexed; changed, it is looked at anew and kept out again."""
    (folder / "ohje.md").write_text(NAMED)
    source = bench.add(folder)
    bench.sync()
    quarantine = Quarantine(bench.store, clock)
    quarantine.release(source.id, "ohje.md")
    bench.sync()
    assert list(bench.texts()) == ["ohje.md"]
    assert quarantine.waiting() == []
    with pytest.raises(NotFoundError):
        quarantine.release(source.id, "ohje.md")
    (folder / "ohje.md").write_text(NAMED + "\nLisäys.\n")
    bench.sync()
    assert bench.texts() == {}
    assert len(quarantine.waiting()) == 1


def test_one_that_is_gone_waits_no_longer(bench: Bench, folder: Path, clock: SetClock) -> None:
    """Deleted where it came from, it leaves the list."""
    (folder / "ohje.md").write_text(CODED)
    bench.add(folder)
    bench.sync()
    (folder / "ohje.md").unlink()
    bench.sync()
    assert Quarantine(bench.store, clock).waiting() == []


def test_a_file_name_can_be_personal_data_too(bench: Bench, folder: Path) -> None:
    """It stands in no table and no report; an admin is told how many to rename."""
    (folder / "131052-308T.md").write_text(CLEAN)
    bench.add(folder)
    report = bench.sync()
    assert list(bench.texts()) == ["ohje.md"]
    assert ["names seem to hold personal data" in trouble.sentence for trouble in report.troubles] == [True]
    assert "131052" not in str(report)


def test_the_command_lists_and_releases(bench: Bench, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin sees the kind and the place in words, and lets a false alarm in by source and name."""
    (folder / "ohje.md").write_text(NAMED)
    source = bench.add(folder)
    bench.sync()
    monkeypatch.setenv("SOLMU_DATA_DIR", str(bench.settings.data_dir))
    shell = CliRunner()
    shown = " ".join(shell.invoke(app, ["quarantine"]).stdout.split())
    assert f"{source.id} ohje.md: a name with a date of birth under “Kotiutus”" in shown
    assert "Virtanen" not in shown
    released = shell.invoke(app, ["quarantine", "release", source.id, "ohje.md"])
    assert released.exit_code == 0
    assert "No document is in quarantine." in shell.invoke(app, ["quarantine"]).stdout
