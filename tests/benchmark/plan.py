"""What a run of the benchmark is given: how much to measure, and the data folders, each built when first wanted."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.benchmark.holdings import Holding, Sample, build_holding, open_sample
from tests.sample import QUESTIONS, index_sample

T = TypeVar("T")
KEPT_VARIABLES = ("PATH", "HOME", "LANG")


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    sizes: Sequence[int] = (1_000, 10_000, 100_000)
    questions: int = 116
    rounds: int = 5
    """How often what can be repeated is repeated at most; the median counts."""
    patience: float = 20.0
    """Seconds after which nothing is repeated once more."""
    embedded: int = 48
    """Passages embedded by each engine in each round."""
    askers: Sequence[int] = (1, 4, 16)
    members: Sequence[int] = (400, 2_000)
    """Of an ecosystem that holds rounds; the first number lives through a year of them."""
    events: Sequence[int] = (100, 500)
    """In a calendar feed."""

    crowd: int = 500
    """People who sign up for one event at the same time."""
    storm: int = 1_000
    """Events in bad weather."""

    @property
    def usual(self) -> int:
        """The size at which what need not grow is measured: 10,000 passages, or the largest where all are smaller."""
        return max((size for size in self.sizes if size <= 10_000), default=self.sizes[0])

    def repeat(self, do: Callable[[], T]) -> list[T]:
        """The results of doing it once, and again as long as rounds and patience allow."""
        deadline = time.monotonic() + self.patience
        results = [do()]
        while len(results) < self.rounds and time.monotonic() < deadline:
            results.append(do())
        return results


QUICK = Extent(
    sizes=(300, 400), questions=6, rounds=1, embedded=4, askers=(1, 2), members=(40,), crowd=30, events=(10,), storm=60
)


@dataclass
class Plan:
    """The extent, the folder that all is built in, and what has been built so far."""

    extent: Extent
    folder: Path
    sample_home: Path | None = None
    _sample: Sample | None = None
    _holdings: dict[int, Holding] = field(default_factory=dict)

    @property
    def sample(self) -> Sample:
        """The sample, indexed by the real indexer with the real model."""
        if self._sample is None:
            home = self.sample_home or self.folder / "sample"
            if not home.exists():
                home.mkdir(parents=True)
                index_sample(home)
            self._sample = open_sample(home)
        return self._sample

    def holding(self, size: int) -> Holding:
        """A published data folder of so many passages."""
        if size not in self._holdings:
            self._holdings[size] = build_holding(self.sample, self.folder / f"of-{size}", size)
        return self._holdings[size]

    def questions(self) -> list[str]:
        """Questions about the sample in three languages, some of them without an answer, spread over the whole set."""
        lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
        asked = [str(json.loads(line)["question"]) for line in lines]
        step = max(1, len(asked) // self.extent.questions)
        return asked[::step][: self.extent.questions]


def environment(home: Path, **settings: str) -> Mapping[str, str]:
    """What a process of Solmu's own is started with."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "OMP_NUM_THREADS": "1", "SOLMU_DATA_DIR": str(home), "SOLMU_LOG_LEVEL": "ERROR", **settings}


PYTHON = sys.executable
