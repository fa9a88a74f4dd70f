"""Organisations and members in SQL, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from knowledge.errors import NotFoundError
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    Language,
    MemberId,
    ModelIdentity,
    OrganisationId,
    OrganisationKind,
    TextHash,
)
from knowledge.personal.retention import Retention, Terms
from knowledge.store import Store
from tests.builders import introduction, member, organisation
from tests.fakes import NOON, SetClock

SMALL = ModelIdentity("small", "1", 2)
ONE, TWO = MemberId("T1:U1"), MemberId("T1:U2")


def test_an_organisation_is_read_back_and_found_by_name(store: Store) -> None:
    """Every field survives; letter case and spaces do not matter to the name."""
    vendor = organisation(
        "Puhevako Oy", kind=OrganisationKind.VENDOR, domain="puheentunnistus", region="Uusimaa", contact=ONE
    )
    with store() as work:
        work.organisations.put(vendor)
        work.organisations.put(organisation("Åkerö välfärdsområde"))
        work.commit()
    with store.reading() as work:
        assert work.organisations.get(vendor.id) == vendor
        assert work.organisations.find("  puhevako   OY ") == vendor
        assert work.organisations.find("Puhevako") is None
        assert [each.name for each in work.organisations.all()] == ["Puhevako Oy", "Åkerö välfärdsområde"]
        with pytest.raises(NotFoundError):
            work.organisations.get(OrganisationId("none"))


def test_a_member_is_read_back_and_replaced(store: Store) -> None:
    """Every field survives; a second put replaces."""
    before = member(languages=(Language.SV, Language.EN), consents=frozenset({Consent.TOPICS}))
    after = member(role="överläkare", available_from=date.max, silent_rounds=3, is_away=True)
    with store() as work:
        work.members.put(before)
        assert work.members.get(ONE) == before
        work.members.put(after)
        work.members.put(member("U2", of=organisation("Puhevako Oy")))
        work.commit()
    with store.reading() as work:
        assert work.members.get(ONE) == work.members.lock(ONE) == after
        assert set(work.members.have([ONE, TWO, MemberId("T1:U3")])) == {ONE, TWO}
        assert [each.id for each in work.members.all()] == [ONE, TWO]
        assert [each.id for each in work.members.of(organisation("Puhevako Oy").id)] == [TWO]


def test_whoever_leaves_leaves_nothing(store: Store) -> None:
    """Removing a member removes the profile, wishes by and about them, introductions, vectors, and the contact."""
    county = organisation(contact=ONE)
    with store() as work:
        work.organisations.put(county)
        work.members.put(member("U1"))
        work.members.put(member("U2"))
        work.members.exclude(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=False, until=date.max))
        work.members.exclude(Exclusion(TWO, ONE, NO_ORGANISATION, for_all=False, until=date.max))
        work.members.exclude(Exclusion(TWO, NOBODY, county.id, for_all=True, until=date(2026, 12, 31)))
        work.members.put_vectors(ONE, {TextHash("a"): np.array([1, 0], dtype=np.float32)}, SMALL)
        work.introductions.put(introduction())
        work.members.remove(ONE)
        work.commit()
    with store.reading() as work:
        assert [each.id for each in work.members.all()] == [TWO]
        [left] = work.members.exclusions()
        assert left == Exclusion(TWO, NOBODY, county.id, for_all=True, until=date(2026, 12, 31))
        assert work.members.vectors(SMALL) == {}
        assert list(work.introductions.all()) == []
        assert work.organisations.get(county.id).contact == NOBODY
        with pytest.raises(NotFoundError):
            work.members.get(ONE)


def test_a_wish_is_replaced_and_taken_back(store: Store) -> None:
    """The same wish has one row, with the day it was last given; taken back it is gone."""
    with store() as work:
        work.members.put(member("U1"))
        for until in (date(2026, 6, 1), date(2026, 9, 1)):
            work.members.exclude(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=False, until=until))
        assert [each.until for each in work.members.exclusions()] == [date(2026, 9, 1)]
        work.members.allow(ONE, TWO, NO_ORGANISATION)
        assert list(work.members.exclusions()) == []


def test_nobody_is_welcomed_twice(store: Store) -> None:
    """The first time counts, also over transactions, and for each person by themselves."""
    with store() as work:
        assert work.members.welcome(ONE, NOON)
        work.commit()
    with store() as work:
        assert not work.members.welcome(ONE, NOON)
        assert work.members.welcome(TWO, NOON)


def test_nobody_is_shown_around_twice(store: Store) -> None:
    """The first time counts by itself: whoever was welcomed is still to be shown around. Leaving changes nothing."""
    with store() as work:
        assert work.members.welcome(ONE, NOON)
        assert work.members.orient(ONE, NOON)
        assert work.members.orient(TWO, NOON)
        work.members.put(member("U1"))
        work.members.remove(ONE)
        work.commit()
    with store() as work:
        assert not work.members.orient(ONE, NOON)
        assert work.members.welcome(TWO, NOON)


def test_vectors_follow_what_a_member_wrote(store: Store) -> None:
    """New vectors of a member replace the old ones; another model's are not seen."""
    other = ModelIdentity("small", "2", 2)
    with store() as work:
        work.members.put(member("U1"))
        work.members.put_vectors(ONE, {TextHash("a"): np.array([1, 0], dtype=np.float32)}, SMALL)
        work.members.put_vectors(ONE, {TextHash("b"): np.array([0.5, -1], dtype=np.float32)}, SMALL)
        assert {key: vector.tolist() for key, vector in work.members.vectors(SMALL).items()} == {"b": [0.5, -1]}
        assert work.members.vectors(other) == {}


def test_a_wish_is_forgotten_after_its_last_day(store: Store) -> None:
    """On that day it still holds; one without an end stays."""
    last = date(2026, 6, 1)
    with store() as work:
        work.members.put(member("U1"))
        work.members.exclude(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=False, until=last))
        work.members.exclude(Exclusion(ONE, NOBODY, organisation().id, for_all=True, until=date.max))
        work.commit()
    left = []
    for day in (last, last + timedelta(days=1)):
        late = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
        Retention(store, SetClock(late), Terms(*[timedelta(days=9999)] * 3)).forget_old()
        with store.reading() as work:
            left.append(sorted(each.until for each in work.members.exclusions()))
    assert left == [[last, date.max], [date.max]]
