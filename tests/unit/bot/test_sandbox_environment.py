"""What the sandbox takes from the shell that it is started in: next to nothing."""

from __future__ import annotations

import pytest

from bot.sandbox.children import environment


def test_a_language_model_comes_along_and_nothing_else_of_solmus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Solmu's database and workspace are not the sandbox's; the sandbox's own settings count."""
    monkeypatch.setenv("SOLMU_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("SOLMU_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    passed_on = environment({"SOLMU_DATA_DIR": "here"})
    ours = {name: value for name, value in passed_on.items() if name.startswith(("SOLMU_", "SLACK_"))}
    assert ours == {"SOLMU_LLM_BASE_URL": "http://127.0.0.1:9/v1", "SOLMU_DATA_DIR": "here"}
