"""Signs of life in a real database: who is gone, who takes over, and who has to end."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from contextlib import AbstractContextManager

import pytest

from bot.lives import Life, Lives
from knowledge.errors import SettingsError
from knowledge.ports import UnitOfWork, UnitOfWorkFactory
from knowledge.store import Store
from knowledge.wiring import utc_now

PATIENCE = 0.1
"""Seconds without a sign after which a process counts as gone."""


class Unfinished:
    """What somebody left, and what was taken over."""

    def __init__(self, *owners: str) -> None:
        self._owners = owners
        self.taken: list[str] = []

    def owners(self) -> Collection[str]:
        """Whose work is unfinished."""
        return self._owners

    def take_over(self, owner: str) -> None:
        """Keep whose was taken over."""
        self.taken.append(owner)


class Database:
    """The store, which cannot be reached while it `is_away`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_away = False
        self.reading = store.reading

    def __call__(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work, if any can be had."""
        if self.is_away:
            raise ConnectionError
        return self._store()


class Process:
    """One process of a name in a folder."""

    def __init__(
        self, store: UnitOfWorkFactory, name: str, home: str, *owners: str, patience: float = PATIENCE
    ) -> None:
        self.unfinished = Unfinished(*owners)
        self.stopping = threading.Event()
        self.ends = 0
        life = Life(name, home, patience)
        self.lives = Lives(store, life, utc_now, self.unfinished, self._end, self.stopping)

    def _end(self) -> None:
        self.ends += 1


def test_only_who_gives_no_sign_is_taken_over_from(store: Store) -> None:
    """The living keep their work, one that is silent for too long loses it, and so does one nobody ever heard of."""
    living, silent = Process(store, "living", "a"), Process(store, "silent", "b")
    watching = Process(store, "watching", "c", "living", "silent", "watching", "unknown")
    for process in (living, silent, watching):
        process.lives.begin()
    watching.lives.look()
    assert watching.unfinished.taken == ["unknown"]
    time.sleep(PATIENCE)
    living.lives.look()
    watching.lives.look()
    assert watching.unfinished.taken == ["unknown", "silent", "unknown"]


def test_who_was_taken_over_from_ends_at_its_next_sign(store: Store) -> None:
    """A process that was held up must not go on with what another goes on with; it takes nothing over itself."""
    held_up, watching = Process(store, "held up", "a", "unknown"), Process(store, "watching", "b")
    held_up.lives.begin()
    watching.lives.begin()
    watching.lives.look()
    time.sleep(PATIENCE)
    watching.lives.look()
    held_up.lives.look()
    assert (held_up.ends, held_up.unfinished.taken, watching.ends) == (1, [], 0)


def test_a_restart_in_the_same_folder_waits_for_nobody(store: Store) -> None:
    """The earlier life's sign is replaced at once: the folder's lock has told that it is over."""
    Process(store, "one", "folder", patience=60).lives.begin()
    started = time.monotonic()
    again = Process(store, "one", "folder", patience=60)
    again.lives.begin()
    again.lives.look()
    assert time.monotonic() - started < 10
    assert again.ends == 0


def test_a_name_that_lives_elsewhere_is_refused(store: Store) -> None:
    """Two folders, one database, one name: the second says so in a sentence; of one that is gone it takes the name."""
    there = Process(store, "one", "there")
    there.lives.begin()
    there.lives.start()
    with pytest.raises(SettingsError, match="SOLMU_PROCESS_NAME"):
        Process(store, "one", "here").lives.begin()
    there.lives.leave()
    here = Process(store, "one", "here")
    here.lives.begin()
    here.lives.look()
    assert here.ends == 0


def test_who_stops_gives_signs_and_takes_nothing_over(store: Store) -> None:
    """While answers end after SIGTERM others must not begin them anew; what others left is not begun here."""
    stopping, watching = Process(store, "stopping", "a", "unknown"), Process(store, "watching", "b", "stopping")
    stopping.lives.begin()
    watching.lives.begin()
    watching.lives.look()
    stopping.stopping.set()
    time.sleep(PATIENCE)
    stopping.lives.look()
    watching.lives.look()
    assert (stopping.unfinished.taken, watching.unfinished.taken) == ([], [])
    stopping.lives.leave()
    watching.lives.look()
    assert watching.unfinished.taken == ["stopping"]


def test_nobody_is_taken_over_from_for_silence_while_the_database_was_away(store: Store) -> None:
    """Whoever looks first after an outage does not bury the others, who could give no sign; whoever stays silent is."""
    database = Database(store)
    other, watching = Process(store, "other", "a"), Process(database, "watching", "b", "other")
    other.lives.begin()
    watching.lives.begin()
    watching.lives.look()
    database.is_away = True
    with pytest.raises(ConnectionError):
        watching.lives.look()
    time.sleep(PATIENCE)
    database.is_away = False
    watching.lives.look()
    assert watching.unfinished.taken == []
    time.sleep(PATIENCE)
    watching.lives.look()
    assert watching.unfinished.taken == ["other"]
