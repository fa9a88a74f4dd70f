"""Organisations are listed only where something that may be told tells of them, and go when nothing does any more."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
import pytest

from knowledge.errors import NotFoundError
from knowledge.members.appointing import Appointments
from knowledge.members.catalogue import organisation_id, take_in_organisations
from knowledge.members.drafts import ProfileDraft
from knowledge.members.importing import Importer
from knowledge.members.profiles import Profiles
from knowledge.members.registry import hold, let_idle_go
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Audience,
    Consent,
    Exclusion,
    Language,
    MemberId,
    Organisation,
    OrganisationId,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store
from tests.builders import content, document, member, organisation, source
from tests.conftest import PostgreSQL
from tests.fakes import NOON, SetClock, SmallEmbedder

TRADER = "Tmi Mikael Salainen"
ONE, TWO, THREE = MemberId("T1:U1"), MemberId("T1:U2"), MemberId("T1:U3")
MEMBERS_OF = {ONE: organisation("Tmi Yksi"), TWO: organisation("Tmi Kaksi")}
HIDDEN = ProfileDraft(TRADER, "", (Language.FI,), (), "", "", frozenset())
SHOWN = dataclasses.replace(HIDDEN, consents=frozenset({Consent.ORGANISATION}))


@pytest.fixture
def profiles(store: Store, small_embedder: SmallEmbedder, clock: SetClock) -> Profiles:
    """The use case over an empty database."""
    return Profiles(store, small_embedder, clock)


def _listed(profiles: Profiles, viewer: MemberId) -> list[str]:
    return [each.name for each in profiles.organisations(viewer)]


def _stored(store: Store) -> list[str]:
    with store.reading() as work:
        return [each.name for each in work.organisations.all()]


def _read(store: Store, audience: Audience) -> None:
    """A catalogue of one use case, for that audience."""
    shelf = source(audience=audience)
    with store() as work:
        work.sources.add(shelf)
        work.documents.put(content(document(of=shelf), "Teksti.", case=True), NOON)
        work.commit()
    take_in_organisations(store)


def test_an_organisation_that_nobody_shows_is_listed_to_its_own_members_alone(profiles: Profiles, store: Store) -> None:
    """Others see it once somebody agrees to show it, and no longer than that; nor do coordinators see more."""
    appointments = Appointments(store, SetClock(), FixedRoles([THREE]))
    profiles.record(ONE, HIDDEN)
    assert (_listed(profiles, ONE), _listed(profiles, TWO)) == ([TRADER], [])
    assert appointments.organisations(THREE) == []
    profiles.record(ONE, SHOWN)
    assert _listed(profiles, TWO) == [each.name for each in appointments.organisations(THREE)] == [TRADER]
    profiles.record(ONE, HIDDEN)
    assert _listed(profiles, TWO) == []


def test_whoever_types_the_name_of_a_hidden_one_joins_it(profiles: Profiles, store: Store) -> None:
    """Rather than make a second of it."""
    profiles.record(ONE, HIDDEN)
    profiles.record(TWO, dataclasses.replace(HIDDEN, organisation="tmi  mikael salainen"))
    assert _stored(store) == _listed(profiles, TWO) == [TRADER]


def test_an_organisation_goes_with_the_last_who_belonged_to_it(profiles: Profiles, store: Store) -> None:
    """Whether they leave, or mend what they typed; as long as one stays, it stays."""
    profiles.record(ONE, HIDDEN)
    profiles.record(TWO, dataclasses.replace(HIDDEN, organisation="Puhevakko Oy"))
    profiles.record(TWO, dataclasses.replace(HIDDEN, organisation="Puhevako Oy"))
    assert _stored(store) == ["Puhevako Oy", TRADER]
    profiles.record(THREE, HIDDEN)
    profiles.leave(ONE)
    assert TRADER in _stored(store)
    profiles.leave(THREE)
    assert _stored(store) == ["Puhevako Oy"]


def test_what_an_import_tells_or_somebody_wished_about_stays(profiles: Profiles, store: Store) -> None:
    """A wish keeps it for its author alone; a file's line that changed nothing leaves nothing behind."""
    table = "slack_id;organisation;region\nU1;Puhevako Oy;Uusimaa\nU2;Tmi Mikael Salainen;\n"
    Importer(store, SetClock()).run(table.encode(), "T1", dry_run=False)
    profiles.record(THREE, dataclasses.replace(HIDDEN, organisation="Valokehä ry"))
    assert _listed(profiles, THREE) == ["Puhevako Oy", "Valokehä ry"]
    home = organisation_id(TRADER)
    profiles.exclude(Exclusion(THREE, NOBODY, home, for_all=False, until=date.max))
    profiles.leave(ONE)
    profiles.leave(TWO)
    assert _stored(store) == _listed(profiles, THREE) == ["Puhevako Oy", TRADER, "Valokehä ry"]
    assert _listed(profiles, ONE) == ["Puhevako Oy"]
    profiles.record(THREE, dataclasses.replace(SHOWN, organisation="Valokehä ry"))
    Importer(store, SetClock()).run(b"slack_id;organisation\nU3;Valokeha Oy\n", "T1", dry_run=False)
    assert _stored(store) == ["Puhevako Oy", TRADER, "Valokehä ry"]


