"""`python -m knowledge`: what its commands print for people and for programs, and how they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app

MEASURES = {
    "ndcg@10",
    "recall@5",
    "recall@10",
    "recall@100",
    "mrr@10",
    "questions",
    "passages",
    "index_seconds",
    "query_ms_p50",
    "query_ms_p95",
}
QUOTING = {"quotes_answered", "quotes_quoted", "quotes_first"}
REFUSING = {"auroc", "refused_at_5_percent_false_refusals"}


@pytest.fixture
def run(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The commands over the sample's data folder."""
    monkeypatch.setenv("SOLMU_DATA_DIR", str(sample_home))
    return CliRunner()


def test_ask_prints_one_object(run: CliRunner) -> None:
    """Status, language, text, time, and citations with document, title, page, url, quote, language and score."""
    result = run.invoke(app, ["ask", "--json", "Kuinka kauan sanelun äänitallennetta saa säilyttää?"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["language"]) == ("answered", "fi")
    assert answer["took_ms"] > 0
    first = answer["citations"][0]
    assert {"document", "title", "page", "url", "quote", "language", "score"} <= first.keys()
    assert first["quote"] in answer["text"]
    assert isinstance(answer["use_cases"], list)


def test_ask_prints_the_answer_for_people(run: CliRunner) -> None:
    """Without --json the text alone is printed: quotes with their sources."""
    result = run.invoke(app, ["ask", "Hur länge förvaras rapporterna?"])
    assert result.exit_code == 0
    assert "tre år" in result.stdout
    assert "Anvisning för rapportering av avvikelser" in result.stdout


def test_a_refusal_is_an_answer(run: CliRunner) -> None:
    """Small talk ends with status `refused`, no citations, and exit code 0."""
    result = run.invoke(app, ["ask", "--json", "Hej!"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["reason"], answer["citations"]) == ("refused", "small_talk", [])


def test_search_lists_passages(run: CliRunner) -> None:
    """As many as asked for, best first, each with passage, document, page, text and score."""
    result = run.invoke(app, ["search", "--json", "--top", "3", "tekoälyaamu"])
    assert result.exit_code == 0
    hits = json.loads(result.stdout)
    assert len(hits) == 3
    assert all(hit.keys() == {"passage", "document", "page", "text", "score"} for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert "tekoälyaamu" in hits[0]["text"].casefold()
    assert "1. " in run.invoke(app, ["search", "--top", "1", "tekoälyaamu"]).stdout


def test_an_audience_sees_only_its_sources(run: CliRunner) -> None:
    """The sample is for members: whoever may read public sources only finds nothing."""
    result = run.invoke(app, ["search", "--json", "--audience", "public", "tekoälyaamu"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_an_unknown_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable ends with exit code 1 and a sentence that names the right one, on stderr."""
    monkeypatch.setenv("SOLMU_DATADIR", "/tmp/x")
    result = CliRunner().invoke(app, ["search", "x"])
    assert result.exit_code == 1
    assert result.stderr == "SOLMU_DATADIR is not a setting of Solmu; did you mean SOLMU_DATA_DIR?\n"
    assert result.stdout == ""


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    """Four documents of two sentences, four questions, one with its answer, and one that nothing answers."""
    folder = tmp_path / "set"
    folder.mkdir()
    texts = {
        "d1": "Kuulohavaintojen tutkimus alkoi Oulussa. Siihen osallistui kuusikymmentä koulua.",
        "d2": "Leipomo paistaa ruisleipää joka aamu. Sämpylät valmistuvat puolelta päivin.",
        "d3": "Lautta kulkee saareen kerran tunnissa. Matka kestää kaksikymmentä minuuttia.",
        "d4": "Kirjastossa on uusi lukusali. Sinne mahtuu neljäkymmentä lukijaa.",
    }
    questions = {"q1": "Missä kuulohavaintojen tutkimus alkoi?", "q2": "Milloin sämpylät valmistuvat?"}
    _write(folder / "corpus.jsonl", texts)
    _write(folder / "queries.jsonl", questions | {"q3": "Kuinka kauan lauttamatka kestää?"})
    _write(folder / "queries_unanswerable.jsonl", {"u1": "Kuka keksi höyrykoneen?"})
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        told = {"id": "q4", "text": "Montako lukijaa lukusaliin mahtuu?", "answer": "neljäkymmentä lukijaa"}
        file.write(json.dumps(told, ensure_ascii=False) + "\n")
    (folder / "qrels.tsv").write_text("q1\td1\t1\nq2\td2\t1\nq3\td3\t1\nq4\td4\t1\n", encoding="utf-8")
    return folder


def _write(path: Path, texts: dict[str, str]) -> None:
    lines = [json.dumps({"id": key, "text": text}, ensure_ascii=False) for key, text in texts.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_evaluate_prints_exactly_the_measures(question_set: Path, tmp_path: Path, bundled_home: Path) -> None:
    """A set with unanswerable questions has all measures; the kept folder is used again without embedding anew."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "models").symlink_to(bundled_home / "models")
    for _ in range(2):
        result = CliRunner().invoke(app, ["evaluate", str(question_set), "--work", str(work), "--quotes", "--json"])
        assert result.exit_code == 0, result.stderr
        measures = json.loads(result.stdout)
        assert measures.keys() == MEASURES | REFUSING | QUOTING
        assert (measures["quotes_answered"], measures["quotes_quoted"], measures["quotes_first"]) == (1, 1, 1)
        assert (measures["ndcg@10"], measures["recall@5"], measures["mrr@10"]) == (1, 1, 1)
        assert (measures["questions"], measures["passages"], measures["auroc"]) == (4, 4, 1)


def test_evaluate_says_what_is_missing(tmp_path: Path) -> None:
    """A folder that holds no set ends with exit code 1 and a sentence, not a traceback."""
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json"])
    assert result.exit_code == 1
    assert "qrels.tsv cannot be read" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_question_log_is_written_as_a_table(run: CliRunner, tmp_path: Path) -> None:
    """Headings in the language that was named; a file that cannot be written is told in one sentence."""
    log = tmp_path / "log.csv"
    result = run.invoke(app, ["questions", "--export", str(log), "--language", "sv"])
    assert (result.exit_code, result.stdout) == (0, "Filen log.csv är skriven: veckor 8.\n")
    assert log.read_text(encoding="utf-8-sig").splitlines()[0].startswith("Dag;Språk;Ämne;Fråga;Resultat;")
    failed = run.invoke(app, ["questions", "--export", str(tmp_path / "nowhere" / "log.csv")])
    assert failed.exit_code == 1
    assert "log.csv cannot be written" in failed.stderr
