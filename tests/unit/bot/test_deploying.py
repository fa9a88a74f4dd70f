"""Files for hosting: they name settings that exist, run without rights, and give answers time to end."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import SlackSettings
from knowledge.settings import Settings

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
KNOWN = {f"SOLMU_{name.upper()}" for name in Settings.model_fields}
KNOWN_OF_SLACK = {f"SLACK_{name.upper()}" for name in SlackSettings.model_fields}
DRAINING = Settings.model_fields["drain_seconds"].default


@pytest.mark.parametrize("file", [*FILES, ROOT / "docs" / "operating.md"], ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    """An unknown name would stop the process at its start."""
    text = file.read_text(encoding="utf-8")
    assert set(re.findall(r"\bSOLMU_[A-Z_]+[A-Z]", text)) <= KNOWN
    assert set(re.findall(r"\bSLACK_[A-Z_]+[A-Z]", text)) <= KNOWN_OF_SLACK


@pytest.fixture
def services() -> dict[str, Any]:
    """What the compose file starts, with what they share filled in."""
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = composed["services"]
    return found


def test_containers_have_no_rights_and_write_to_their_volume_only(services: dict[str, Any]) -> None:
    """A root file system that is read-only, a user without a name of power, and no capability."""
    own = {name: service for name, service in services.items() if name != "database"}
    assert set(own) == {"bot-1", "bot-2", "indexer"}
    for service in own.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["data:/data"]
        assert service["environment"]["SOLMU_DATABASE_URL"].startswith("postgresql://")
    assert re.search(r"^USER solmu$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)


def test_two_bots_have_two_names(services: dict[str, Any]) -> None:
    """Else each would take up the other's questions."""
    procfile = (DEPLOY / "Procfile").read_text(encoding="utf-8")
    for names in (
        [services[name]["environment"]["SOLMU_PROCESS_NAME"] for name in ("bot-1", "bot-2")],
        re.findall(r"SOLMU_PROCESS_NAME=(\S+)", procfile),
    ):
        assert len(set(names)) == len(names) == 2


def test_nobody_is_killed_while_answers_may_end(services: dict[str, Any]) -> None:
    """Whoever stops a bot waits longer than the bot drains."""
    unit = (DEPLOY / "systemd" / "solmu-bot.service").read_text(encoding="utf-8")
    for seconds in (
        services["bot-1"]["stop_grace_period"].removesuffix("s"),
        re.findall(r"TimeoutStopSec=(\d+)", unit)[0],
    ):
        assert int(seconds) >= DRAINING + 10


def test_the_container_s_health_is_asked_for_in_python() -> None:
    """There is no curl in the image; what is there instead must at least be a program."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    [asked] = [json.loads(line) for line in re.findall(r"CMD (\[.*\])", text) if "urllib" in line]
    assert asked[:2] == ["python", "-c"]
    assert compile(asked[2], "health", "exec")
