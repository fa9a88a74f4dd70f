"""The sample ecosystem, indexed once for every test that asks it something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge
from tests.fakes import SetClock
from tests.integration.indexing import Bench
from tests.sample import index_sample


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, bundled_home: Path) -> Path:
    """A data folder that holds the sample's documents and use cases; copy it, do not write to it."""
    home = tmp_path_factory.mktemp("sample")
    (home / "models").symlink_to(bundled_home / "models")
    index_sample(home)
    return home


@pytest.fixture(scope="session")
def sample(sample_home: Path) -> Iterator[Knowledge]:
    """Everything that answers questions about the sample."""
    knowledge = open_knowledge(Settings(data_dir=sample_home))
    yield knowledge
    knowledge.store.dispose()


@pytest.fixture
def bench(tmp_path: Path, clock: SetClock) -> Iterator[Bench]:
    """An indexer with an empty data folder."""
    opened = Bench(tmp_path / "data", clock)
    yield opened
    opened.close()
