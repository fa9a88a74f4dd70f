"""Commands that sentences and pages advise are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from typer.main import get_command

from bot.__main__ import app as bot
from indexer.__main__ import app as indexer
from knowledge.__main__ import app as knowledge

ROOT = Path(__file__).parents[3]
APPS = {"bot": bot, "indexer": indexer, "knowledge": knowledge}
COMMAND = re.compile(r"`?python -m (bot|indexer|knowledge) ([a-z][a-z-]+)(?=[` \n])")


def _told() -> Iterator[tuple[str, str, str]]:
    files = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    files += [path for name in APPS for kind in ("*.py", "*.po") for path in (ROOT / name).rglob(kind)]
    for path in files:
        for found in COMMAND.finditer(path.read_text(encoding="utf-8")):
            yield path.name, found[1], found[2]


@pytest.mark.parametrize("package", APPS)
def test_every_command_that_is_advised_is_there(package: str) -> None:
    """Else whoever is in trouble is sent from one error to the next."""
    commands = cast(Any, get_command(APPS[package])).commands
    told = {(name, command) for name, of, command in _told() if of == package}
    assert len(told) > 1
    assert {each for each in told if each[1] not in commands} == set()
