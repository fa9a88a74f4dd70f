"""What stands and waits, read from the database and the index whenever Prometheus asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.failures import note_failure
from knowledge.errors import IndexDamagedError, IndexMissingError
from knowledge.ports import Clock, IndexShelf, UnitOfWorkFactory


class Gauges(Collector):
    """A collector; what cannot be told just now is left out. `unfinished` counts durable work by its state."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        shelf: IndexShelf,
        clock: Clock,
        unfinished: Callable[[], Mapping[str, int]],
    ) -> None:
        self._uow = uow
        self._shelf = shelf
        self._clock = clock
        self._unfinished = unfinished

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """See Collector."""
        for told in (self._index, self._database, self._work):
            try:
                yield from told()
            except (IndexMissingError, IndexDamagedError):
                continue
            except Exception:  # noqa: BLE001 - what else can be told is told
                note_failure("some figures cannot be told")

    def _index(self) -> Iterator[GaugeMetricFamily]:
        manifest = self._shelf.current().manifest
        age = (self._clock() - manifest.built_at).total_seconds()
        yield _gauge("solmu_index_age_seconds", "Time since the current index was built.", age)
        yield _gauge("solmu_index_passages", "Passages in the current index.", manifest.passages)
        yield _gauge("solmu_index_documents", "Documents in the current index.", manifest.documents)

    def _database(self) -> Iterator[GaugeMetricFamily]:
        with self._uow.reading() as work:
            late, in_vain = work.tallies.letters(self._clock())
            runs = work.tallies.runs()
        yield _gauge("solmu_letters_waiting", "Private messages that should have been sent by now.", late)
        yield _gauge("solmu_letters_failing", "Those of them that were tried in vain.", in_vain)
        counts = {state.value: number for state, number in runs.items()}
        yield _gauges("solmu_index_runs", "Indexing runs by state.", counts)

    def _work(self) -> Iterator[GaugeMetricFamily]:
        yield _gauges("solmu_unfinished_work", "Questions and other durable work, by state.", self._unfinished())


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)


def _gauges(name: str, about: str, values: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=["state"])
    for state, number in values.items():
        family.add_metric([state], number)
    return family
