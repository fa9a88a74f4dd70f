"""Through whom an organisation or a person can be reached: only those who agreed, not while they are paused or away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.members.catalogue import organisation_id
from knowledge.members.listing import Viewer
from knowledge.model import NO_HANDLE, NO_ORGANISATION, Consent, Handle, Member, Organisation, shown, team_of
from knowledge.ports import UnitOfWork

REACHABLE = frozenset({Consent.NAME, Consent.ROUNDS})
"""One of these is needed: who agreed to neither is nowhere offered to anybody."""


class People:
    """Who there is at one moment, for one person who looks at them."""

    def __init__(
        self, everybody: Sequence[Member], organisations: Sequence[Organisation], today: date, viewer: Viewer
    ) -> None:
        self.everybody = tuple(everybody)
        self.organisations = tuple(organisations)
        self._today = today
        self._viewer = viewer
        self._by_id = {each.id: each for each in organisations}
        self._by_name = {organisation_id(each.name): each for each in organisations}

    @property
    def others(self) -> tuple[Member, ...]:
        """Everybody but the one who looks."""
        return tuple(each for each in self.everybody if each.id != self._viewer.member)

    def reach(self, member: Member) -> Handle:
        """The handle of somebody to whom introductions may be offered; none of others, and where others read it too."""
        agreed = bool(REACHABLE & member.consents) and member.available_from <= self._today and not member.is_away
        # Two of different workspaces could share no conversation.
        is_near = team_of(member.id) == team_of(self._viewer.member)
        return member.handle if agreed and is_near and self._viewer.is_private else NO_HANDLE

    def may_be_listed(self, member: Member) -> bool:
        """Somebody without a name whom nobody can be introduced to would be of no use to anybody."""
        return shown(member).is_named or self.reach(member) != NO_HANDLE

    def organisation_of(self, member: Member) -> Organisation | None:
        """The organisation that the member shows."""
        return self._by_id.get(shown(member).organisation)

    def known_as(self, name: str) -> Organisation | None:
        """The organisation of this name."""
        return self._by_name.get(organisation_id(name))

    def contact(self, organisation: Organisation) -> Handle:
        """Of its contact, or of another member who shows that they belong to it; none where none can be reached."""
        of_it = [each for each in self.others if shown(each).organisation == organisation.id != NO_ORGANISATION]
        contact_first = sorted(of_it, key=lambda each: each.id != organisation.contact)
        return next((found for each in contact_first if (found := self.reach(each)) != NO_HANDLE), NO_HANDLE)


def read_people(work: UnitOfWork, today: date, viewer: Viewer) -> People:
    """Everybody as the viewer may see them; nobody for those who may not see people."""
    if not viewer.sees_people:
        return People((), (), today, viewer)
    return People(work.members.all(), work.organisations.all(), today, viewer)
