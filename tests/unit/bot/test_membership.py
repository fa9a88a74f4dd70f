"""Who may have a profile, when a pause ends, and what is made of a form that says little."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filled_in import FilledIn, language_named
from bot.listeners.membership import months_later
from bot.lookup import Lookup
from bot.membership import Membership
from knowledge.members.named_contacts import NamedContacts
from knowledge.members.profiles import Profiles
from knowledge.model import Language
from tests.fakes import SetClock


class FakeLookup:
    """One person belongs to the workspace."""

    def is_insider(self, user: str) -> bool:
        """Whether it is that one."""
        return user == "U1"


@pytest.fixture
def membership() -> Membership:
    """Of the workspace T1."""
    return Membership(cast(Profiles, None), cast(NamedContacts, None), cast(Lookup, FakeLookup()), "T1", SetClock())


@pytest.mark.parametrize(
    ("body", "is_admitted"),
    [
        ({"user": {"id": "U1", "team_id": "T1"}}, True),
        ({"user": {"id": "U1"}}, True),
        ({"user": {"id": "U1", "team_id": "T2"}}, False),
        ({"user": {"id": "U2", "team_id": "T1"}}, False),
        ({"user_id": "U1", "team_id": "T1"}, True),
        ({"user_id": "U1", "team_id": "T2"}, False),
        ({"user_id": "U2", "team_id": "T1"}, False),
    ],
)
def test_only_the_workspaces_own_people_have_profiles(
    membership: Membership,
    body: dict[str, Any],
    is_admitted: bool,  # noqa: FBT001
) -> None:
    """By click or by command; a person of another workspace may even have the same id."""
    assert membership.admits(body) is is_admitted


def test_a_members_id_is_of_the_bots_own_workspace(membership: Membership) -> None:
    """Whatever workspace a payload names."""
    assert membership.member_in({"user": {"id": "U1", "team_id": "T2"}}) == "T1:U1"
    assert membership.member_in({"user_id": "U1", "team_id": "T2"}) == "T1:U1"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 12), 1, date(2026, 4, 12)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_a_pause_ends_on_the_same_day_of_a_later_month(day: date, months: int, later: date) -> None:
    """Or on the last day of a shorter one."""
    assert months_later(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 6))
def test_a_pause_is_about_as_long_as_it_says(day: date, months: int) -> None:
    """Between 28 and 31 days for each month."""
    assert timedelta(28 * months) <= months_later(day, months) - day <= timedelta(31 * months)


def test_what_slack_leaves_out_is_empty() -> None:
    """A field that was not there, was not touched, or was emptied."""
    for view in ({}, {"state": {"values": {"a": {"value": {"value": None, "selected_option": None}}}}}):
        filled = FilledIn(view)
        assert (filled.text("a"), filled.choice("a"), filled.choices("a")) == ("", "", ())
        assert (filled.people("a"), filled.day("a")) == ((), date.max)


def test_a_language_that_nobody_knows_is_another() -> None:
    """Whatever a button or a form carries."""
    assert language_named("sv", Language.FI) is Language.SV
    assert [language_named(code, Language.EN) for code in ("und", "", None, "de")] == [Language.EN] * 4
