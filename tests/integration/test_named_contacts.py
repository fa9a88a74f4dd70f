"""Whom the catalogue may mean by a contact's role: a member of that organisation, as long as nobody speaks for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.members.named_contacts import NamedContact, NamedContacts
from knowledge.model import Audience, DocumentId, DocumentKind, Member, MemberId
from knowledge.store import Store, open_store
from tests.builders import content, document, member, organisation, source, use_case
from tests.fakes import NOON

HOME, OTHER = organisation("Kuusijoen hyvinvointialue"), organisation("Puhevako Oy")
AINO = member(of=HOME, role="Palvelupäällikkö", consents=frozenset())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The two organisations and Aino; a use case of hers by the organisation's English name, and two of others."""
    opened = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with opened() as work:
        for home in (HOME, OTHER):
            work.organisations.put(home)
        work.members.put(AINO)
        for number, audience in ((1, Audience.MEMBERS), (2, Audience.COORDINATORS)):
            work.sources.add(source(number, audience))
        work.commit()
    _add(opened, "routes", 1, "Käyntien reititys", "Kuusijoki Wellbeing Services County", "kotihoidon palvelupäällikkö")
    _add(opened, "speech", 1, "Puheentunnistus", OTHER.name, "palvelupäällikkö")
    _add(opened, "secret", 2, "Salainen hanke", HOME.name, "palvelupäällikkö")
    yield opened
    opened.dispose()


def _add(store: Store, key: str, of: int, title: str, owner: str, contact: str) -> None:
    home = source(of, Audience.COORDINATORS if of == 2 else Audience.MEMBERS)
    pilot = document(key, of=home, title=title, kind=DocumentKind.USECASE)
    case = dataclasses.replace(use_case(DocumentId(pilot.id)), title=title, organisation=owner, contact=contact)
    with store() as work:
        work.documents.put(dataclasses.replace(content(pilot, "Kuvaus."), use_case=case), NOON)
        work.commit()


def _put(store: Store, each: Member) -> None:
    with store() as work:
        work.members.put(each)
        work.commit()


def test_a_members_role_is_found_at_their_own_organisations_use_cases(store: Store) -> None:
    """Whatever they show of themselves; not at others', nor at what only coordinators may read."""
    assert NamedContacts(store).meaning(AINO.id) == (NamedContact("Käyntien reititys", "Palvelupäällikkö"),)
    _put(store, dataclasses.replace(AINO, organisation=OTHER.id))
    assert [each.title for each in NamedContacts(store).meaning(AINO.id)] == ["Puheentunnistus"]


def test_nobody_is_asked_where_somebody_speaks_already(store: Store) -> None:
    """Nor whoever says nothing of their role, or has no profile."""
    contacts = NamedContacts(store)
    assert contacts.meaning(MemberId("T1:U9")) == ()
    _put(store, dataclasses.replace(AINO, role=" "))
    assert contacts.meaning(AINO.id) == ()
    _put(store, AINO)
    with store() as work:
        work.organisations.put(dataclasses.replace(HOME, contact=MemberId("T1:U2")))
        work.commit()
    assert contacts.meaning(AINO.id) == ()
