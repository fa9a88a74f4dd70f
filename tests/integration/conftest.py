"""The sample ecosystem, indexed once for every test that asks it something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.sourcing import add_source
from indexer.wiring import open_indexer
from knowledge.model import Audience
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge

SAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "sample"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, bundled_home: Path) -> Path:
    """A data folder that holds the sample's documents and use cases; copy it, do not write to it."""
    home = tmp_path_factory.mktemp("sample")
    (home / "models").symlink_to(bundled_home / "models")
    with open_indexer(Settings(data_dir=home)) as indexer:
        with indexer.knowledge.store() as work:
            sources = [
                add_source(
                    work,
                    str(SAMPLE / name),
                    use_cases=name.endswith(".jsonl"),
                    audience=Audience.MEMBERS,
                    columns=(),
                    clock=indexer.knowledge.clock,
                )[0]
                for name in ("documents", "usecases.jsonl")
            ]
            work.commit()
        report = indexer.pipeline.sync(sources, lambda _phase, _done, _total: None)
    assert not report.troubles
    return home


@pytest.fixture(scope="session")
def sample(sample_home: Path) -> Iterator[Knowledge]:
    """Everything that answers questions about the sample."""
    knowledge = open_knowledge(Settings(data_dir=sample_home))
    yield knowledge
    knowledge.store.dispose()
