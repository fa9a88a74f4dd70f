"""The clerk: one thread of one process at a time that shows announcements, sends letters, and does what time brings.

A lease in the database says whose turn it is. It is extended by a thread of its own, so that a long wait for Slack does
not lose it. Nobody's clock is compared with another's: a process has lost its turn once its lease has not changed for
a while on the watch of whoever waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.failures import note_failure
from bot.mailing import Mailing
from bot.posting import Posting
from knowledge.ports import Clock, Lease, UnitOfWork, UnitOfWorkFactory

Chore = Callable[[], object]
"""Something that is done every now and then."""
LEASE = "clerk"
LEASE_SECONDS = 15.0
"""After which another process takes over from one that was killed."""
EXTENDED_EVERY = 3.0
A_LOOK = 1.0
"""Seconds between two looks for what there is to do."""
AFTER_FAILURE = 5.0
LETTER_SECONDS = 3.0
"""How long letters are sent before the cards are looked at again."""
STOPPING_SECONDS = 5.0
"""How long what is under way may take when the process stops."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """The process's own name, under which it goes on after a restart; and how often chores are done."""

    holder: str
    due_seconds: float


class Clerk:
    """Works from `start` to `stop`, or until `stopping` is set."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        posting: Posting,
        mailing: Mailing,
        chores: Sequence[Chore],
        clock: Clock,
        turn: Turn,
        stopping: threading.Event,
    ) -> None:
        self._uow = uow
        self._posting = posting
        self._mailing = mailing
        self._chores = chores
        self._clock = clock
        self._turn = turn
        self._stopping = stopping
        self._held_until = 0.0
        self._seen: list[Lease] = []
        self._seen_at = 0.0
        self._chores_at = 0.0
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin, as soon as it is this process's turn."""
        for name, work in (("clerk-lease", self._hold_on), ("clerk", self._work)):
            thread = threading.Thread(target=work, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let what is under way end, for a few seconds, and let another process take over at once if it did."""
        self._stopping.set()
        deadline = time.monotonic() + STOPPING_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if any(thread.is_alive() for thread in self._threads):
            _log.warning("a message is under way still; its end is looked up at the next start")
            return
        try:
            with self._uow() as work:
                work.leases.give_back(LEASE, self._turn.holder)
                work.commit()
        except Exception:  # noqa: BLE001 - it runs out by itself
            note_failure("the lease cannot be given back")

    def _may_go_on(self) -> bool:
        return not self._stopping.is_set() and time.monotonic() < self._held_until

    def _hold_on(self) -> None:
        while True:
            try:
                self._extend()
            except Exception:  # noqa: BLE001 - without a database the lease runs out, and nothing is done
                note_failure("it cannot be told whose turn it is")
            if self._stopping.wait(EXTENDED_EVERY):
                return

    def _extend(self) -> None:
        asked_at = time.monotonic()
        own = Lease(LEASE, self._turn.holder, self._clock() + timedelta(seconds=LEASE_SECONDS))
        with self._uow() as work:
            is_held = work.leases.take(own)
            if not is_held and any(work.leases.end(each) for each in self._silent(work, asked_at)):
                is_held = work.leases.take(own)
            work.commit()
        self._held_until = asked_at + LEASE_SECONDS - EXTENDED_EVERY if is_held else 0.0

    def _silent(self, work: UnitOfWork, now: float) -> Sequence[Lease]:
        """The other's lease, where it has not changed for too long."""
        there = [each for each in work.leases.named(LEASE) if each.name == LEASE]
        if there != self._seen:
            self._seen, self._seen_at = there, now
        return there if now - self._seen_at >= LEASE_SECONDS else []

    def _work(self) -> None:
        while not self._stopping.wait(A_LOOK):
            try:
                self._look()
            except Exception:  # noqa: BLE001 - what failed now is tried at the next look
                note_failure("announcements and letters cannot be looked after")
                self._stopping.wait(AFTER_FAILURE)

    def _look(self) -> None:
        if self._may_go_on() and time.monotonic() >= self._chores_at:
            self._chores_at = time.monotonic() + self._turn.due_seconds
            self._do(self._chores)
        for announcement in self._posting.behind() if self._may_go_on() else ():
            if self._may_go_on():
                self._posting.show(announcement, self._may_go_on)
        deadline = time.monotonic() + LETTER_SECONDS
        while time.monotonic() < deadline and self._may_go_on() and self._mailing.send_next():
            pass

    def _do(self, chores: Iterable[Chore]) -> None:
        for chore in chores:
            if self._may_go_on():
                try:
                    chore()
                except Exception:  # noqa: BLE001 - one that fails keeps no other from being done
                    note_failure("what is due could not be done")
