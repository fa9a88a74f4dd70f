"""Telling admins what happened to passages that answers had cited: one letter for each run, without the askers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from knowledge.model import CitedChange, Letter, LetterKind, MemberId
from knowledge.ports import Clock, UnitOfWorkFactory

LOOKED_BACK = timedelta(days=3)
"""How old a run may be of which admins are still told, should no bot have been at work."""


class CitedNews:
    """Writes the letters; `admins` tells who they are at the moment."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, admins: Callable[[], Collection[MemberId]]) -> None:
        self._uow = uow
        self._clock = clock
        self._admins = admins

    def write_letters(self) -> None:
        """A letter to each admin of each run that changed something cited, once."""
        now = self._clock()
        with self._uow.reading() as work:
            runs = [each.id for each in work.runs.done_since(now - LOOKED_BACK) if each.report.cited]
        if not runs:
            return
        with self._uow() as work:
            for run in runs:
                for admin in sorted(self._admins()):
                    work.letters.add(Letter(f"cited:{run}:{admin}", admin, LetterKind.CITED_CHANGED, run, {}, now))
            work.commit()

    def of_run(self, run: str) -> Sequence[CitedChange]:
        """What the run did to what was cited; raises NotFoundError."""
        with self._uow.reading() as work:
            return work.runs.get(run).report.cited
