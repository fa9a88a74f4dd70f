"""What operators count, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.model import RunCounts, RunState
from knowledge.store import Store
from tests.builders import letter, member
from tests.fakes import NOON


def test_letters_are_late_once_their_time_has_come(store: Store) -> None:
    """Sent ones and those of tomorrow are not late; of the late ones some were tried in vain."""
    tomorrow = NOON + timedelta(days=1)
    letters = [
        replace(letter("new", "U1"), due_at=NOON),
        replace(letter("tried", "U1"), due_at=NOON, tries=2),
        replace(letter("sent", "U1"), due_at=NOON, tries=1, sent_at=NOON),
        replace(letter("later", "U1"), due_at=tomorrow, tries=1),
    ]
    with store() as work:
        work.members.put(member("U1"))
        for each in letters:
            work.letters.put(each)
        assert work.tallies.letters(NOON) == (2, 1)
        assert work.tallies.letters(tomorrow) == (3, 2)


def test_runs_are_counted_by_state(store: Store) -> None:
    """States that no run is in are counted too: as none."""
    with store() as work:
        work.runs.begin("r1", "T1:U1", "shell", NOON)
        work.runs.finish("r1", RunState.FAILED, RunCounts(), "", NOON)
        work.runs.request("r2", "T1:U1", NOON)
        assert work.tallies.runs() == {
            RunState.QUEUED: 1,
            RunState.RUNNING: 0,
            RunState.DONE: 0,
            RunState.FAILED: 1,
        }
