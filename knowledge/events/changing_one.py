"""One occurrence of an event that is out, moved or cancelled alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.events.changing import call_off, cancel, locked
from knowledge.events.checking import line_of
from knowledge.events.checking_times import span_troubles
from knowledge.events.drafts import LONGEST_PLACE, BadDraftError, Field, Trouble, mark_of
from knowledge.events.schedule import instant, overlaps
from knowledge.events.seats import follow_change
from knowledge.events.states import ChangedMeanwhileError, TooLateError
from knowledge.events.telling import News, tell_concerned
from knowledge.model import (
    AnnouncementState,
    Event,
    Frequency,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
)
from knowledge.ports import UnitOfWork
from knowledge.privacy import personal_data_in


@dataclass(frozen=True, slots=True)
class Move:
    """To when, on the wall clock of the event's zone, and to where; an empty place is the event's own.

    `began` is the mark of what the form showed, empty where it bears none.
    """

    starts: datetime
    ends: datetime
    place: str = ""
    began: str = ""


def date_mark(event: Event, occurrence: Occurrence) -> str:
    """The mark of when and where it is held, by which moving it finds out what has come after."""
    span = occurrence.starts_at.isoformat(), occurrence.ends_at.isoformat()
    return mark_of(span, event.zone, occurrence.place or event.place)


def move(work: UnitOfWork, name: OccurrenceId, to: Move, now: datetime, offer: timedelta) -> Occurrence:
    """Hold it then and there; raises BadDraftError, and TooLateError where it has begun or is cancelled.

    Raises ChangedMeanwhileError where that would undo what has come after. A free seat is kept for whoever waits
    for `offer`.
    """
    was = _coming(work, name, now)
    event = work.events.get(was.event)
    place = line_of(to.place)
    if _is_there(was, event, replace(to, place=place)):
        return was
    if to.began not in {"", date_mark(event, was)}:
        message = "It was changed after the form was opened; moving it so would undo the change."
        raise ChangedMeanwhileError(message)
    _refuse(to, place, event, now)
    own_place = "" if place == event.place else place
    times = {"starts_at": instant(to.starts, event.zone), "ends_at": instant(to.ends, event.zone)}
    moved = replace(was, **times, place=own_place, sequence=was.sequence + 1, changed_at=now)  # type: ignore[arg-type]
    _refuse_collision(work, moved)
    if event.recurrence.frequency is Frequency.ONCE:
        moved = _moved_event(work, event, moved, to)
    work.events.put_occurrence(moved)
    _tell_of_move(work, was, moved, event, now)
    if moved.starts_at != was.starts_at:
        follow_change(work, event, work.events.lock_occurrence(moved.id), now, offer)
    return moved


def cancel_one(work: UnitOfWork, name: OccurrenceId, by: MemberId, now: datetime) -> None:
    """Not hold it; where it is all that the event is, the event is cancelled. Raises TooLateError as `move`."""
    occurrence = _coming(work, name, now)
    announcement = work.announcements.get(occurrence.event)
    if work.events.get(occurrence.event).recurrence.frequency is Frequency.ONCE:
        call_off(work, announcement, by, now)
        return
    work.announcements.touch(announcement.id)
    tell_concerned(work, [News(occurrence, LetterKind.CANCELLED, {}, "")], announcement.revision + 1, now)
    cancel(work, occurrence, now)


def _coming(work: UnitOfWork, name: OccurrenceId, now: datetime) -> Occurrence:
    announcement = locked(work, work.events.occurrence(name).event)
    occurrence = work.events.occurrence(name)
    is_out = announcement.state is AnnouncementState.PUBLISHED
    if not is_out or occurrence.is_cancelled or occurrence.starts_at <= now:
        message = "It has begun or was cancelled; only what is still to come can be changed."
        raise TooLateError(message)
    return occurrence


def _is_there(was: Occurrence, event: Event, to: Move) -> bool:
    """Whether it is held then and there already: a form may be saved a second time."""
    span = instant(to.starts, event.zone), instant(to.ends, event.zone)
    return span == (was.starts_at, was.ends_at) and (to.place or event.place) == (was.place or event.place)


def _refuse(to: Move, place: str, event: Event, now: datetime) -> None:
    troubles = dict(span_troubles(to.starts, to.ends, event.zone))
    if not troubles and instant(to.starts, event.zone) <= now:
        troubles[Field.STARTS] = Trouble.PAST
    if len(place) > LONGEST_PLACE:
        troubles[Field.PLACE] = Trouble.TOO_LONG
    if found := personal_data_in(place):
        troubles[Field.PLACE] = Trouble(found.value)
    if troubles:
        raise BadDraftError(troubles)


def _refuse_collision(work: UnitOfWork, moved: Occurrence) -> None:
    others = [each for each in work.events.occurrences(moved.event) if each.id != moved.id and not each.is_cancelled]
    if overlaps([*others, moved]):
        raise BadDraftError({Field.STARTS: Trouble.OVERLAPPING})


def _moved_event(work: UnitOfWork, event: Event, moved: Occurrence, to: Move) -> Occurrence:
    """An event that is held once is moved itself."""
    place = moved.place or event.place
    work.events.put(replace(event, starts=to.starts, ends=to.ends, place=place, sequence=event.sequence + 1))
    return replace(moved, slot=to.starts, place="")


def _tell_of_move(work: UnitOfWork, was: Occurrence, moved: Occurrence, event: Event, now: datetime) -> None:
    work.announcements.touch(was.event)
    old_place = was.place or event.place
    new_place = moved.place or work.events.get(was.event).place
    has_new_time = (was.starts_at, was.ends_at) != (moved.starts_at, moved.ends_at)
    told = {"time": has_new_time, "place": old_place != new_place}
    fields = ",".join(name for name, is_told in told.items() if is_told)
    if has_new_time:
        work.letters.drop(was.id, [LetterKind.REMINDER])
    details = {
        "fields": fields,
        "old_starts": was.starts_at.isoformat(),
        "old_ends": was.ends_at.isoformat(),
        "old_place": old_place,
    }
    news = [News(moved, LetterKind.CHANGED, details, "")] if fields else []
    tell_concerned(work, news, work.announcements.get(was.event).revision, now)
