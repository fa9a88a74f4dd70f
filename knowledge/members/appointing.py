"""Who speaks for an organisation: taken on, handed over by whoever does, or handed over by a coordinator."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from knowledge.members.profiles import NotAllowedError
from knowledge.members.registry import listed
from knowledge.model import NOBODY, Act, AuditEntry, Member, MemberId, Organisation, OrganisationId, shown
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.roles import admit_staff


class Appointments:
    """Looked at by those whom a listener lets; only staff appoint, and only the contact hands over."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles

    def organisations(self, viewer: MemberId) -> Sequence[Organisation]:
        """Those that the viewer can be shown, by name: no more for coordinators than for any member."""
        with self._uow.reading() as work:
            return listed(work, viewer)

    def organisation(self, organisation: OrganisationId) -> Organisation:
        """The organisation with its contact; raises NotFoundError."""
        with self._uow.reading() as work:
            return work.organisations.get(organisation)

    def candidates(self, organisation: OrganisationId) -> Sequence[Member]:
        """The members who show their name and that they belong to it: of others nobody learns that they do."""
        with self._uow.reading() as work:
            return _candidates(work, organisation)

    def take_on(self, by: MemberId) -> Organisation:
        """Make a member the contact of their organisation, where nobody is; a second time, nothing changes.

        Raises NotFoundError without a profile, and NotAllowedError where somebody else is quicker.
        """
        with self._uow() as work:
            organisation = work.organisations.lock(work.members.get(by).organisation)
            if organisation.contact not in {NOBODY, by}:
                message = f"{by} cannot become the contact of {organisation.id}: it has one."
                raise NotAllowedError(message)
            return _speaking_for(work, organisation, by)

    def hand_over(self, organisation: OrganisationId, to: MemberId, *, by: MemberId) -> Organisation:
        """Make a candidate the contact, in the place of whoever asks; a second time, nothing changes.

        Raises NotFoundError and NotAllowedError.
        """
        with self._uow() as work:
            before = work.organisations.lock(organisation)
            if before.contact not in {by, to} or to not in {each.id for each in _candidates(work, organisation)}:
                message = f"{to} cannot be made the contact by {by}: its contact names a member who shows who they are."
                raise NotAllowedError(message)
            return _speaking_for(work, before, to)

    def appoint(
        self, organisation: OrganisationId, to: MemberId, *, instead_of: MemberId, by: MemberId
    ) -> Organisation:
        """Make a candidate the contact; a second time, nothing changes.

        Raises NotFoundError, RolesUnknownError, and NotAllowedError where `by` is not on the staff, or where somebody
        else than `instead_of` has become the contact.
        """
        admit_staff(self._roles, by)
        with self._uow() as work:
            before = work.organisations.get(organisation)
            known = {member.id for member in _candidates(work, organisation)}
            if to not in known or before.contact not in {instead_of, to}:
                message = f"{to} cannot be made the contact of {organisation}: it needs a named member of it."
                raise NotAllowedError(message)
            after = dataclasses.replace(before, contact=to)
            work.organisations.put(after)
            if after != before:
                work.audit.add(AuditEntry(self._clock(), by, Act.CONTACT_HAND_OVER, organisation))
            work.commit()
        return after


def _speaking_for(work: UnitOfWork, organisation: Organisation, contact: MemberId) -> Organisation:
    after = dataclasses.replace(organisation, contact=contact)
    work.organisations.put(after)
    work.commit()
    return after


def _candidates(work: UnitOfWork, organisation: OrganisationId) -> list[Member]:
    return [each for each in work.members.of(organisation) if _is_seen_in(each, organisation)]


def _is_seen_in(member: Member, organisation: OrganisationId) -> bool:
    seen = shown(member)
    return seen.is_named and seen.organisation == organisation
