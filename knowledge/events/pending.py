"""The change of something that is out, until people see it: looked for, and kept in step with what moves meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.events.checking import tidied
from knowledge.events.drafts import Draft, mark_of
from knowledge.events.keeping import BEFORE_OUT, draft_in
from knowledge.events.publishing import ask, revision_of
from knowledge.events.schedule import instant, wall_clock
from knowledge.events.states import ChangedMeanwhileError, NobodyToApproveError
from knowledge.events.telling import tell_author
from knowledge.events.values import as_kept
from knowledge.model import (
    NO_ANNOUNCEMENT,
    NOBODY,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    Event,
    Frequency,
    LetterKind,
)
from knowledge.ports import Roles, UnitOfWork


def change_of(work: UnitOfWork, name: AnnouncementId) -> tuple[Announcement, ...]:
    """The change of it that is not out yet, none or one: drafted, waiting for approval, or for its time."""
    return tuple(each for each in work.announcements.within(BEFORE_OUT) if each.id == revision_of(name))


def form_of(work: UnitOfWork, announcement: Announcement) -> Draft:
    """What its form begins with: the change of it that is not out yet, else itself."""
    return draft_in(work, _in_form(work, announcement))


def form_mark(work: UnitOfWork, announcement: Announcement) -> str:
    """The mark of what its form begins with, and of the dates that were moved or cancelled alone by then."""
    out = announcement.id if announcement.replaces == NO_ANNOUNCEMENT else announcement.replaces
    dates = [
        (each.id, each.starts_at.isoformat(), each.ends_at.isoformat(), each.is_cancelled)
        for each in work.events.occurrences(out)
    ]
    return mark_of(form_of(work, announcement), dates)


def saved_already(work: UnitOfWork, announcement: Announcement, draft: Draft, began: str) -> tuple[Announcement, ...]:
    """What is there, where just that is saved once more; nothing where the form is as new as when it was opened.

    Raises ChangedMeanwhileError where a form that began with this mark would undo what has come after.
    """
    if form_mark(work, announcement) == began:
        return ()
    if form_of(work, announcement) == as_kept(tidied(draft)):
        return (_in_form(work, announcement),)
    message = "It was changed after the form was opened; saving that would undo the change."
    raise ChangedMeanwhileError(message)


def time_of(changes: Sequence[Announcement], now: datetime) -> datetime:
    """When a change is to go out that takes the place of these; a draft has no time that anybody asked for."""
    return max([now, *(each.publish_at for each in changes if each.state is not AnnouncementState.DRAFT)])


def drop_change(work: UnitOfWork, name: AnnouncementId) -> None:
    """Let no change of it be under way any more."""
    for each in change_of(work, name):
        work.announcements.remove(each.id)


def keep_in_step(work: UnitOfWork, before: Event, roles: Roles, now: datetime) -> None:
    """Let the change of an event that was moved say when and where it is now, else it would move it back.

    Whoever was asked to approve the change is asked anew. It goes back to its author where it was to change that
    itself. `before` is the event as it was; what it is to be changed to stands under a lock of the event's own.
    """
    after = work.events.get(before.id)
    for change, planned in _planned(work, before.id):
        moved = _moved(planned, before, after)
        if moved == planned:
            continue
        work.events.put(moved)
        if _is_at_odds(planned, before, after) or _closes_too_late(moved, after):
            _give_back(work, change, "moved", now)
        elif change.state is AnnouncementState.WAITING:
            _ask_anew(work, change, roles, now)


def ask_again(work: UnitOfWork, name: AnnouncementId, roles: Roles, now: datetime) -> None:
    """Let nobody's older word take back that one date of a series was moved or cancelled: other times would.

    Whoever was asked to approve them is asked anew; what is approved already goes back to its author.
    """
    series = work.events.get(name)
    for change, planned in _planned(work, name):
        if _times(planned) == _times(series):
            continue
        if change.state is AnnouncementState.WAITING:
            _ask_anew(work, change, roles, now)
        elif change.state is AnnouncementState.APPROVED:
            _give_back(work, change, "date", now)


def _in_form(work: UnitOfWork, announcement: Announcement) -> Announcement:
    return (*change_of(work, announcement.id), announcement)[0]


def _planned(work: UnitOfWork, name: AnnouncementId) -> list[tuple[Announcement, Event]]:
    """The change of an event that is not out yet, none or one, with what the event is to be."""
    return [(each, event) for each in change_of(work, name) for event in work.events.have([each.id]).values()]


def _times(event: Event) -> tuple[object, ...]:
    return event.starts, event.ends, event.zone, event.recurrence


def _place(event: Event) -> str:
    return event.place


def _moved(planned: Event, before: Event, after: Event) -> Event:
    moved = planned
    if _times(before) != _times(after):
        starts, ends = (wall_clock(instant(each, after.zone), planned.zone) for each in (after.starts, after.ends))
        moved = replace(moved, starts=starts, ends=ends)
        if planned.recurrence.frequency is not Frequency.ONCE:
            # Its last day moves along: a series that begins after that would have no dates.
            until = planned.recurrence.until + (starts.date() - planned.starts.date())
            moved = replace(moved, recurrence=replace(planned.recurrence, until=until))
    return moved if _place(before) == _place(after) else replace(moved, place=after.place)


def _is_at_odds(planned: Event, before: Event, after: Event) -> bool:
    """Whether the change was to change what has moved now."""
    return any(of(before) != of(after) and of(planned) != of(before) for of in (_times, _place))


def _closes_too_late(planned: Event, after: Event) -> bool:
    """Whether the change would close sign-up after the start by now, which nobody could approve."""
    closing = planned.closing
    return closing != after.closing and closing.days == 0 and closing.at > planned.starts.time()


def _ask_anew(work: UnitOfWork, change: Announcement, roles: Roles, now: datetime) -> None:
    try:
        ask(work, change, roles, now)
    except NobodyToApproveError:
        # The others have left since they were asked; those who come to the event must hear of the move all the same.
        _give_back(work, change, "nobody", now)


def _give_back(work: UnitOfWork, change: Announcement, reason: str, now: datetime) -> None:
    returned = replace(change, state=AnnouncementState.DRAFT, approver=NOBODY)
    work.announcements.put(returned)
    tell_author(work, returned, LetterKind.RETURNED, {"reason": reason}, now)
