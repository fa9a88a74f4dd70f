"""Through whom an organisation or a person can be reached: only those who agreed, and not while they are paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.members.catalogue import same_name
from knowledge.members.listing import Viewer
from knowledge.model import NO_HANDLE, NO_ORGANISATION, Consent, Handle, Member, Organisation, shown
from knowledge.ports import UnitOfWork

REACHABLE = frozenset({Consent.NAME, Consent.ROUNDS})
"""One of these is needed: who agreed to neither is nowhere offered to anybody."""


@dataclass(frozen=True, slots=True)
class People:
    """Who there is at one moment, for one person who looks at them: not themself."""

    members: tuple[Member, ...]
    organisations: tuple[Organisation, ...]
    today: date
    is_private: bool = True

    def reach(self, member: Member) -> Handle:
        """The handle of somebody to whom introductions may be offered; none of others, and where others read it too."""
        agreed = bool(REACHABLE & member.consents) and member.available_from <= self.today
        return member.handle if agreed and self.is_private else NO_HANDLE

    def may_be_listed(self, member: Member) -> bool:
        """Somebody without a name whom nobody can be introduced to would be of no use to anybody."""
        return shown(member).is_named or self.reach(member) != NO_HANDLE

    def organisation_of(self, member: Member) -> str:
        """The name of the organisation that the member shows; empty where they do not."""
        seen = shown(member).organisation
        return next((each.name for each in self.organisations if each.id == seen), "")

    def known_as(self, name: str) -> Organisation | None:
        """The organisation of this name."""
        return next((each for each in self.organisations if same_name(each.name, name)), None)

    def contact(self, organisation: Organisation) -> Handle:
        """Of its contact, or of another member who shows that they belong to it; none where none can be reached."""
        of_it = [each for each in self.members if shown(each).organisation == organisation.id != NO_ORGANISATION]
        contact_first = sorted(of_it, key=lambda each: each.id != organisation.contact)
        return next((found for each in contact_first if (found := self.reach(each)) != NO_HANDLE), NO_HANDLE)


def read_people(work: UnitOfWork, today: date, viewer: Viewer) -> People:
    """Everybody but the one who looks; nobody for those who may not see people."""
    if not viewer.sees_people:
        return People((), (), today)
    others = tuple(each for each in work.members.all() if each.id != viewer.member)
    return People(others, tuple(work.organisations.all()), today, viewer.is_private)
