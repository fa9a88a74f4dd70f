"""Organisations and members in SQL, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from knowledge.errors import NotFoundError
from knowledge.members.parting import keep_for_others
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    IntroductionId,
    IntroductionState,
    Language,
    MemberId,
    ModelIdentity,
    OrganisationId,
    OrganisationKind,
    TextHash,
)
from knowledge.model.wishes import Rest, mark_of
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
    """Removing a member removes the profile, wishes by and about them, rests, introductions, vectors, the contact."""
    county = organisation(contact=ONE)
    with store() as work:
        work.organisations.put(county)
        work.members.put(member("U1"))
        work.members.put(member("U2"))
        work.members.exclude(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=False, until=date.max))
        work.members.exclude(Exclusion(TWO, ONE, NO_ORGANISATION, for_all=False, until=date.max))
        work.members.exclude(Exclusion(TWO, NOBODY, county.id, for_all=True, until=date(2026, 12, 31)))
        work.members.exclude(Exclusion.suggested(ONE, TWO, IntroductionId("i1"), date(2026, 3, 9)))
        work.members.rest(Rest(ONE, mark_of(TWO), date(2026, 12, 31)))
        work.members.put_vectors(ONE, {TextHash("a"): np.array([1, 0], dtype=np.float32)}, SMALL)
        work.introductions.put(introduction())
        work.members.remove(ONE)
        work.commit()
    with store.reading() as work:
        assert [each.id for each in work.members.all()] == [TWO]
        [left] = work.members.exclusions()
        last = date(2026, 12, 31)
        assert left == Exclusion(TWO, NOBODY, county.id, for_all=True, until=last, on_behalf_of=county.id)
        assert list(work.members.rests()) == []
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
        work.members.allow(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=False, until=date.max))
        assert list(work.members.exclusions()) == []


def test_a_blind_wish_stands_by_itself(store: Store) -> None:
    """One from a proposal and one that names the same person go each alone: naming somebody tells nobody who it was."""
    named = Exclusion(ONE, TWO, NO_ORGANISATION, for_all=True, until=date(2026, 6, 1), on_behalf_of=organisation().id)
    blind = Exclusion.suggested(ONE, TWO, IntroductionId("i1"), date(2026, 3, 9))
    with store() as work:
        work.members.put(member("U1"))
        for wish in (blind, named, blind):
            work.members.exclude(wish)
        work.commit()
    with store() as work:
        assert list(work.members.exclusions()) == [blind, named]
        assert (blind.member, blind.is_blind, named.is_blind) == (NOBODY, True, False)
        work.members.allow(named)
        assert list(work.members.exclusions()) == [blind]
        work.members.exclude(named)
        work.members.allow(blind)
        assert list(work.members.exclusions()) == [named]


def test_others_are_protected_from_whoever_comes_back(store: Store) -> None:
    """Of somebody who is erased, others' wishes and a no keep a hash; the rest ends a year after the no."""
    wish = Exclusion(ONE, TWO, NO_ORGANISATION, for_all=True, until=date.max, on_behalf_of=organisation().id)
    no = introduction(state=IntroductionState.DECLINED, due_at=NOON - timedelta(days=364))
    old = introduction("i2", "U3", "U2", state=IntroductionState.DECLINED, due_at=NOON - timedelta(days=365))
    with store() as work:
        for user in ("U1", "U2", "U3"):
            work.members.put(member(user))
        work.members.exclude(wish)
        work.introductions.put(no)
        work.introductions.put(old)
        assert list(work.introductions.declined(ONE)) == [(TWO, no.due_at)]
        assert sorted(work.introductions.declined(TWO)) == [(ONE, no.due_at), (MemberId("T1:U3"), old.due_at)]
        for _ in range(2):
            keep_for_others(work, TWO, NOON)
        work.members.remove(TWO)
        work.commit()
    with store.reading() as work:
        assert list(work.members.exclusions()) == [dataclasses.replace(wish, member=NOBODY)]
        assert list(work.members.rests()) == [Rest(ONE, mark_of(TWO), NOON.date() + timedelta(days=1))]
        assert TWO not in str([*work.members.exclusions(), *work.members.rests()])


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
        blind = Exclusion.suggested(ONE, TWO, IntroductionId("i1"), last)
        work.members.exclude(dataclasses.replace(blind, until=last))
        work.members.rest(Rest(ONE, mark_of(TWO), last))
        work.commit()
    left = []
    for day in (last, last + timedelta(days=1)):
        late = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
        Retention(store, SetClock(late), Terms(*[timedelta(days=9999)] * 3)).forget_old()
        with store.reading() as work:
            left.append(sorted(each.until for each in [*work.members.exclusions(), *work.members.rests()]))
    assert left == [[last, last, last, date.max], [date.max]]
