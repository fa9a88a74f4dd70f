"""Introductions and rounds: in SQL, on SQLite and on PostgreSQL, and in the fake that other tests use."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

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
from knowledge.ports import UnitOfWorkFactory
from knowledge.store import open_store
from tests.builders import introduction, member
from tests.conftest import PostgreSQL
from tests.fake_people import FakePeople
from tests.fakes import NOON

ONE, TWO, THREE = (MemberId(f"T1:U{number}") for number in (1, 2, 3))


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnitOfWorkFactory]:
    """Each of the three in turn."""
    if request.param == "fake":
        yield FakePeople()
        return
    server: PostgreSQL | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    opened = open_store(server.migrated_database() if server else f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


@pytest.fixture(autouse=True)
def three_members(store: UnitOfWorkFactory) -> None:
    """Introductions are between members."""
    with store() as work:
        for user in ("U1", "U2", "U3"):
            work.members.put(member(user))
        work.commit()


def test_an_introduction_is_read_back_and_replaced(store: UnitOfWorkFactory) -> None:
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
        held = dataclasses.replace(after, state=IntroductionState.PROPOSED).held_by(TWO)
        assert held.first == Side(TWO, Reply.YES, Outcome.USEFUL, is_held=True)
        work.introductions.put(held)
        assert work.introductions.get(IntroductionId("i1")) == held
        work.introductions.put(after)
        work.commit()
    with store.reading() as work:
        assert work.introductions.get(IntroductionId("i1")) == after
        assert work.introductions.lock(IntroductionId("i1")) == after
        with pytest.raises(NotFoundError):
            work.introductions.get(IntroductionId("i2"))


def test_a_members_introductions_newest_first(store: UnitOfWorkFactory) -> None:
    """Whichever side the member is on; a round knows its own."""
    later = introduction("i2", "U3", "U1", proposed_at=NOON + timedelta(days=7), round=RoundId("2026-W12"))
    with store() as work:
        work.introductions.put(introduction("i1", "U1", "U2"))
        work.introductions.put(later)
        assert [each.id for each in work.introductions.of(ONE)] == ["i2", "i1"]
        assert [each.id for each in work.introductions.of(TWO)] == ["i1"]
        assert [each.id for each in work.introductions.all()] == ["i2", "i1"]
        assert [each.id for each in work.introductions.round_of(RoundId("2026-W12"))] == ["i2"]


def test_a_round_is_held_once(store: UnitOfWorkFactory) -> None:
    """Whoever comes second with the same round is told so, and changes nothing."""
    first = Round(RoundId("2026-W11"), NOON, taking_part=40, pairs=19)
    with store() as work:
        assert work.introductions.add_round(first)
        assert not work.introductions.add_round(dataclasses.replace(first, pairs=3))
        assert list(work.introductions.rounds()) == [first]


def test_what_is_due(store: UnitOfWorkFactory) -> None:
    """What should have expired, and what is made and has a side that was never asked; nothing before its time."""
    made = introduction("made", state=IntroductionState.MADE, due_at=NOON)
    half = dataclasses.replace(made, id=IntroductionId("half"), first=Side(ONE, Reply.YES, Outcome.USEFUL))
    asked = dataclasses.replace(half, id=IntroductionId("asked"), second=Side(TWO, Reply.YES, Outcome.ASKED))
    late = introduction("late", due_at=NOON)
    gone = introduction("gone", due_at=NOON, state=IntroductionState.EXPIRED)
    with store() as work:
        for each in (made, half, asked, late, gone, introduction("open", due_at=NOON + timedelta(seconds=1))):
            work.introductions.put(each)
        assert {each.id for each in work.introductions.due(NOON)} == {"made", "half", "late"}
        assert list(work.introductions.due(NOON - timedelta(seconds=1))) == []


def test_nothing_is_kept_without_a_commit(store: UnitOfWorkFactory) -> None:
    """Leaving a transaction rolls back; erasing a member erases their introductions."""
    with store() as work:
        work.introductions.put(introduction("i1"))
        work.commit()
    with store() as work:
        work.introductions.put(introduction("i2", "U1", "U3"))
        work.members.remove(TWO)
        assert [each.id for each in work.introductions.all()] == ["i2"]
    with store.reading() as work:
        assert [each.id for each in work.introductions.all()] == ["i1"]
        assert set(work.members.have([ONE, TWO])) == {ONE, TWO}
