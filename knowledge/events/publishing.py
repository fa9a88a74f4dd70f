"""Letting an announcement out: whether somebody must approve it first, who may, and what then happens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.events.changing import Signature, change, locked
from knowledge.events.checking import checked
from knowledge.events.schedule import occurrences_of
from knowledge.events.seats import OFFER
from knowledge.events.states import NobodyToApproveError, TooLateError
from knowledge.events.telling import ask_for_approval
from knowledge.events.values import draft_of
from knowledge.model import (
    NO_ANNOUNCEMENT,
    NOBODY,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    ChannelId,
    MemberId,
)
from knowledge.ports import Roles, UnitOfWork


def revision_of(name: AnnouncementId) -> AnnouncementId:
    """The id of the change of it that is not out yet: there is one at most."""
    return AnnouncementId(f"{name}.edit")


def needs_approval(work: UnitOfWork, channels: Collection[ChannelId]) -> bool:
    """Whether any of the channels asks for a second coordinator."""
    return any(rule.needs_approval and rule.channel in channels for rule in work.announcements.rules())


def asks_for_approval(work: UnitOfWork, announcement: Announcement) -> bool:
    """Whether any does where it is to stand, or where what it replaces stands now."""
    channels = set(announcement.channels)
    if announcement.replaces != NO_ANNOUNCEMENT:
        channels |= set(work.announcements.get(announcement.replaces).channels)
    return needs_approval(work, channels)


def is_second_pair(announcement: Announcement, person: MemberId) -> bool:
    """Whether somebody is neither its author nor whoever changed it last."""
    return person not in {announcement.author, announcement.editor}


def ask(work: UnitOfWork, announcement: Announcement, roles: Roles, now: datetime) -> Announcement:
    """Let it wait for somebody's approval; raises NobodyToApproveError."""
    others = [person for person in roles.staff() if is_second_pair(announcement, person)]
    if not others:
        message = "A channel asks for the approval of a second coordinator, and there is no other coordinator."
        raise NobodyToApproveError(message)
    # Its own revision: what was asked before, and answered, is another question.
    revision = announcement.revision + 1
    waiting = replace(announcement, state=AnnouncementState.WAITING, approver=NOBODY, revision=revision)
    work.announcements.put(waiting)
    ask_for_approval(work, waiting, others, now)
    return waiting


@dataclass(frozen=True, slots=True)
class Publishing:
    """The step from a checked draft to everybody.

    `offer` is how long a seat that comes free by a change is kept for whoever waits.
    """

    roles: Roles
    offer: timedelta = OFFER

    def may_approve(self, announcement: Announcement, person: MemberId) -> bool:
        """Whether somebody is a second pair of eyes, and of the staff; raises RolesUnknownError."""
        return is_second_pair(announcement, person) and self.roles.is_staff(person)

    def go_out(self, work: UnitOfWork, announcement: Announcement, now: datetime) -> Announcement:
        """Publish it, or what it changes; asks first where a channel has come to ask for approval meanwhile.

        Raises BadDraftError where its time has passed, TooLateError where what it changes is no longer out.
        """
        if announcement.approver == NOBODY and asks_for_approval(work, announcement):
            return ask(work, announcement, self.roles, now)
        if announcement.replaces != NO_ANNOUNCEMENT:
            return self._replace(work, announcement, now)
        events = tuple(work.events.have([announcement.id]).values())
        checked(draft_of(announcement, events), now)
        for event in events:
            for occurrence in occurrences_of(event, now):
                work.events.put_occurrence(occurrence)
        out = replace(
            announcement, state=AnnouncementState.PUBLISHED, publish_at=now, revision=announcement.revision + 1
        )
        work.announcements.put(out)
        return out

    def _replace(self, work: UnitOfWork, revision: Announcement, now: datetime) -> Announcement:
        original = locked(work, revision.replaces)
        if original.state is not AnnouncementState.PUBLISHED:
            message = "What is to be changed was cancelled."
            raise TooLateError(message)
        known = draft_of(original, tuple(work.events.have([original.id]).values()))
        draft = checked(draft_of(revision, tuple(work.events.have([revision.id]).values())), now, (known,))
        work.announcements.remove(revision.id)
        return change(work, original, draft, Signature(revision.editor, revision.approver), now, self.offer)
