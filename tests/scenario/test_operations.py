"""What a process manager and a monitor see of the real bot, over each transport."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from tests.scenario.bot_process import MEMBERS_QUESTION
from tests.scenario.bot_process import NOT_FOUND_QUESTION as OFF_TOPIC
from tests.scenario.conftest import Workplace
from tests.scenario.talking import ask_directly
from tests.standin import MEMBER

SAMPLE = re.compile(r"^([a-z_]+)(\{[^}]*\})? ([0-9.e+-]+)$", re.MULTILINE)


def _figures(workplace: Workplace) -> dict[str, float]:
    text = httpx.get(f"{workplace.operations}/metrics", trust_env=False).text
    return {name + labels: float(value) for name, labels, value in SAMPLE.findall(text)}


def test_a_bot_that_answers_is_alive_and_ready(workplace: Workplace) -> None:
    """Both pages say so, and name nothing that is wrong."""
    alive, ready = (httpx.get(workplace.operations + page, trust_env=False) for page in ("/healthz", "/readyz"))
    assert (alive.status_code, alive.text) == (200, "ok\n")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "not_ready": []})


def test_figures_count_what_happens(workplace: Workplace) -> None:
    """An answer and a refusal are counted as such, with how long they took and what Slack was asked."""
    before = _figures(workplace)
    ask_directly(workplace.slack, MEMBER, MEMBERS_QUESTION)
    ask_directly(workplace.slack, MEMBER, OFF_TOPIC)
    workplace.slack.wait_for(
        lambda: _figures(workplace)["solmu_answer_seconds_count"] == before["solmu_answer_seconds_count"] + 2
    )
    after = _figures(workplace)
    for outcome in ("answered", "refused"):
        name = f'solmu_questions_total{{outcome="{outcome}"}}'
        assert after[name] == before.get(name, 0) + 1
    events = 'solmu_ack_seconds_count{kind="event"}'
    assert after[events] >= before.get(events, 0) + 2
    assert after["solmu_index_documents"] == 6
    assert after['solmu_unfinished_work{state="begun"}'] >= 0
    assert any(name.startswith("solmu_slack_calls_total{method=") for name in after)


def test_figures_name_nobody(workplace: Workplace) -> None:
    """No user, channel, team, title or word of a question stands in a label."""
    ask_directly(workplace.slack, MEMBER, MEMBERS_QUESTION)
    told = httpx.get(f"{workplace.operations}/metrics", trust_env=False).text
    labels = set(re.findall(r'="([^"]*)"', told))
    assert labels
    assert not [label for label in labels if re.search(r"\b[UCDT]0[A-Z0-9]|xox|sanelu", label, re.IGNORECASE)]


def test_figures_are_not_for_the_world(workplace: Workplace) -> None:
    """What the world reaches tells that the bot lives, and no figures."""
    assert httpx.get(f"{workplace.web}/healthz", trust_env=False).status_code == 200
    assert httpx.get(f"{workplace.web}/metrics", trust_env=False).status_code in {401, 404}


@pytest.mark.parametrize("workplace", ["socket"], indirect=True)
def test_a_missing_index_is_named(workplace: Workplace) -> None:
    """While the index is away the bot is alive and not ready, says why, and is ready again afterwards."""
    index, away = workplace.bot.data_dir / "index", workplace.bot.data_dir / "away"
    index.rename(away)
    try:
        told = httpx.get(f"{workplace.operations}/readyz", trust_env=False)
        assert (told.status_code, json.loads(told.text)) == (503, {"ready": False, "not_ready": ["index"]})
        assert httpx.get(f"{workplace.operations}/healthz", trust_env=False).status_code == 200
    finally:
        away.rename(index)
    assert httpx.get(f"{workplace.operations}/readyz", trust_env=False).status_code == 200
