"""Conversations in SQL, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.model import ChannelId, MemberId, QuestionId
from knowledge.store import Store
from tests.builders import turn
from tests.fakes import NOON

HERE, ELSEWHERE = ChannelId("C1"), ChannelId("C2")
ASKER, OTHER = MemberId("T1:U1"), MemberId("T1:U2")


def test_a_turn_is_read_back_and_replaced(store: Store) -> None:
    """Every field survives; a second put replaces; a message that was no question has none."""
    later = replace(turn(), text="Milloin?", answer="2.2", edited="3.3", is_open=False, at=NOON + timedelta(hours=1))
    with store() as work:
        work.conversations.put(turn())
        assert work.conversations.find(HERE, turn().ts) == turn()
        assert work.conversations.get(turn().id) == turn()
        assert work.conversations.get(turn(2).id) is None
        work.conversations.put(later)
        work.commit()
    with store.reading() as work:
        assert work.conversations.find(HERE, turn().ts) == later
        assert work.conversations.find(ELSEWHERE, turn().ts) is None
        assert work.conversations.find(HERE, "1.1") is None


def test_a_thread_is_told_in_order_and_closed_alone(store: Store) -> None:
    """As it was written, whoever asked; the same times in another channel are another thread."""
    first = turn(1)
    rest = [turn(3, thread=first.thread, asker="U2"), turn(2, thread=first.thread)]
    elsewhere = turn(1, channel="C2")
    with store() as work:
        for each in (*rest, first, elsewhere):
            work.conversations.put(each)
        work.commit()
    with store() as work:
        assert work.conversations.of_thread(HERE, first.thread) == [first, rest[1], rest[0]]
        work.conversations.close(HERE, first.thread)
        work.commit()
    with store.reading() as work:
        assert [each.is_open for each in work.conversations.of_thread(HERE, first.thread)] == [False] * 3
        assert work.conversations.of_thread(ELSEWHERE, first.thread) == [elsewhere]


def test_the_latest_is_somebodys_own(store: Store) -> None:
    """Of one channel, in any thread."""
    turns = [turn(1), turn(3), turn(4, asker="U2"), turn(5, channel="C2")]
    with store() as work:
        for each in turns:
            work.conversations.put(each)
        assert work.conversations.latest(HERE, ASKER) == turns[1]
        assert work.conversations.latest(ELSEWHERE, OTHER) is None


def test_what_is_forgotten_is_gone_and_nothing_else(store: Store) -> None:
    """One turn, a person's, or those of long ago."""
    old = replace(turn(1), at=NOON - timedelta(days=8))
    kept, theirs, single = turn(2), turn(3, asker="U2"), turn(4)
    with store() as work:
        for each in (old, kept, theirs, single):
            work.conversations.put(each)
        work.conversations.forget_before(NOON - timedelta(days=7))
        work.conversations.forget(OTHER)
        work.conversations.remove(QuestionId(single.id))
        work.commit()
    with store.reading() as work:
        found = [work.conversations.find(HERE, each.ts) for each in (old, kept, theirs, single)]
    assert found == [None, kept, None, None]