def test_an_organisation_for_which_somebody_wished_stays(profiles: Profiles, store: Store) -> None:
    """Also when its author has changed jobs: it protects the organisation, and is shown to its author by its name."""
    profiles.record(ONE, HIDDEN)
    profiles.record(TWO, dataclasses.replace(HIDDEN, organisation="Puhevako Oy"))
    profiles.exclude(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=True, until=date.max))
    profiles.record(ONE, dataclasses.replace(HIDDEN, organisation="Valokehä ry"))
    assert _stored(store) == ["Puhevako Oy", TRADER, "Valokehä ry"]
    assert _listed(profiles, ONE) == [TRADER, "Valokehä ry"]
    assert _listed(profiles, THREE) == []


def test_a_catalogue_that_members_may_read_no_more_makes_nobody_known(profiles: Profiles, store: Store) -> None:
    """At once in what is listed, and in what is stored at the next run; with a member in it, it stays stored."""
    _read(store, Audience.MEMBERS)
    [name] = _listed(profiles, ONE)
    with store() as work:
        work.sources.set_audience(source().id, Audience.COORDINATORS)
        work.commit()
    assert (_listed(profiles, ONE), _stored(store)) == ([], [name])
    profiles.record(TWO, dataclasses.replace(HIDDEN, organisation=name))
    take_in_organisations(store)
    assert (_listed(profiles, ONE), _stored(store)) == ([], [name])
    profiles.leave(TWO)
    assert _stored(store) == []
    with store() as work:
        work.sources.set_audience(source().id, Audience.MEMBERS)
        work.commit()
    assert take_in_organisations(store) == 1
    with store() as work:
        work.sources.remove(source().id)
        work.commit()
    take_in_organisations(store)
    assert _stored(store) == []


def test_an_organisation_is_not_let_go_under_somebody_who_is_joining(profiles: Profiles, store: Store) -> None:
    """Whoever holds it keeps it, seen already or not; once gone, it is not there to be held."""
    profiles.record(ONE, HIDDEN)
    home = organisation_id(TRADER)
    leaving = threading.Thread(target=profiles.leave, args=(ONE,))
    with store() as work:
        work.organisations.lock(home)
        leaving.start()
        leaving.join(0.3)
        work.members.put(member("U2", id=TWO, of=organisation(TRADER, id=home)))
        work.commit()
    leaving.join(10)
    assert not leaving.is_alive()
    assert _stored(store) == [TRADER]
    with store() as work, pytest.raises(NotFoundError):
        work.organisations.lock(OrganisationId("o-none"))


@pytest.fixture
def homes_url(postgresql: PostgreSQL) -> str:
    """Where writers work side by side, as on SQLite they cannot."""
    return postgresql.migrated_database()


@pytest.fixture
def two_homes(homes_url: str) -> Iterator[Store]:
    """Each has one member."""
    store = open_store(homes_url)
    with store() as work:
        for each, home in MEMBERS_OF.items():
            work.organisations.put(home)
            work.members.put(member(id=each, of=home))
        work.commit()
    yield store
    store.dispose()


def test_two_who_change_places_do_not_wait_for_each_other(two_homes: Store) -> None:
    """Each holds the other's organisation, and sees nobody left in their own: both come through, and both stay."""
    both_hold = threading.Barrier(2)

    def move(mover: MemberId, to: Organisation) -> int:
        with two_homes() as work:
            work.members.put(member(id=mover, of=hold(work, to)))
            both_hold.wait(10)
            gone = let_idle_go(work)
            work.commit()
        return gone

    places = {ONE: MEMBERS_OF[TWO], TWO: MEMBERS_OF[ONE]}
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(move, places, places.values())) == [0, 0]
    with two_homes.reading() as work:
        assert {each.id: each.organisation for each in work.members.all()} == {
            mover: to.id for mover, to in places.items()
        }
        assert len(work.organisations.all()) == 2


def test_a_contact_who_goes_to_another_organisation_holds_both_in_one_order(
    two_homes: Store, homes_url: str, small_embedder: SmallEmbedder, clock: SetClock
) -> None:
    """Whoever has the first one waits for nothing that they have."""
    (mover, first), (_, last) = sorted(MEMBERS_OF.items(), key=lambda each: each[1].id)
    with two_homes() as work:
        work.organisations.put(dataclasses.replace(first, contact=mover))
        work.commit()
    profiles = Profiles(two_homes, small_embedder, clock)
    with ThreadPoolExecutor(1) as pool:
        with two_homes() as work:
            work.organisations.lock(first.id)
            moving = pool.submit(profiles.record, mover, dataclasses.replace(HIDDEN, organisation=last.name))
            _wait_until_somebody_waits(homes_url)
            work.organisations.lock(last.id)
            work.commit()
        assert moving.result(10).organisation == last.id


def _wait_until_somebody_waits(url: str) -> None:
    until = time.monotonic() + 20
    with psycopg.connect(url, autocommit=True) as connection:
        while not connection.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall():
            assert time.monotonic() < until
            time.sleep(0.01)
