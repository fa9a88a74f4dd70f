"""Solmu's side of the comparison with its peers, on a tiny workload; the peers need an environment of their own."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.searching.crossing import parallel_questions
from tools.peers.embedders import KnownVectors
from tools.peers.measure import index
from tools.peers.rows import ROWS, reasons
from tools.peers.workload import Passage, Question, Workload, read_workload, write_vectors, write_workload

LEIPOMO = Passage("a#0", "a", "Leipomo", "Leipomo paistaa ruisleipää joka aamu.")
LAUTTA = Passage("b#0", "b", "Lautta", "Lautta kulkee saareen kerran tunnissa.")
PADDING = Passage("m0", "m0", "", "Kirjastossa on uusi lukusali.")
CHANGED = Passage("a#0", "a", "Leipomo", "Leipomo paistaa ruisleipää joka ilta.")
QUESTION = Question("q1", "Milloin leipomo paistaa ruisleipää?", ["a"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two passages, one that pads, a question near the first, and a new version of it."""
    write_workload(tmp_path, Workload([LEIPOMO, LAUTTA], [PADDING], [QUESTION], CHANGED, "fi"))
    vectors = np.eye(4, 384, dtype=np.float32)
    texts = [passage.indexed for passage in (LEIPOMO, LAUTTA, PADDING, CHANGED)]
    parts = [passage.text for passage in (LEIPOMO, LAUTTA, PADDING, CHANGED)]
    asked = [QUESTION.text, *(text for parallel in parallel_questions().values() for text in parallel)]
    write_vectors(
        tmp_path,
        passages=(texts, vectors),
        sentences=(parts, vectors),
        questions=(asked, np.resize(vectors, (len(asked), 384))),
    )
    return tmp_path


def test_a_workload_is_read_as_it_was_written(folder: Path) -> None:
    """In whatever environment it is."""
    workload = read_workload(folder)
    assert workload.passages == [LEIPOMO, LAUTTA]
    assert (workload.padding, workload.changed, workload.language) == ([PADDING], CHANGED, "fi")
    assert workload.questions == [QUESTION]


def test_time_in_the_embedder_is_booked(folder: Path) -> None:
    """And a text that nobody embedded is an error: an engine that changed it would not be comparable."""
    embedder = KnownVectors(folder)
    assert embedder.passages([LAUTTA.indexed])[0, 1] == 1
    assert embedder.seconds > 0
    with pytest.raises(KeyError):
        embedder.question("Mitä?")


def test_solmu_is_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ranked without the padding, timed with it, and a change brought in."""
    index("Solmu", folder)
    measured = json.loads(capsys.readouterr().out)
    assert measured["ranked"] == {"q1": ["a", "b"]}
    assert measured["index"] > 0
    assert measured["change"] > 0
    assert len(measured["query_ms"]) == 1


def test_a_start_in_earnest_makes_the_language_means_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was made of known vectors is not kept where an installation looks for its own."""
    index("Solmu", folder)
    assert json.loads(capsys.readouterr().out)["query_ms"]
    assert list((folder / "solmu" / "known-means").glob("*.npy"))
    assert not list((folder / "solmu" / "data").rglob("language-means-*.npy"))


def test_a_reason_is_given_only_where_solmu_is_behind() -> None:
    """With either engine; more is better in the rows of quality, less in all others, and a tie is no being behind."""
    even = {key: {"Solmu": 1.0, "Solmu on torch": 1.0, "txtai": 1.0, "Haystack": 1.0} for key in ROWS}
    told = reasons(
        even
        | {
            "ndcg": {"Solmu": 0.7, "txtai": 0.6},
            "recall": {"Solmu": 0.7, "txtai": 0.8},
            "index": {"Solmu": 2.0, "txtai": 2.5},
            "memory": {"Solmu": 700.0, "Solmu on torch": 900.0, "txtai": 800.0, "Haystack": 850.0},
        }
    )
    assert told == [
        f"recall@10: Solmu is behind txtai: {ROWS['recall'].reason}",
        f"memory, MB: Solmu on torch is behind txtai, Haystack: {ROWS['memory'].reason}",
    ]
