"""A year of weekly rounds with 400 members: what must hold in every single week of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.simulated_year import WEEKS, Week, Year, tally


@pytest.fixture(scope="module")
def lived() -> tuple[Year, Sequence[Week]]:
    """One seeded year."""
    year = Year(400)
    return year, list(year.weeks())


def test_no_week_breaks_a_consent_or_a_wish(lived: tuple[Year, Sequence[Week]]) -> None:
    """Everybody proposed has agreed to rounds, is available, has room, and nothing stands between the two."""
    _, weeks = lived
    assert len(weeks) == WEEKS
    objections = Counter(
        week.state.objection(*(week.state.members[name] for name in each.members))
        for week in weeks
        for each in week.held
    )
    assert set(objections) == {""}
    assert objections[""] > 5000


def test_nobody_is_overloaded(lived: tuple[Year, Sequence[Week]]) -> None:
    """At most one new proposal in a round, and two open ones at any time."""
    _, weeks = lived
    for week in weeks:
        new = Counter(side for each in week.held for side in each.members)
        assert max(new.values()) == 1
        assert max((new + week.state.open_ones).values()) <= 2


@pytest.mark.parametrize("size", [400, 100])
def test_nobody_meets_again_while_somebody_is_new(lived: tuple[Year, Sequence[Week]], size: int) -> None:
    """Whoever met before is proposed again only where neither is left with anybody new: as among few members."""
    weeks = lived[1] if size == 400 else list(Year(size).weeks())
    for week in weeks:
        idle = [each for each in week.state.members.values() if not week.state.of_one(each)]
        assert {side for each in week.held for side in each.members} <= {each.id for each in idle}
        assert week.state.lost_novelty(week.held, idle) == []
    repeats = sum(frozenset(each.members) in week.state.between for week in weeks for each in week.held)
    assert (repeats > 0) == (size == 100)


def test_nothing_is_left_of_leavers_and_nobody_is_forgotten(lived: tuple[Year, Sequence[Week]]) -> None:
    """No introduction names somebody who is gone; nearly all who stayed were proposed to somebody."""
    year, weeks = lived
    figures = tally(year, weeks)
    with year.people() as work:
        there = {each.id for each in work.members.all()}
        assert all(set(each.members) <= there for each in work.introductions.all())
    assert figures["left and replaced"] == 4 * WEEKS
    assert figures["members never proposed"] < 20
    assert figures["made"] > figures["declined"] > figures["expired"] > 0
