"""`python -m knowledge members`: what its commands print, and that a failure is a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.adapters.erasure_ledger import hashed
from knowledge.model import Attendance, member_id
from knowledge.store import open_store
from tests.builders import occurrence
from tests.signing import Evening

TABLE = "userid;organisaatio;rooli;aiheet;yhteyshenkilö\nU1;Puhevako Oy;myyjä;tutka;kyllä\nU2;Muistiväylä ry;;;\n"


@pytest.fixture
def members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The commands over an empty data folder, with a table of two people in the folder where they are run."""
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    Path("members.csv").write_text(TABLE, encoding="cp1252")
    return CliRunner()


def _run(members: CliRunner, *words: str, code: int = 0) -> str:
    result = members.invoke(app, ["members", *words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def test_members_come_in_and_go_out(members: CliRunner) -> None:
    """A dry run first, which changes nothing; then in, listed, out, and erased."""
    told = _run(members, "import", "members.csv", "--team", "T1", "--dry-run")
    assert told.splitlines() == [
        "line 2: new (becomes the organisation’s contact)",
        "line 3: new",
        "2 new",
        "This was a dry run: nothing was changed.",
    ]
    assert _run(members, "list") == ""
    assert _run(members, "import", "members.csv", "--team", "T1") == "2 new\n"
    assert "T1:U1  Puhevako Oy  has not consented to anything" in _run(members, "list")
    assert "2 members are in out.csv." in _run(members, "export", "out.csv")
    assert _run(members, "import", "out.csv") == "2 same\n"
    assert "T1:U1 and everything about them is erased." in _run(members, "remove", "U1")
    assert "U1" not in _run(members, "list")
    acts = [line.split()[2:5] for line in members.invoke(app, ["audit"]).output.splitlines()]
    kinds = ["members_import", "members_export", "members_import", "erase_person"]
    assert [act[:2] for act in acts] == [["shell", kind] for kind in kinds]
    assert acts[-1][2] == hashed(member_id("T1", "U1"))


def test_whoever_is_removed_frees_their_seat(members: CliRunner, tmp_path: Path) -> None:
    """It is offered to who waits, before everything that the member said is erased."""
    _run(members, "import", "members.csv", "--team", "T1")
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'solmu.sqlite'}")
    evening = Evening(store, capacity=1)
    coming = datetime.now(UTC) + timedelta(days=7)
    with store() as work:
        work.events.put_occurrence(occurrence(starts_at=coming, ends_at=coming + timedelta(hours=1)))
        work.commit()
    for user in ("U1", "U2"):
        evening.say(user)
    _run(members, "remove", "U1")
    assert [(each.person, each.attendance) for each in evening.all()] == [("T1:U2", Attendance.OFFERED)]
    store.dispose()


def test_a_bad_file_is_kept_out(members: CliRunner) -> None:
    """With the line and the reason, exit code 1, and nothing of it stored."""
    Path("bad.csv").write_text(TABLE + "U3;;;;\n", encoding="utf-8")
    told = _run(members, "import", "bad.csv", "--team", "T1", code=1)
    assert "line 4: refused (it names no organisation)" in told
    assert "Nothing was brought in" in told
    assert _run(members, "list") == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import", "none.csv"), "cannot be read"),
        (("import", "members.csv"), "Say with --team"),
        (("remove", "T1:U9"), "There is no member T1:U9"),
        (("export", "none/out.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(members: CliRunner, words: tuple[str, ...], sentence: str) -> None:
    """Not a traceback."""
    assert sentence in _run(members, *words, code=1)


def test_the_overview_is_printed_and_written(members: CliRunner, bundled_home: Path, tmp_path: Path) -> None:
    """In the language that is set."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(bundled_home / "models")
    assert "Jäseniä 0, esittelyissä mukana 0, tauolla 0." in _run(members, "overview")
    _run(members, "overview", "--csv", "overview.csv")
    assert Path("overview.csv").read_text(encoding="utf-8-sig").startswith("Osa;Kohde;Organisaatio;")
    assert members.invoke(app, ["audit"]).output.split()[2:] == ["shell", "network_export", "done"]
