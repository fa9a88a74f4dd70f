"""Bad weather in small: `python -m tests.benchmark storm` is the same with a thousand events."""

from __future__ import annotations

from pathlib import Path

from tests.benchmark.storm import weather
from tests.scenario.bot_process import copy_index
from tests.writing import model_server


def test_each_question_ends_in_one_whole_answer(built_index: Path, tmp_path: Path) -> None:
    """Whatever comes twice, fails, closes, dies or is killed meanwhile."""
    with model_server() as server:
        told = dict(weather(copy_index(built_index, tmp_path / "data"), server, events=60, kills=1))
    assert told["SIGKILL"] == 1
    assert told["streams begun"] != 0
    assert told["questions"] == told["of them with exactly one whole answer"] != 0
    assert told["with more or less than one message"] == 0
