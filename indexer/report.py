"""What a synchronisation did or would do: counts, and a sentence for everything that did not go well."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.changes import Arrived, Change, Failed, StillFailing, Unchanged
from knowledge.model import RunCounts, Source


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document, or with an empty key a whole source, that could not be brought in, and why.

    `is_new` is False where the same bytes failed in an earlier run already.
    """

    source: Source
    key: str
    sentence: str
    is_new: bool = True

    @property
    def line(self) -> str:
        """Where it happened and what to do, for a person."""
        return f"{self.key or self.source.location}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome: `notes` are documents read in part, `changed` everything that was not as before."""

    counts: RunCounts
    troubles: Sequence[Trouble]
    notes: Sequence[Trouble]
    changed: Sequence[tuple[Source, Change]]
    sources: Sequence[Source] = ()


@dataclass(slots=True)
class Tally:
    """A report in the making."""

    counts: RunCounts = field(default_factory=RunCounts)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[Trouble] = field(default_factory=list)
    changed: list[tuple[Source, Change]] = field(default_factory=list)

    def add(self, **numbers: int) -> None:
        """Add to counts by name."""
        sums = {name: getattr(self.counts, name) + number for name, number in numbers.items()}
        self.counts = dataclasses.replace(self.counts, **sums)

    def count(self, source: Source, change: Change) -> None:
        """Count a change as what it turned out to be."""
        if isinstance(change, Unchanged):
            self.add(unchanged=1)
            return
        self.changed.append((source, change))
        match change:
            case Arrived():
                self.add(**{"new" if change.is_new else "changed": 1})
            case Failed():
                self.add(failed=1)
                self.troubles.append(Trouble(source, change.item.key, str(change.failure)))
            case StillFailing():
                self.add(failed=1)
                self.troubles.append(Trouble(source, change.item.key, change.record.sentence, is_new=False))
            case _:
                self.add(removed=int(change.state is not None))

    def report(self, sources: Sequence[Source] = ()) -> Report:
        """The outcome so far of looking at these."""
        return Report(self.counts, tuple(self.troubles), tuple(self.notes), tuple(self.changed), tuple(sources))
