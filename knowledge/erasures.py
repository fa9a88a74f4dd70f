"""Erasures after a restore: whoever was erased since the backup was made is erased again."""

from __future__ import annotations

from datetime import datetime

from knowledge.adapters.erasure_ledger import hashed
from knowledge.leaving import erasing_of, farewells_of
from knowledge.members.registry import let_idle_go
from knowledge.ports import Clock, UnitOfWorkFactory
from knowledge.settings import Settings


def replay_erasures(uow: UnitOfWorkFactory, settings: Settings, clock: Clock, backed_up_at: datetime) -> int:
    """Erase again those whom the restored database still knows; returns how many.

    Done before anybody uses it. May be repeated. The ledger is the settings' own, not the backup's.
    """
    again = erasing_of(uow, settings, clock).erased_since(backed_up_at, hashed)
    farewells = farewells_of(uow, settings, clock)
    for person in again:
        for farewell in farewells:
            farewell(person)
        with uow() as work:
            work.members.remove(person)
            let_idle_go(work)
            work.commit()
    return len(again)
