"""All members as a table, to keep or to edit and bring in again."""

from __future__ import annotations

from knowledge.members.columns import COLUMNS
from knowledge.members.spreadsheet import write_rows
from knowledge.model import Member, Organisation, OrganisationId, OrganisationKind, user_of
from knowledge.ports import UnitOfWork

EXTRA = ("consents", "joined_at")
"""Told beside what an import reads, and not read back: nobody can consent for another."""


def export_members(work: UnitOfWork) -> bytes:
    """The table of everybody with everything that is stored of them: for those who keep the register."""
    organisations = {each.id: each for each in work.organisations.all()}
    rows = [
        _row(each, organisations.get(each.organisation, _nothing(each.organisation))) for each in work.members.all()
    ]
    return write_rows([[*COLUMNS, *EXTRA], *rows])


def _row(member: Member, organisation: Organisation) -> list[str]:
    return [
        user_of(member.id),
        organisation.name,
        "" if organisation.kind is OrganisationKind.UNKNOWN else organisation.kind.value,
        organisation.domain,
        organisation.region,
        member.role,
        ", ".join(member.languages),
        ", ".join(member.topics),
        member.offers,
        member.seeks,
        "yes" if organisation.contact == member.id else "no",
        ", ".join(sorted(member.consents)),
        member.joined_at.isoformat(),
    ]


def _nothing(organisation: OrganisationId) -> Organisation:
    return Organisation(organisation, "", OrganisationKind.UNKNOWN)
