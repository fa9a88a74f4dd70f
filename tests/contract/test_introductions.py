"""Introductions and rounds in SQL, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.model import (
    IntroductionId,
    IntroductionState,
    MemberId,
    Origin,
    Outcome,
    Reply,
    Round,
    RoundId,
    Side,
)
from knowledge.store import Store
from tests.builders import introduction, member
from tests.fakes import NOON

ONE, TWO, THREE = (MemberId(f"T1:U{number}") for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def three_members(store: Store) -> None:
    """Introductions are between members."""
    with store() as work:
        for user in ("U1", "U2", "U3"):
            work.members.put(member(user))
        work.commit()


def test_an_introduction_is_read_back_and_replaced(store: Store) -> None:
    """Every field survives, the two quotes included; a second put replaces."""
    after = introduction(
        first="U2",
        second="U1",
        origin=Origin.ASKED,
        asked_by=TWO,
        state=IntroductionState.MADE,
    )
    after = dataclasses.replace(after, first=Side(TWO, Reply.YES, Outcome.USEFUL), second=Side(ONE, Reply.YES))
    with store() as work:
        work.introductions.put(introduction())
        assert work.introductions.get(IntroductionId("i1")) == introduction()
        work.introductions.put(after)
        work.commit()
    with store.reading() as work:
        assert work.introductions.get(IntroductionId("i1")) == after
        assert work.introductions.lock(IntroductionId("i1")) == after
        with pytest.raises(NotFoundError):
            work.introductions.get(IntroductionId("i2"))


def test_a_members_introductions_newest_first(store: Store) -> None:
    """Whichever side the member is on; a round knows its own."""
    later = introduction("i2", "U3", "U1", proposed_at=NOON + timedelta(days=7), round=RoundId("2026-W12"))
    with store() as work:
        work.introductions.put(introduction("i1", "U1", "U2"))
        work.introductions.put(later)
        assert [each.id for each in work.introductions.of(ONE)] == ["i2", "i1"]
        assert [each.id for each in work.introductions.of(TWO)] == ["i1"]
        assert [each.id for each in work.introductions.all()] == ["i2", "i1"]
        assert [each.id for each in work.introductions.round_of(RoundId("2026-W12"))] == ["i2"]


def test_a_round_is_held_once(store: Store) -> None:
    """Whoever comes second with the same round is told so, and changes nothing."""
    first = Round(RoundId("2026-W11"), NOON, taking_part=40, pairs=19)
    with store() as work:
        assert work.introductions.add_round(first)
        assert not work.introductions.add_round(dataclasses.replace(first, pairs=3))
        assert list(work.introductions.rounds()) == [first]
