"""The log of the shell's commands and of the indexer, at its lowest level, holds nothing of texts and persons."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from typer.testing import CliRunner

import indexer.__main__ as indexer
import knowledge.__main__ as knowledge
from tests.fakes import SmallEmbedder

GUIDE = "# Ohje\n\n## Kotiutus\n\nKotiutuksesta sovitaan Selkälahden hoitajan kanssa ajoissa ennen lähtöä.\n"
NAMED = "# Toinen\n\n72-vuotias potilas Maija Salakkala, s. 3.4.1952, diabetes.\n"
QUESTION = "Kenen kanssa kotiutuksesta sovitaan Ohutkankaalla?"
REFUSED = "Potilaamme Eino Piilomaa, s. 5.6.1948, miten hoidetaan?"
SECRETS = ("Selkälahde", "Salakkala", "1952", "Ohutkangas", "Ohutkankaalla", "Piilomaa", "1948")


def test_nothing_is_told_at_any_level(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Indexing, asking, being refused, and erasing are logged without a word of what was read, asked or erased."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SOLMU_LOG_LEVEL", "DEBUG")
    monkeypatch.setattr("knowledge.wiring.open_embedder", lambda *_, **__: SmallEmbedder())
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "ohje.md").write_text(GUIDE)
    (folder / "toinen.md").write_text(NAMED)
    shell = CliRunner()
    with caplog.at_level(logging.DEBUG):
        told = [shell.invoke(indexer.app, ["add", str(folder)]).output, shell.invoke(indexer.app, ["status"]).output]
        answers = [shell.invoke(knowledge.app, ["ask", text]) for text in (QUESTION, REFUSED)]
        searched = shell.invoke(knowledge.app, ["search", REFUSED])
        shell.invoke(knowledge.app, ["erase", "T1:U0SALAINEN1"])
    assert [answer.exit_code for answer in answers] == [0, 0]
    assert "yksittäisestä potilaasta" in answers[1].output
    assert searched.exit_code == 1
    assert "certain patient" in searched.output
    logged = "\n".join(
        [*told, searched.output, *(f"{each.name} {each.getMessage()} {each.exc_text}" for each in caplog.records)]
    )
    assert [secret for secret in (*SECRETS, "U0SALAINEN1") if secret in logged] == []
