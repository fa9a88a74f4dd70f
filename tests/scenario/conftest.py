"""One index for every test that runs the bot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.bot_process import build_index


@pytest.fixture(scope="session")
def built_index(bundled_home: Path) -> Path:
    """A data folder that holds the bot tests' documents; copy it, do not write to it."""
    build_index(bundled_home)
    return bundled_home
