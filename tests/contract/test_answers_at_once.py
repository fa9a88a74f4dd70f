"""Introductions under many hands at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import permutations
from typing import TypeVar

import pytest

from knowledge.errors import NotFoundError
from knowledge.introductions.drafting import RefusedError
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.model import IntroductionState, MemberId, Reply, RoundId
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import introduction, member, organisation
from tests.fakes import SetClock
from tests.meetings import TopicMatching

NAMES = [MemberId(f"T1:U{number}") for number in range(6)]
T = TypeVar("T")


@pytest.fixture
def introductions(store: Store, clock: SetClock) -> Introductions:
    """Six members of as many organisations."""
    with store() as work:
        for number in range(6):
            work.members.put(member(f"U{number}", of=organisation(f"Järjestö {number}")))
        work.commit()
    return Introductions(store, TopicMatching(), clock, Periods(), FixedRoles())


def _at_once(*works: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def test_both_say_yes_at_the_same_moment(introductions: Introductions, store: Store) -> None:
    """Neither answer is lost, however often each comes: it is made."""
    for number in range(10):
        made = introduction(f"i{number}", "U0", "U1")
        with store() as work:
            work.introductions.put(made)
            work.commit()
        _at_once(*(partial(introductions.reply, made.id, side, Reply.YES) for side in made.members * 2))
        assert introductions.get(made.id).state is IntroductionState.MADE


def test_one_round_is_held_by_whoever_comes_first(introductions: Introductions, store: Store) -> None:
    """Three at once hold it once, and all are told the same pairs."""
    held = _at_once(*[lambda: introductions.hold_round(RoundId("2026-W11"))] * 3)
    assert len({frozenset(each.id for each in one) for one in held}) == 1
    assert len(held[0]) == 3
    with store.reading() as work:
        assert len(work.introductions.all()) == 3


def test_nobody_is_overloaded_by_many_who_ask_at_once(introductions: Introductions, store: Store) -> None:
    """Everybody asks for everybody: two open ones each at most, and one between the same two."""

    def ask(pair: tuple[MemberId, MemberId]) -> bool:
        try:
            introductions.ask(*pair)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        answered = list(pool.map(ask, permutations(NAMES, 2)))
    assert any(answered)
    with store.reading() as work:
        found = work.introductions.all()
    assert max(Counter(side for each in found if each.is_open for side in each.members).values()) <= 2
    assert len({frozenset(each.members) for each in found}) == len(found)


def test_an_answer_and_a_farewell_at_the_same_moment(introductions: Introductions, store: Store) -> None:
    """One answers while the other leaves: the answer is kept or the introduction is gone, and nobody waits forever."""

    def leave(name: MemberId) -> bool:
        introductions.end_all_of(name)
        with store() as work:
            work.members.remove(name)
            work.commit()
        return True

    def reply(made: str, name: MemberId) -> bool:
        try:
            introductions.reply(introduction(made).id, name, Reply.YES)
        except NotFoundError:
            return False
        return True

    for number in range(1, 6):
        made = introduction(f"i{number}", "U0", f"U{number}")
        with store() as work:
            work.introductions.put(made)
            work.commit()
        _at_once(partial(reply, made.id, NAMES[0]), partial(leave, made.second.member))
    with store.reading() as work:
        assert list(work.introductions.all()) == []
        assert work.members.get(NAMES[0]).available_from == date.min
