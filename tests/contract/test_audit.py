"""The audit log, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from knowledge.model import SHELL, SOLMU, Act, ActOutcome, AuditEntry, member_id
from knowledge.store import Store, open_store
from knowledge.store.engine import open_engine
from tests.fakes import NOON

AINO = member_id("T1", "U1")
FIRST = AuditEntry(NOON, AINO, Act.SOURCE_ADD, "source:7")
SECOND = AuditEntry(NOON + timedelta(minutes=1), SHELL, Act.ERASE_PERSON, "T1:U2")
THIRD = AuditEntry(NOON + timedelta(minutes=1), AINO, Act.REINDEX, "", ActOutcome.ASKED)


def _keep(store: Store, *entries: AuditEntry) -> None:
    with store() as work:
        for entry in entries:
            work.audit.add(entry)
        work.commit()


def test_acts_are_read_in_their_order(store: Store) -> None:
    """All since a moment from the oldest on, the last few from the newest on, each whole."""
    _keep(store, FIRST, SECOND, THIRD)
    with store.reading() as work:
        assert work.audit.since(NOON) == [FIRST, SECOND, THIRD]
        assert work.audit.since(NOON + timedelta(seconds=1)) == [SECOND, THIRD]
        assert work.audit.latest(2) == [THIRD, SECOND]
        assert work.audit.of([Act.REINDEX, Act.SOURCE_ADD]) == [FIRST, THIRD]


def test_an_act_that_is_rolled_back_leaves_no_entry(store: Store) -> None:
    """It stands in the log where it was done, and nowhere else."""
    with store() as work:
        work.audit.add(FIRST)
    with store.reading() as work:
        assert work.audit.latest(9) == []


def test_only_age_takes_entries_out(store: Store) -> None:
    """What is older than retention allows goes, what is not stays."""
    _keep(store, FIRST, SECOND, THIRD)
    with store() as work:
        assert work.audit.forget(NOON + timedelta(minutes=1)) == 1
        work.commit()
    with store.reading() as work:
        assert work.audit.since(NOON) == [SECOND, THIRD]


def test_a_role_that_is_held_is_not_forgotten(store: Store) -> None:
    """Else it would look newly given; of one that was taken, or given anew, the old words go."""
    held, taken, again = "admin:T1:U1", "admin:T1:U2", "admin:T1:U3"
    given = [AuditEntry(NOON, SOLMU, Act.ROLE_GIVEN, subject) for subject in (held, taken, again)]
    ends = [AuditEntry(NOON, SOLMU, Act.ROLE_TAKEN, subject) for subject in (taken, again)]
    anew = AuditEntry(NOON, SOLMU, Act.ROLE_GIVEN, again)
    _keep(store, *given, *ends, anew)
    with store() as work:
        assert work.audit.forget(NOON + timedelta(days=1)) == 4
        work.commit()
    with store.reading() as work:
        assert work.audit.since(NOON) == [given[0], anew]


def test_the_database_refuses_to_change_an_entry(store_url: str) -> None:
    """Also for whoever writes SQL past Solmu."""
    store = open_store(store_url)
    _keep(store, FIRST)
    engine = open_engine(store_url)
    with pytest.raises(DatabaseError, match="the audit log is not changed"), engine.begin() as connection:
        connection.execute(text("UPDATE audit SET who = 'somebody'"))
    engine.dispose()
    with store.reading() as work:
        assert work.audit.latest(9) == [FIRST]
    store.dispose()


def test_no_persons_words_become_a_subject() -> None:
    """An id has no spaces, and is not long."""
    for words in ("what Aino wrote", "a\nb", "x" * 256):
        with pytest.raises(ValueError, match="without spaces"):
            AuditEntry(NOON, AINO, Act.PUBLISH, words)
