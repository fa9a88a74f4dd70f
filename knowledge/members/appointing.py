"""What coordinators do about contacts: another member is made to speak for an organisation."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from knowledge.members.profiles import NotAllowedError
from knowledge.model import Act, AuditEntry, Member, MemberId, Organisation, OrganisationId, shown
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.roles import admit_staff


class Appointments:
    """Looked at by those whom a listener lets; only staff appoint."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles

    def organisations(self) -> Sequence[Organisation]:
        """All that are known, by name."""
        with self._uow.reading() as work:
            return work.organisations.all()

    def organisation(self, organisation: OrganisationId) -> Organisation:
        """The organisation with its contact; raises NotFoundError."""
        with self._uow.reading() as work:
            return work.organisations.get(organisation)

    def candidates(self, organisation: OrganisationId) -> Sequence[Member]:
        """The members who show their name and that they belong to it: of others nobody learns that they do."""
        with self._uow.reading() as work:
            return _candidates(work, organisation)

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


def _candidates(work: UnitOfWork, organisation: OrganisationId) -> list[Member]:
    return [each for each in work.members.of(organisation) if _is_seen_in(each, organisation)]


def _is_seen_in(member: Member, organisation: OrganisationId) -> bool:
    seen = shown(member)
    return seen.is_named and seen.organisation == organisation
