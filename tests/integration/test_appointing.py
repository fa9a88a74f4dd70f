"""Contacts are taken on, handed over and appointed: to nobody who hides, never over somebody who was not seen."""

from __future__ import annotations

import dataclasses

import pytest

from knowledge.errors import NotFoundError
from knowledge.members.appointing import Appointments
from knowledge.members.profiles import NotAllowedError
from knowledge.model import NOBODY, Consent, MemberId, OrganisationId
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import member, organisation
from tests.fakes import SetClock

HOME, OTHER = organisation(), organisation("Puhevako Oy")
AINO, RIIKKA = member("U1", of=HOME), member("U2", of=HOME)
UNNAMED = member("U3", of=HOME, consents=frozenset(Consent) - {Consent.NAME})
HOMELESS = member("U4", of=HOME, consents=frozenset(Consent) - {Consent.ORGANISATION})
ELSEWHERE = member("U5", of=OTHER)
COORDINATOR = MemberId("T1:U99")


@pytest.fixture
def appointments(store: Store) -> Appointments:
    """Five members of two organisations, of which neither has a contact."""
    with store() as work:
        for home in (HOME, OTHER):
            work.organisations.put(home)
        for each in (AINO, RIIKKA, UNNAMED, HOMELESS, ELSEWHERE):
            work.members.put(each)
        work.commit()
    return Appointments(store, SetClock(), FixedRoles([COORDINATOR]))


def test_only_those_who_show_name_and_organisation_can_be_chosen(appointments: Appointments) -> None:
    """Of others a coordinator does not even learn that they belong to it."""
    assert [each.id for each in appointments.candidates(HOME.id)] == [AINO.id, RIIKKA.id]
    for other in (UNNAMED.id, HOMELESS.id, ELSEWHERE.id, MemberId("T1:U9")):
        with pytest.raises(NotAllowedError):
            appointments.appoint(HOME.id, other, instead_of=NOBODY, by=COORDINATOR)
    with pytest.raises(NotFoundError):
        appointments.appoint(OrganisationId("o-none"), AINO.id, instead_of=NOBODY, by=COORDINATOR)
    assert [each.contact for each in appointments.organisations(COORDINATOR)] == [NOBODY, NOBODY]


def test_a_contact_is_replaced_once_and_by_whoever_saw_them(appointments: Appointments) -> None:
    """Doing it again changes nothing; whoever had somebody else before them is refused, and all else stays."""
    assert appointments.appoint(HOME.id, AINO.id, instead_of=NOBODY, by=COORDINATOR) == dataclasses.replace(
        HOME, contact=AINO.id
    )
    for _ in range(2):
        assert appointments.appoint(HOME.id, RIIKKA.id, instead_of=AINO.id, by=COORDINATOR).contact == RIIKKA.id
    with pytest.raises(NotAllowedError):
        appointments.appoint(HOME.id, AINO.id, instead_of=NOBODY, by=COORDINATOR)
    assert appointments.organisation(HOME.id).contact == RIIKKA.id
    assert appointments.organisation(OTHER.id).contact == NOBODY


def test_a_member_takes_on_what_nobody_does(appointments: Appointments) -> None:
    """Whether they are shown or not, and a second time nothing changes; whoever is too late is refused."""
    for _ in range(2):
        assert appointments.take_on(UNNAMED.id).contact == UNNAMED.id
    assert appointments.organisation(HOME.id).contact == UNNAMED.id
    with pytest.raises(NotAllowedError):
        appointments.take_on(AINO.id)
    with pytest.raises(NotFoundError):
        appointments.take_on(MemberId("T1:U9"))


def test_a_contact_hands_over_to_a_colleague_who_is_seen(appointments: Appointments) -> None:
    """Refused alike for whoever hides in the organisation and whoever is elsewhere, so that trying tells nothing."""
    appointments.take_on(AINO.id)
    for to in (UNNAMED.id, HOMELESS.id, ELSEWHERE.id, MemberId("T1:U9")):
        with pytest.raises(NotAllowedError):
            appointments.hand_over(HOME.id, to, by=AINO.id)
    with pytest.raises(NotAllowedError):
        appointments.hand_over(HOME.id, RIIKKA.id, by=ELSEWHERE.id)
    for _ in range(2):
        assert appointments.hand_over(HOME.id, RIIKKA.id, by=AINO.id).contact == RIIKKA.id
    with pytest.raises(NotAllowedError):
        appointments.hand_over(HOME.id, AINO.id, by=AINO.id)
    assert appointments.organisation(HOME.id).contact == RIIKKA.id
