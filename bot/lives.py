"""Signs of life: each bot process gives them, and takes over what one that gives none any more has left unfinished.

Nobody's clock is compared with another's: a process counts as gone when its sign in the database has not changed for a
while on the watch of whoever looks. One that was only held up learns at its next sign that it was given up, and ends,
so that no question is answered by two.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.failures import note_failure
from knowledge.errors import SettingsError
from knowledge.ports import Clock, Lease, UnitOfWorkFactory

BEGINNING = "process:"
SIGNS = 5
"""How many signs may be missed before a process counts as gone."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Life:
    """A process: its name, the folder it lives in, of which nobody of the same name lives now, and its patience."""

    name: str
    home: str
    take_over_seconds: float

    @property
    def lease(self) -> str:
        """The name of its sign of life."""
        return BEGINNING + self.name


def home_in(folder: Path, name: str) -> str:
    """What tells the process of this name in this folder from one of the same name elsewhere; kept in the folder."""
    kept = folder / f"bot-{name}.home"
    if not kept.is_file():
        kept.write_text(secrets.token_hex(8), encoding="ascii")
    return kept.read_text(encoding="ascii")


class Work(Protocol):
    """What processes leave unfinished."""

    def owners(self) -> Collection[str]:
        """The names of the processes that have unfinished work."""
        ...

    def take_over(self, owner: str) -> None:
        """Have the work of this process, which is gone, gone on with by whoever lives; again, it changes nothing."""
        ...


class Lives:
    """One process among its kind. `give_up` ends it at once."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        life: Life,
        clock: Clock,
        unfinished: Work,
        give_up: Callable[[], object],
        stopping: threading.Event,
    ) -> None:
        self._uow = uow
        self._life = life
        self._clock = clock
        self._unfinished = unfinished
        self._give_up = give_up
        self._stopping = stopping
        self._holder = f"{life.home}:{secrets.token_hex(8)}"
        self._seen: dict[Lease, float] = {}
        self._left = threading.Event()

    def begin(self) -> None:
        """Take the name; waits for one that may be gone. Raises SettingsError where another process has it."""
        seen = self._other()
        if seen is not None:
            _log.info("waiting whether another bot named %s still lives", self._life.name)
            self._stopping.wait(self._life.take_over_seconds)
            if self._other() not in {None, seen}:
                message = (
                    f"Another bot named {self._life.name} runs on this database; "
                    "give this one another SOLMU_PROCESS_NAME."
                )
                raise SettingsError(message)
        with self._uow() as work:
            work.leases.put(self._sign())
            work.commit()

    def start(self) -> None:
        """Give signs, and until `stopping` is set watch those of others, in a thread of its own."""
        threading.Thread(target=self._live, name="lives", daemon=True).start()

    def leave(self) -> None:
        """Give no more signs: nothing is left to be taken over."""
        self._left.set()
        try:
            with self._uow() as work:
                work.leases.give_back(self._life.lease, self._holder)
                work.commit()
        except Exception:  # noqa: BLE001 - others notice by themselves
            note_failure("the sign of life cannot be taken away")

    def look(self) -> None:
        """Give a sign, and take over from whoever gave none for too long; gives up where it was taken over from."""
        try:
            self._look()
        except Exception:
            # The others could give no sign either: their silence counts only from when signs can be given again.
            self._seen.clear()
            raise

    def _look(self) -> None:
        if not self._give_sign():
            _log.critical("another process has taken over from this one, which was held up; this one ends")
            self._give_up()
        elif not self._stopping.is_set():
            self._take_over()

    def _take_over(self) -> None:
        # Before it is looked who lives: whoever arrives in between had given a sign before it began any work.
        owners = self._unfinished.owners()
        alive = self._alive()
        for owner in owners:
            if owner not in alive:
                _log.warning("what the bot named %s left unfinished is taken over", owner)
                self._unfinished.take_over(owner)

    def _live(self) -> None:
        while True:
            try:
                self.look()
            except Exception:  # noqa: BLE001 - without a database nobody can take over either
                note_failure("no sign of life can be given")
            if self._left.wait(self._life.take_over_seconds / SIGNS):
                return

    def _alive(self) -> Collection[str]:
        """The names of those whose signs change; what is left of the others is taken away."""
        with self._uow.reading() as work:
            others = [lease for lease in work.leases.named(BEGINNING) if lease.holder != self._holder]
        now = time.monotonic()
        self._seen = {lease: self._seen.get(lease, now) for lease in others}
        gone = {lease for lease, since in self._seen.items() if now - since >= self._life.take_over_seconds}
        ended = {lease for lease in gone if self._bury(lease)}
        return {self._life.name, *(lease.name.removeprefix(BEGINNING) for lease in others if lease not in ended)}

    def _sign(self) -> Lease:
        until = self._clock() + timedelta(seconds=self._life.take_over_seconds)
        return Lease(self._life.lease, self._holder, until)

    def _give_sign(self) -> bool:
        with self._uow() as work:
            is_mine = work.leases.extend(self._sign())
            work.commit()
        return is_mine

    def _bury(self, lease: Lease) -> bool:
        with self._uow() as work:
            is_gone = work.leases.end(lease)
            work.commit()
        return is_gone

    def _other(self) -> Lease | None:
        """Who has the name and lives elsewhere; an earlier life in the same folder is over."""
        with self._uow.reading() as work:
            there = [lease for lease in work.leases.named(self._life.lease) if lease.name == self._life.lease]
        return next((lease for lease in there if not lease.holder.startswith(f"{self._life.home}:")), None)
