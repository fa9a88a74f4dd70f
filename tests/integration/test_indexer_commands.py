"""`python -m indexer`: what it prints for people and programs, its exit codes, and one sentence per failure."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from filelock import FileLock
from rich.console import Console
from typer.testing import CliRunner

import indexer.__main__ as commands
from indexer.wiring import LOCK
from tests.fakes import SmallEmbedder
from tests.integration.trouble_files import encrypted_pdf

Run = Callable[..., Result]
GUIDE = "# Ohje\n\nTallenne poistetaan viikossa.\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the settings name, and no model to load."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("knowledge.wiring.open_embedder", lambda *_, **__: SmallEmbedder())
    monkeypatch.setattr("indexer.opening.PATIENCE", 0.1)
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Runs a command; anything but an orderly exit is the test's failure."""

    def invoke(*words: str | Path, code: int = 0) -> Result:
        result = CliRunner().invoke(commands.app, [str(word) for word in words])
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    assert not data.exists()
    return invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one guide."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "ohje.md").write_text(GUIDE)
    return made


def _json(result: Result) -> Any:
    return json.loads(result.stdout)


def test_from_adding_to_removing(run: Run, folder: Path) -> None:
    """The words that an admin reads, from the first source to the last."""
    assert run("list").stdout == "There are no sources yet; run `python -m indexer add PATH`.\n"
    counts = "1 new, 0 changed, 0 unchanged, 0 removed, 0 failed; 1 of 1 passages read were embedded.\n"
    assert run("add", folder).stdout == f"{folder} is source s1.\n{counts}"
    assert run("add", folder).stdout.startswith(f"{folder} is already source s1.\n0 new, 0 changed, 1 unchanged")
    assert run("list").stdout == f"s1   folder   members      1 documents  {folder}\n"
    status = run("status").stdout.splitlines()
    assert status[0] == "1 documents and 0 use cases in 1 passages."
    assert status[1].startswith("current  ")
    assert status[-1] == "Last run: done."
    removed = f"Source s1 ({folder}) and everything read from it is erased.\n"
    assert run("remove", "s1").stdout == removed
    assert run("status").stdout.startswith("0 documents and 0 use cases in 0 passages.\n")


def test_programs_read_objects(run: Run, folder: Path) -> None:
    """With --json each command prints one object or list that says the same."""
    added = _json(run("add", folder, "--audience", "public", "--json"))
    assert (added["source"], added["new"], added["report"]["new"], added["report"]["failures"]) == ("s1", True, 1, [])
    (listed,) = _json(run("list", "--json"))
    assert {name: listed[name] for name in ("id", "kind", "location", "audience", "documents", "failures")} == {
        "id": "s1",
        "kind": "folder",
        "location": str(folder),
        "audience": "public",
        "documents": 1,
        "failures": 0,
    }
    (folder / "uusi.md").write_text("Uusi ohje on tässä.")
    plan = _json(run("sync", "--dry-run", "--json"))
    assert plan["changes"] == [{"source": "s1", "document": "uusi.md", "change": "new"}]
    assert _json(run("sync", "--json"))["new"] == 1
    status = _json(run("status", "--json"))
    assert (status["documents"], status["passages"], status["run"]["state"]) == (2, 2, "done")
    assert status["model"] == {"name": "small", "revision": "1", "dimension": 32}
    newest, oldest = (each["generation"] for each in status["generations"])
    assert status["generation"] == newest
    assert _json(run("rollback", "--json")) == {"generation": oldest, "passages": 1}
    assert _json(run("rebuild", "--json"))["passages"] == 2
    assert _json(run("remove", folder, "--json")) == {"removed": "s1", "location": str(folder)}


def test_a_dry_run_tells_and_leaves_alone(run: Run, folder: Path) -> None:
    """Each document that would be touched has a line; nothing is touched."""
    run("add", folder)
    (folder / "ohje.md").write_text(GUIDE.replace("viikossa", "vuorokaudessa"))
    (folder / "uusi.md").write_text("Uusi ohje on tässä.")
    expected = [
        "changed  s1   ohje.md",
        "new      s1   uusi.md",
        "Would read 1 new and 1 changed documents and take out 0; 0 are unchanged, 0 cannot be read.",
    ]
    assert run("sync", "--dry-run").stdout.splitlines() == expected
    assert run("sync", "--dry-run").stdout.splitlines() == expected


