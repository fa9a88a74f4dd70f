"""What is done with a restored database before anybody sees it: what happened after the backup is not undone by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.auditing import note_shell_act
from knowledge.erasures import replay_erasures
from knowledge.model import Act
from knowledge.ports import UnitOfWorkFactory
from knowledge.settings import Settings

LETTERS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Restored:
    """A database as it was at `made_at`, not in use yet; `settings` tell where it will be used."""

    uow: UnitOfWorkFactory
    settings: Settings
    made_at: datetime
    now: datetime


def doubt_letters(restored: Restored) -> None:
    """Have it looked up, before they are sent, whether letters that were due meanwhile have been sent already."""
    with restored.uow() as work:
        for letter in work.letters.due(restored.now, LETTERS_AT_ONCE):
            if not letter.tries:
                work.letters.put(replace(letter, tries=1, tried_at=restored.made_at))
        work.commit()


def forget_turns(restored: Restored) -> None:
    """Whose turn something was does not count any more, nor which process lived."""
    with restored.uow() as work:
        for lease in work.leases.named(""):
            work.leases.end(lease)
        work.commit()


def erase_again(restored: Restored) -> None:
    """Whoever was erased after the backup stays erased: the ledger beside the database tells."""
    replay_erasures(restored.uow, restored.settings, lambda: restored.now, restored.made_at)


def note_restore(restored: Restored) -> None:
    """Write into the audit log which backup was restored: what was done after it is not in the log."""
    note_shell_act(restored.uow, lambda: restored.now, Act.RESTORE, restored.made_at.isoformat())


AFTER_RESTORE: tuple[Callable[[Restored], object], ...] = (erase_again, doubt_letters, forget_turns, note_restore)
"""In this order."""
