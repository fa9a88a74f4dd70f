"""Question sets: read from their files, or refused with the line that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.evaluation.collection import CollectionError, Line, read_collection
from knowledge.evaluation.measuring import Finding, summarise


def _write(folder: Path, name: str, *lines: object) -> None:
    folder.mkdir(exist_ok=True)
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, a distractor, and two questions of which one has an answer."""
    made = tmp_path / "set"
    _write(made, "corpus.jsonl", {"id": "d1", "title": "Opas", "text": "Yksi."}, {"id": 2, "text": "Kaksi."})
    _write(made, "distractors.jsonl", {"id": "x1", "text": "Muuta."})
    _write(made, "queries.jsonl", {"id": "q1", "text": "Mikä?"}, {"id": "q2", "text": "Kuka?"})
    _write(made, "qrels.tsv", "q1\td1\t1", "q1\t2", "q2\td1\t0")
    return made


def test_a_set_is_read_whole(folder: Path) -> None:
    """Distractors are documents too; only questions with a relevant document are asked; grade 0 is not relevant."""
    got = read_collection(folder)
    assert got.documents == (Line("d1", "Opas", "Yksi."), Line("2", "", "Kaksi."), Line("x1", "", "Muuta."))
    assert got.questions == (Line("q1", "", "Mikä?"),)
    assert got.relevant == {"q1": {"d1", "2"}}
    assert got.unanswerable == ()


def test_documents_may_come_from_another_folder(folder: Path, tmp_path: Path) -> None:
    """Questions in another language ask about the same documents."""
    other = tmp_path / "other"
    _write(other, "queries.jsonl", {"id": "q1", "text": "What?"})
    _write(other, "qrels.tsv", "q1\td1\t1")
    _write(other, "queries_unanswerable.jsonl", {"id": "u1", "text": "Who?"})
    got = read_collection(other, folder)
    assert [line.id for line in got.documents] == ["d1", "2", "x1"]
    assert (got.questions[0].text, got.unanswerable[0].id) == ("What?", "u1")


@pytest.mark.parametrize("bad", ["{", "[]", '{"id": "d3"}', '"text"', "null"])
def test_a_bad_line_is_named(folder: Path, bad: str) -> None:
    """The sentence says which line of which file is no object with `id` and `text`."""
    _write(folder, "corpus.jsonl", {"id": "d1", "text": "Yksi."}, bad)
    with pytest.raises(
        CollectionError, match=r"^Line 2 of .*corpus\.jsonl is not a JSON object with `id` and `text`\.$"
    ):
        read_collection(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """What a set must hold is said when it is not there."""
    (folder / name).unlink()
    with pytest.raises(CollectionError, match=rf"{name} cannot be read .*; name a folder with corpus\.jsonl"):
        read_collection(folder)


def test_a_judgement_that_is_none_is_named(folder: Path) -> None:
    """A line of qrels.tsv without question and document, or with a grade that is no number, is a sentence too."""
    _write(folder, "qrels.tsv", "q1\td1\t1", "q1 d1 1")
    with pytest.raises(CollectionError, match=r"Line 2 of .*qrels\.tsv"):
        read_collection(folder)


def test_measures_are_means_over_the_questions(folder: Path) -> None:
    """One question of two documents, one of them first: recall a half, reciprocal rank 1, and the times asked."""
    got = summarise(read_collection(folder), [Finding(("d1", "x1"), 0.9, 12.0)], [Finding((), 0.2, 5.0)])
    assert (got["recall@5"], got["recall@100"], got["mrr@10"], got["questions"]) == (0.5, 0.5, 1, 1)
    assert got["ndcg@10"] == pytest.approx(0.6131, abs=1e-4)  # 1 / (1 + 1 / log2 3)
    assert (got["query_ms_p50"], got["query_ms_p95"]) == (12, 12)
    assert (got["auroc"], got["refused_at_5_percent_false_refusals"]) == (1, 1)