def test_a_use_case_catalogue(run: Run, tmp_path: Path) -> None:
    """Columns are told on the command line; later the source remembers them."""
    path = tmp_path / "cases.csv"
    path.write_text("Juttu;Kuvaus\nSanelu;Hoitaja sanelee kirjauksen.\n")
    run("add", path, "--kind", "usecases", "--column", "title=Juttu")
    assert _json(run("status", "--json"))["usecases"] == 1
    assert _json(run("sync", "--json"))["unchanged"] == 1
    refused = run("add", path, "--kind", "usecases", "--column", "title=Kuvaus", code=1)
    assert refused.stderr.endswith("run `python -m indexer remove s1` first.\n")


def test_new_trouble_fails_and_known_trouble_does_not(run: Run, folder: Path) -> None:
    """The exit code says that something new went wrong; what is known stays in `status` without failing for ever."""
    (folder / "salattu.pdf").write_bytes(encrypted_pdf())
    sentence = "salattu.pdf: The file is protected by a password; save a copy without one.\n"
    assert run("add", folder, code=1).stderr == sentence
    assert run("sync").stderr == sentence
    assert run("status").stdout.endswith(f"not read s1   {sentence}")


def test_status_tells_what_cannot_be_reached(run: Run, tmp_path: Path) -> None:
    """A page on a private address and a catalogue without a header are in `status`, in the same words."""
    page = "http://127.0.0.1:9/"
    refused = run("add", page, code=1).stderr.removeprefix(f"{page}: ")
    assert refused.startswith("The host 127.0.0.1 is on a private network")
    assert run("status").stdout.endswith(f"not read s1   {page}: {refused}")
    path = tmp_path / "cases.xlsx"
    workbook = openpyxl.Workbook()
    for row in (["Sanelu", "Järviranta"], ["Ajanvaraus", "Nordvik"]):
        workbook.worksheets[0].append(row)
    workbook.save(path)
    sentence = run("add", path, "--kind", "usecases", code=1).stderr
    assert "cases.xlsx has no column for the title: its first row should name the columns" in sentence
    assert f"Last run: done. {sentence}" in run("status").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "missing.pdf"), "missing.pdf does not exist; check the path, or write the whole address of a page"),
        (("add", ".", "--kind", "usecases"), "is a folder; a use-case catalogue is one JSONL, CSV or XLSX file."),
        (("add", "https://example.org/c.csv", "--kind", "usecases"), "download it and add the file."),
        (("add", ".", "--column", "title"), "--column title cannot be understood; write FIELD=COLUMN"),
        (("add", ".", "--link", "docs"), "--link docs is not a web address; write it whole, such as https://"),
        (("add", "https://example.org", "--link", "https://a.example"), "--link is for folders and files;"),
        (("remove", "s9"), "There is no source s9; `python -m indexer list` shows what there is."),
        (("rollback",), "There is no earlier index generation to roll back to"),
        (("rollback", "g1"), "There is no index generation g1; `python -m indexer status` lists them."),
        (("add", "http://127.0.0.1:9/"), "is on a private network, from which nothing is fetched"),
    ],
)
def test_each_failure_is_one_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    """On stderr, on one line, with exit code 1."""
    stderr = run(*words, code=1).stderr
    assert sentence in stderr
    assert stderr.count("\n") == 1


def test_two_indexers_do_not_work_at_once(run: Run, data: Path, folder: Path) -> None:
    """The second waits a while, then says so; looking is always allowed."""
    data.mkdir()
    with FileLock(data / LOCK):
        stderr = run("add", folder, code=1).stderr
        run("list")
    assert stderr == (
        "Another indexer is at work in this data folder; `python -m indexer status` shows how far it is.\n"
    )
    run("add", folder)


