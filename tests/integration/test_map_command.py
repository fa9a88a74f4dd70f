"""`python -m knowledge map` over an indexed catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.map.graph import NodeKind, read_map
from knowledge.model import Audience, DocumentKind, Language
from knowledge.searching.synonyms import NO_SYNONYMS
from knowledge.store import open_store
from tests.builders import content, document, source
from tests.fakes import NOON


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with one use case for members and one for coordinators."""
    store = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with store() as work:
        for number, audience in ((1, Audience.MEMBERS), (2, Audience.COORDINATORS)):
            kept = source(number, audience)
            work.sources.add(kept)
            case = document(f"uc-{number}", of=kept, kind=DocumentKind.USECASE)
            work.documents.put(content(case, "Hoitajat sanelevat.", case=True), NOON)
        work.commit()
    store.dispose()
    return tmp_path


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, inside that folder."""
    monkeypatch.setenv("SOLMU_DATA_DIR", str(home))
    monkeypatch.chdir(home)
    return lambda *arguments: CliRunner().invoke(app, ["map", *arguments])


def test_a_page_and_a_picture_are_written(home: Path, run: Callable[..., Result]) -> None:
    """By the file's ending; the sentence is in the language asked for, and a topic may be in another."""
    done = run("--out", "kartta.html", "--language", "sv", "--topic", "speech recognition")
    assert (done.exit_code, done.stdout) == (0, "Kartan sparades i filen kartta.html.\n")
    assert "Puheentunnistus kirjaamisessa" in (home / "kartta.html").read_text(encoding="utf-8")
    assert run("--out", "kartta.png").exit_code == 0
    assert (home / "kartta.png").read_bytes().startswith(b"\x89PNG")


def test_a_wrong_ending_and_a_missing_folder_are_told_in_a_sentence(run: Callable[..., Result]) -> None:
    """Nothing is written, and the exit code says so."""
    done = run("--out", "kartta.gif")
    told = "kartta.gif is neither .html nor .png; name a file that ends in one of them.\n"
    assert (done.exit_code, done.stderr) == (1, told)
    done = run("--out", "ei/ole/kartta.png")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_what_only_coordinators_may_read_is_on_their_map_alone(home: Path) -> None:
    """Two use cases for them, one for members, none for outsiders."""
    store = open_store(f"sqlite:///{home / 'solmu.sqlite'}")
    counts = {audience: len(read_map(store, audience, NO_SYNONYMS).of(NodeKind.USE_CASE)) for audience in Audience}
    assert counts == {Audience.PUBLIC: 0, Audience.MEMBERS: 1, Audience.COORDINATORS: 2}
    [case] = read_map(store, Audience.MEMBERS, NO_SYNONYMS).of(NodeKind.USE_CASE)
    assert case.name(Language.EN) == "Puheentunnistus kirjaamisessa"
    store.dispose()
