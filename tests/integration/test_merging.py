"""Organisations stored twice, before two names were known to be of one: found by either name, and made one."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from sqlalchemy import text

from knowledge.members.catalogue import find_or_make, take_in_organisations
from knowledge.members.merging import merge_organisations
from knowledge.model import NO_ORGANISATION, NOBODY, Exclusion, Member, MemberId, Organisation, OrganisationKind
from knowledge.model.wishes import mark_of
from knowledge.store import Store
from knowledge.store.engine import open_engine
from tests.builders import member, organisation

OLD = organisation("Selkälahden keskussairaala", kind=OrganisationKind.UNKNOWN, domain="sairaalahoito")
NEW = organisation("Selkälahti Central Hospital", kind=OrganisationKind.PUBLIC, contact=MemberId("T1:U2"))
OTHER = organisation("Puhevako Oy")
AINO, RIIKKA, MIKAEL = member("U1", of=OLD), member("U2", of=NEW), member("U3", of=OTHER)


@pytest.fixture
def doubled(store: Store, store_url: str) -> Store:
    """A hospital under two names, stored under the keys of an earlier version, with a member of each name."""
    engine = open_engine(store_url)
    insert = "INSERT INTO organisations (id, key, name, kind, domain, region, contact) VALUES "
    with engine.begin() as connection:
        for each in (OLD, NEW):
            values = {"id": each.id, "key": each.name.casefold(), "name": each.name, "kind": each.kind.value}
            values |= {"domain": each.domain, "contact": each.contact}
            connection.execute(text(f"{insert} (:id, :key, :name, :kind, :domain, '', :contact)"), values)
    engine.dispose()
    _put(store, OTHER, AINO, RIIKKA, MIKAEL)
    return store


def _put(store: Store, home: Organisation, *members: Member) -> None:
    with store() as work:
        work.organisations.put(home)
        for each in members:
            work.members.put(each)
        work.commit()


def test_what_was_stored_under_an_earlier_key_is_found_and_not_made_again(doubled: Store) -> None:
    """By its own name and by any other of it."""
    with doubled() as work:
        for name in ("Selkälahden keskussairaala", "Selkälahti centralsjukhus"):
            assert find_or_make(work, name).id in {OLD.id, NEW.id}
        assert len(work.organisations.all()) == 3


def test_the_catalogues_refresh_makes_them_one(doubled: Store) -> None:
    """The one with a contact stays, with what the other knew; its members belong to it; once is enough."""
    assert take_in_organisations(doubled) == 0
    with doubled.reading() as work:
        assert list(work.organisations.all()) == [OTHER, dataclasses.replace(NEW, domain="sairaalahoito")]
        assert [each.id for each in work.members.of(NEW.id)] == [AINO.id, RIIKKA.id]
        found = work.organisations.find("Selkälahden keskussairaala")
    assert found is not None
    assert found.id == NEW.id
    assert merge_organisations(doubled) == 0


def test_a_wish_for_either_name_is_for_the_whole(doubled: Store) -> None:
    """Whoever spoke for the hospital under its old name, by name or after a proposal, speaks for it under the new."""
    wish = Exclusion(AINO.id, NOBODY, OTHER.id, for_all=True, until=date.max, on_behalf_of=OLD.id)
    blind = dataclasses.replace(wish, organisation=NO_ORGANISATION, mark=mark_of(MIKAEL.id))
    with doubled() as work:
        work.members.exclude(wish)
        work.members.exclude(blind)
        work.commit()
    assert merge_organisations(doubled) == 1
    with doubled.reading() as work:
        assert {each.on_behalf_of for each in work.members.exclusions()} == {NEW.id}
        assert len(work.members.exclusions()) == 2


def test_wishes_go_on_and_become_no_narrower(doubled: Store) -> None:
    """A wish about either name is one about the whole; of two by the same member the further-reaching parts hold."""
    with doubled() as work:
        for home, for_all, until in ((OLD, True, date(2026, 6, 1)), (NEW, False, date(2026, 9, 1))):
            work.members.exclude(Exclusion(MIKAEL.id, NOBODY, home.id, for_all, until))
        work.commit()
    assert merge_organisations(doubled) == 1
    with doubled.reading() as work:
        wishes = list(work.members.exclusions())
    for_all = Exclusion(MIKAEL.id, NOBODY, NEW.id, for_all=True, until=date(2026, 9, 1))
    assert wishes == [dataclasses.replace(for_all, on_behalf_of=MIKAEL.organisation)]
