"""The sample ecosystem that the sandbox ships, its questions, and an index over it by the real indexer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer.sourcing import add_source
from indexer.wiring import open_indexer
from knowledge.model import Audience
from knowledge.settings import Settings

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "bot" / "sandbox" / "sample"
DATA = ROOT / "tests" / "data"
QUESTIONS = DATA / "sample_questions.jsonl"
RECORD = DATA / "sample_record.json"
"""The merits of each question's answer when they were last recorded."""
FLOORS = DATA / "sample_floors.json"
"""Below which no share may fall, whatever is recorded."""


class SampleUnreadableError(RuntimeError):
    """A document of the sample could not be read."""


def index_sample(home: Path, paths: Sequence[Path] = (SAMPLE / "documents", SAMPLE / "usecases.jsonl")) -> None:
    """Index the sample's documents and use cases, or those told, for members, into an empty data folder."""
    with open_indexer(Settings(data_dir=home)) as indexer:
        with indexer.knowledge.store() as work:
            sources = [
                add_source(
                    work,
                    str(path),
                    use_cases=path.suffix == ".jsonl",
                    audience=Audience.MEMBERS,
                    columns=(),
                    clock=indexer.knowledge.clock,
                )[0]
                for path in paths
            ]
            work.commit()
        report = indexer.pipeline.sync(sources, lambda _phase, _done, _total: None)
    if report.troubles:
        raise SampleUnreadableError(report.troubles)