def test_another_model_is_refused(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names both models and what to run; `rebuild` is what helps."""
    run("add", folder)
    monkeypatch.setattr("knowledge.wiring.open_embedder", lambda *_, **__: SmallEmbedder(16, "2"))
    for words in (("sync",), ("add", folder), ("remove", "s1")):
        assert run(*words, code=1).stderr.startswith(
            "The index was made with small 1 (32 dimensions), the settings name small 2 (16 dimensions); "
            "run `python -m indexer rebuild`"
        )
    run("rebuild")
    run("sync")


def test_a_database_of_a_newer_solmu_is_refused(run: Run, data: Path) -> None:
    """A schema that this code does not know is left alone."""
    run("list")
    with sqlite3.connect(data / "solmu.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    database.close()
    assert run("status", code=1).stderr.startswith("The database is at revision zzzz, which this Solmu does not know;")


def test_a_data_folder_that_cannot_be_written(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a read-only folder nor a file in its place gives a traceback."""
    data.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_: False)
        assert run("status", code=1).stderr == (
            f"The data folder {data} is read-only; make it writable or set SOLMU_DATA_DIR to another folder.\n"
        )
    data.rmdir()
    data.write_text("")
    assert run("status", code=1).stderr.startswith(f"The data folder {data} cannot be made (File exists);")


def test_a_bar_is_drawn_on_a_terminal_only(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """People see how far it is; logs and pipes stay clean."""
    drawn = {}
    for is_terminal in (False, True):
        screen = io.StringIO()
        console = Console(file=screen, force_terminal=is_terminal, width=80)
        monkeypatch.setattr("knowledge.shell.errors", console)
        (folder / "ohje.md").write_text(f"Kerta {is_terminal}.")
        run("add", folder)
        drawn[is_terminal] = screen.getvalue()
    assert drawn[False] == ""
    assert "Reading" in drawn[True]
    assert "Embedding" in drawn[True]


@pytest.mark.parametrize(
    ("words", "settings", "code", "out", "err"),
    [
        (["status", "--json"], {}, 0, '"documents": 0', ""),
        (["add", "missing.pdf"], {}, 1, "", "missing.pdf does not exist"),
        (["list"], {"SOLMU_DATA_DRI": "x"}, 1, "", "did you mean SOLMU_DATA_DIR?"),
    ],
)
def test_the_real_command(
    tmp_path: Path,
    pytestconfig: pytest.Config,
    words: list[str],
    settings: dict[str, str],
    code: int,
    out: str,
    err: str,
) -> None:
    """The process that an admin starts: its exit code, and nothing on stderr but a sentence."""
    done = subprocess.run(
        [sys.executable, "-m", "indexer", *words],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(pytestconfig.rootpath),
            "SOLMU_DATA_DIR": str(tmp_path / "data"),
            **settings,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code
    assert out in done.stdout
    assert err in done.stderr
    assert done.stderr.count("\n") == bool(err)


def test_a_plan_reads_and_publishes_nothing(run: Run, folder: Path) -> None:
    """Of one source or of all, with the files by name."""
    run("add", folder)
    generation = _json(run("status", "--json"))["generation"]
    (folder / "uusi.md").write_text(GUIDE.replace("Ohje", "Uusi"))
    for named in ([], ["s1"]):
        shown = run("plan", *named).stdout
        assert "new      s1   uusi.md" in shown
        assert "Would read 1 new and 0 changed documents and take out 0; 1 are unchanged" in shown
    assert "There is no source s9" in run("plan", "s9", code=1).stderr
    assert _json(run("status", "--json"))["generation"] == generation


def test_schedules_are_set_and_shown(run: Run, folder: Path) -> None:
    """Off until one is set; a word that is none is refused with how to write it."""
    run("add", folder)
    assert run("schedule").stdout == "s1   off\n"
    assert run("schedule", "s1", "Mon 03:00").stdout.startswith("s1   mon 03:00, next ")
    assert "such as daily 03:00" in run("schedule", "s1", "sometimes", code=1).stderr
    assert _json(run("schedule", "s1", "off", "--json")) == [{"source": "s1", "schedule": "off", "due_at": None}]


def test_a_document_is_replaced_and_reinstated(run: Run, folder: Path) -> None:
    """Named by words of the title; what names several or none is refused with what there is."""
    (folder / "uusi.md").write_text("# Uusi opas\n\nMaksu on 40 euroa.\n")
    run("add", folder)
    assert "replaces" in run("replace", "ohje.md", "uusi opas").stdout
    assert "cannot replace itself" in run("replace", "uusi opas", "ohje.md", code=1).stderr
    assert "Several documents are called .md: " in run("replace", ".md", "uusi opas", code=1).stderr
    assert "No document is called sitä ei ole" in run("replace", "sitä ei ole", "uusi opas", code=1).stderr
    assert "is replaced by nothing any more" in run("reinstate", "ohje.md").stdout
    assert "Nothing replaces document" in run("reinstate", "ohje.md", code=1).stderr
