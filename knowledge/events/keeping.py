"""An announcement and its event in the database, as the use cases of drafting look at them."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from knowledge.events.changing import locked
from knowledge.events.drafts import Draft
from knowledge.events.states import TooLateError
from knowledge.events.values import draft_of, event_of
from knowledge.model import NO_ANNOUNCEMENT, Announcement, AnnouncementId, AnnouncementState
from knowledge.ports import UnitOfWork

BEFORE_OUT = frozenset({AnnouncementState.DRAFT, AnnouncementState.WAITING, AnnouncementState.APPROVED})


def new_id() -> AnnouncementId:
    """One that nobody has and nobody can guess."""
    return AnnouncementId(secrets.token_urlsafe(9))


def put(work: UnitOfWork, announcement: Announcement, draft: Draft) -> None:
    """Store it with the event of the draft that it was made of."""
    work.announcements.put(announcement)
    for held in draft.held:
        work.events.put(event_of(held, announcement.id))


def draft_in(work: UnitOfWork, announcement: Announcement) -> Draft:
    """What was filled in of it."""
    return draft_of(announcement, tuple(work.events.have([announcement.id]).values()))


def known_of(work: UnitOfWork, announcement: Announcement) -> tuple[Draft, ...]:
    """What people have seen of it: itself where it is out, or what it is to replace."""
    if announcement.replaces != NO_ANNOUNCEMENT:
        return (draft_in(work, work.announcements.get(announcement.replaces)),)
    return (draft_in(work, announcement),) if announcement.is_out else ()


def lock_in(work: UnitOfWork, name: AnnouncementId, states: Collection[AnnouncementState]) -> Announcement:
    """Lock it in one of these states, what it is to replace before it; raises NotFoundError and TooLateError."""
    original = work.announcements.get(name).replaces
    if original != NO_ANNOUNCEMENT:
        locked(work, original)
    found = locked(work, name)
    if found.state not in states:
        raise too_late()
    return found


def too_late() -> TooLateError:
    """What is told of something that has come further, or was changed."""
    return TooLateError("It has come further, or was changed meanwhile; look at it again.")
