"""Fitting: models from labelled rows, known answers from question sets, and an index without the answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge import learned
from knowledge.evaluation import models
from knowledge.evaluation.collection import read_collection
from knowledge.evaluation.models import Example, Fit, by_rank, by_rank_together, by_row, cross_validate
from knowledge.evaluation.quotable import quotables
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.taken_out import without
from knowledge.model import Language, PassageId
from tests.builders import candidates
from tests.fakes import SmallEmbedder


def _examples(count: int) -> list[Example]:
    """Each of three rows; the one whose first feature is high is right. Rows of case `b` are never right."""
    random = np.random.default_rng(5)
    examples = []
    for number in range(count):
        right = int(random.integers(3))
        rows = random.normal(size=(4, 2))
        rows[right, 0] += 6
        label = np.arange(4) == right
        examples.append(Example(f"d{number}", rows, np.array(["a", "a", "a", "b"]), label))
    return examples


@pytest.mark.parametrize("method", [by_row, by_rank, by_rank_together])
def test_a_model_learns_which_feature_tells(method: Fit) -> None:
    """The first feature carries the weight, and a case without a right row gets no model."""
    fitted = method(_examples(60))
    assert fitted.keys() == {"a"}
    assert fitted["a"].weights[0] > 10 * abs(fitted["a"].weights[1])


@pytest.mark.parametrize("method", [by_row, by_rank, by_rank_together])
def test_cross_validation_finds_what_it_has_not_seen(method: Fit) -> None:
    """Every example is judged by models of other documents, and the right row comes first; `b` is never preferred."""
    examples = _examples(60)
    odds = cross_validate(examples, method)
    right = [
        int(np.argmax(each)) == int(np.argmax(example.label)) for each, example in zip(odds, examples, strict=True)
    ]
    assert np.mean(right) > 0.95
    assert all(each[3] == -np.inf for each in odds)


def test_ranking_looks_at_differences_within_a_question_only() -> None:
    """What is high for all rows of a question that has an answer tells rows of it apart no better than chance."""
    random = np.random.default_rng(3)
    examples = []
    for number in range(80):
        rows = random.normal(size=(3, 2)) * (1, 0.1) + (0, 5 * (number % 2))
        right = int(np.argmax(rows[:, 0]))
        examples.append(Example(f"d{number}", rows, np.array(["a"] * 3), np.arange(3) == right))
    fitted = by_rank(examples)["a"]
    assert fitted.weights[0] > 20 * abs(fitted.weights[1])


def test_ranking_tells_how_sure_it_is() -> None:
    """Of rows whose score says one in three, about one in three is right: log-odds near ln(1 / 2)."""
    rows = np.zeros((3, 1))
    examples = [Example(f"d{number}", rows, np.array(["a"] * 3), np.arange(3) == number % 3) for number in range(30)]
    assert by_rank(examples)["a"].log_odds(np.zeros((1, 1))) == pytest.approx([np.log(0.5)], abs=1e-3)


def test_cases_are_ranked_together_when_they_share_a_list() -> None:
    """Where rows of one case are right three times as often as equal ones of another, the first case goes first."""
    rows = np.zeros((2, 1))
    case = np.array(["a", "b"])
    examples = [Example(f"d{number}", rows, case, np.array([number % 4 > 0, number % 4 == 0])) for number in range(40)]
    fitted = by_rank_together(examples)
    ahead = float(fitted["a"].log_odds(np.zeros((1, 1)))[0] - fitted["b"].log_odds(np.zeros((1, 1)))[0])
    assert ahead == pytest.approx(2 * np.log(3), rel=0.1)


def test_what_is_written_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Coefficients go through the file unchanged to six digits, and are in use at once."""
    for module in (models, learned):
        monkeypatch.setattr(module, "COEFFICIENTS", tmp_path)
    fitted = by_row(_examples(30))
    models.write("toy", fitted)
    rows = np.array([[1.0, 2.0]])
    assert learned.learned("toy")["a"].log_odds(rows) == pytest.approx(fitted["a"].log_odds(rows), abs=1e-4)
    learned.learned.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Swedish document with an answer by its offset, and a Finnish one whose answer is an English name or number."""
    text = "Nätverket grundades i mars. Det har många medlemmar. Kansliet finns i Selkälahti."
    finnish = "Ranskassa on paljon kaupunkeja. Normandia valloitettiin vuonna 1066. Sitten tuli rauha."
    _write(tmp_path / "corpus.jsonl", [{"id": "s", "text": text}, {"id": "f", "text": finnish}])
    _write(
        tmp_path / "queries.jsonl",
        [
            {"id": "1", "text": "Var finns kansliet?", "answer": "Selkälahti", "start": text.index("Selkälahti")},
            {"id": "2", "text": "Milloin Normandia valloitettiin?", "answers_en": ["in 1066"]},
            {"id": "3", "text": "Missä maassa on paljon kaupunkeja?", "answers_en": ["nowhere"]},
        ],
    )
    (tmp_path / "qrels.tsv").write_text("1\ts\t1\n2\tf\t1\n3\tf\t1\n", encoding="utf-8")
    return tmp_path


def _write(path: Path, lines: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def test_the_sentence_with_the_answer_is_known(folder: Path) -> None:
    """By the offset, or by the one sentence that holds the number; where neither tells, the question is left out."""
    first, second = quotables(folder / "queries.jsonl", read_collection(folder))
    assert (first.document, first.language, first.holds) == ("s", Language.SV, (False, False, True))
    assert (second.document, second.asked_in, second.holds) == ("f", Language.FI, (False, True, False))


def test_taken_out_passages_leave_every_column() -> None:
    """Of three candidates without the second, the others keep all their scores."""
    got = without(candidates([1, 2, 3], [4, 5, 6], [7, 8, 9]), {PassageId(2)})
    assert got.ids.tolist() == [1, 3]
    assert (got.lift.tolist(), got.lemma.tolist(), got.gram.tolist()) == ([1, 3], [4, 6], [7, 9])
    assert len(got.languages) == len(got.vector) == 2


def test_a_question_is_embedded_once() -> None:
    """Asked twice, a question has the same vector without the model's help."""

    class Counting(SmallEmbedder):
        asked = 0

        def embed_query(self, text: str) -> np.ndarray:
            self.asked += 1
            return super().embed_query(text)

    model = Counting()
    remembering = RememberingEmbedder(model)
    assert remembering.embed_query("Mitä?").tolist() == remembering.embed_query("Mitä?").tolist()
    assert (model.asked, remembering.identity) == (1, model.identity)
