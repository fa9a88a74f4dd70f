"""Rated answers as a question set: what is in it, what is not, and that it can be asked again."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.evaluation.collection import read_collection
from knowledge.evaluation.rated import write_rated
from knowledge.model import Complaint, MemberId, Verdict
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.builders import content, document, question, source
from tests.inquiring import given_answer, rating

GUIDE, OLD = document("guide.md"), document("old.md")
U2 = MemberId("T1:U2")
ASKED = "message:T1:D0AINO:1.1"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two documents, of which one is gone since, and four rated questions."""
    opened = open_store(Settings(data_dir=tmp_path).database)
    with opened() as work:
        work.sources.add(source())
        for each in (GUIDE, OLD):
            work.documents.put(content(each, "Pilotti alkoi toukokuussa.", "Se kesti vuoden."), each.read_at)
        work.documents.retire(OLD.id, OLD.read_at)
        cited = {ASKED: (GUIDE.id, OLD.id, GUIDE.id), "E2": (GUIDE.id,), "E3": (OLD.id,), "E4": (GUIDE.id,)}
        for name, documents in cited.items():
            work.questions.add(question(name, text="" if name == "E4" else f"Milloin {name[-2:]} alkoi?"))
            work.ratings.record(dataclasses.replace(given_answer(name), documents=documents))
            work.ratings.rate(rating(name))
        said = {"verdict": Verdict.BAD, "complaint": Complaint.OUTDATED, "words": "Vanha tieto."}
        work.ratings.rate(rating("E2", person=U2, **said))
        work.commit()
    return opened


def test_what_helped_everybody_is_a_question_with_its_documents(store: Store, tmp_path: Path) -> None:
    """One disputed, one whose documents are gone, and one without its text are not; `evaluate` reads the set."""
    counts = write_rated(store, tmp_path / "set")
    assert counts == {"documents": 1, "questions": 1, "complaints": 1}
    read = read_collection(tmp_path / "set")
    assert [(each.id, each.text) for each in read.questions] == [("q1", "Milloin .1 alkoi?")]
    assert read.relevant == {"q1": {GUIDE.id}}
    assert read.documents[0].text == "Pilotti alkoi toukokuussa.\n\nSe kesti vuoden."


def test_complaints_are_written_without_names(store: Store, tmp_path: Path) -> None:
    """With the question, the passages and the generation behind the answer."""
    write_rated(store, tmp_path / "set")
    raw = (tmp_path / "set" / "complaints.jsonl").read_text(encoding="utf-8")
    [told] = map(json.loads, raw.splitlines())
    assert (told["complaint"], told["words"], told["text"]) == ("outdated", "Vanha tieto.", "Milloin E2 alkoi?")
    assert (told["generation"], told["passages"], told["documents"]) == ("g1", [1, 2], [GUIDE.id])
    assert (told["id"], told["day"]) == ("q2", "2026-03-12")
    assert U2 not in raw
    written = "".join(each.read_text(encoding="utf-8") for each in (tmp_path / "set").iterdir())
    assert "D0AINO" not in written


def test_the_command_says_what_it_wrote(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a table of counts."""
    store.dispose()
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path))
    done = CliRunner().invoke(app, ["feedback", str(tmp_path / "set"), "--json"])
    assert json.loads(done.stdout) == {"documents": 1, "questions": 1, "complaints": 1}
    assert "shell  rated_export" in CliRunner().invoke(app, ["audit"]).stdout
