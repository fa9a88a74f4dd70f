"""Erasures after a restore: whoever was erased since the backup was made is erased again."""

from __future__ import annotations

from datetime import datetime

from knowledge.adapters.erasure_ledger import hashed
from knowledge.wiring import Knowledge


def replay_erasures(knowledge: Knowledge, backed_up_at: datetime) -> int:
    """Erase again those whom the restored database still knows; returns how many.

    To be done before any bot is started on it. May be repeated. The ledger is the settings' own, not the backup's.
    """
    again = knowledge.erasing.erased_since(backed_up_at, hashed)
    for person in again:
        knowledge.profiles.leave(person)
    return len(again)
