"""What a change of something that is out does: its occurrences, calendars, seats, reminders and those concerned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.events.drafts import BadDraftError, Draft, Field, Trouble
from knowledge.events.schedule import Rearrangement, overlaps, rearranged, slots
from knowledge.events.seats import follow_change
from knowledge.events.telling import News, concerned, tell_concerned
from knowledge.events.values import announcement_of, event_of
from knowledge.model import (
    HOLDS_A_SEAT,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    Event,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
)
from knowledge.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Signature:
    """Who changed it, and who approved that; NOBODY where nobody had to."""

    editor: MemberId
    approver: MemberId


def locked(work: UnitOfWork, name: AnnouncementId) -> Announcement:
    """The announcement, which nobody else changes meanwhile, nor the seats of its occurrences."""
    # Whoever signs up locks it too, and first: two who wait for each other would wait forever.
    return work.announcements.lock(name)


def change(
    work: UnitOfWork, before: Announcement, draft: Draft, by: Signature, now: datetime, offer: timedelta
) -> Announcement:
    """Let it be as the checked draft says; raises BadDraftError where seats are taken or times collide.

    A seat that comes free is kept for whoever waits for `offer`.
    """
    after = replace(
        announcement_of(draft, before.id, before.author, before.made_at),
        state=before.state,
        approver=by.approver,
        publish_at=before.publish_at,
        revision=before.revision + 1,
        editor=by.editor,
    )
    work.announcements.put(after)
    for held in draft.held:
        event = work.events.get(before.id)
        _change_event(work, _Change(before, after, event, event_of(held, before.id, event.sequence), now), offer)
    return after


@dataclass(frozen=True, slots=True)
class _Change:
    """Both sides of a change of an event."""

    before: Announcement
    after: Announcement
    old: Event
    new: Event
    now: datetime

    @property
    def is_seen_in_calendars(self) -> bool:
        texts = [(each.wordings, each.link, each.topics) for each in (self.before, self.after)]
        return self.old != self.new or texts[0] != texts[1]

    @property
    def has_new_times(self) -> bool:
        names = ("starts", "ends", "zone", "recurrence")
        return any(getattr(self.old, name) != getattr(self.new, name) for name in names)

    def fields(self, was: Occurrence, occurrence: Occurrence) -> Iterator[str]:
        """What is different for those who come to this one."""
        if (was.starts_at, was.ends_at, was.is_cancelled) != (
            occurrence.starts_at,
            occurrence.ends_at,
            occurrence.is_cancelled,
        ):
            yield "time"
        if (was.place or self.old.place) != (occurrence.place or self.new.place):
            yield "place"
        if (was.meeting_link or self.old.meeting_link) != (occurrence.meeting_link or self.new.meeting_link):
            yield "link"
        if self.before.title != self.after.title:
            yield "title"


def _change_event(work: UnitOfWork, made: _Change, offer: timedelta) -> None:
    existing = list(work.events.occurrences(made.old.id))
    plan = _planned(made, existing)
    coming = [each for each in plan.kept if each.ends_at > made.now and not each.is_cancelled]
    _refuse_collisions([*coming, *plan.new])
    _refuse_too_few_seats(work, made, coming)
    # Programs go by all the numbers of a series together, which must not fall when some of it is gone.
    lost = sum(each.sequence for each in plan.gone)
    work.events.put(replace(made.new, sequence=made.old.sequence + lost + made.is_seen_in_calendars))
    for occurrence in (*plan.kept, *plan.new):
        work.events.put_occurrence(occurrence)
    before = {each.id: each for each in existing}
    _tell(work, made, before, plan)
    for occurrence in coming:
        if made.new.capacity != made.old.capacity or occurrence.starts_at != before[occurrence.id].starts_at:
            follow_change(work, made.new, work.events.lock_occurrence(occurrence.id), made.now, offer)


def _planned(made: _Change, existing: Sequence[Occurrence]) -> Rearrangement:
    if not made.has_new_times:
        return Rearrangement(tuple(existing), (), (), ())
    plan = rearranged(made.old, made.new, existing, made.now)
    return replace(plan, kept=tuple(_revived(made, each, existing) for each in plan.kept))


def _revived(made: _Change, occurrence: Occurrence, existing: Sequence[Occurrence]) -> Occurrence:
    """One that had fallen out of the rule and is back in it is held again; one that was cancelled alone is not."""
    was = next(each for each in existing if each.id == occurrence.id)
    if (
        not occurrence.is_cancelled
        or was.starts_at <= made.now
        or was.slot in slots(made.old.starts, made.old.recurrence)
    ):
        return occurrence
    return replace(occurrence, is_cancelled=False, sequence=was.sequence + 1, changed_at=made.now)


def _refuse_collisions(occurrences: Sequence[Occurrence]) -> None:
    if overlaps(occurrences):
        raise BadDraftError({Field.STARTS: Trouble.OVERLAPPING})


def _refuse_too_few_seats(work: UnitOfWork, made: _Change, coming: Sequence[Occurrence]) -> None:
    if made.new.capacity in {0, made.old.capacity}:
        return
    counts = work.sign_ups.counts([each.id for each in coming])
    taken = [sum(of_one.get(each, 0) for each in HOLDS_A_SEAT) for of_one in counts.values()]
    if max(taken, default=0) > made.new.capacity:
        raise BadDraftError({Field.CAPACITY: Trouble.BELOW_TAKEN})


def _tell(work: UnitOfWork, made: _Change, before: Mapping[OccurrenceId, Occurrence], plan: Rearrangement) -> None:
    news = []
    for occurrence in plan.kept:
        was = before[occurrence.id]
        fields = ",".join(made.fields(was, occurrence))
        if "time" in fields.split(","):
            work.letters.drop(occurrence.id, [LetterKind.REMINDER])
        if fields and occurrence.ends_at > made.now and not occurrence.is_cancelled:
            details = _old(was, was.place or made.old.place) | {"fields": fields}
            news.append(News(occurrence, LetterKind.CHANGED, details, fields))
    gone = [one for one in plan.gone if not one.is_cancelled]
    news += [News(each, LetterKind.CANCELLED, {}, each.id) for each in gone]
    tell_concerned(work, news, made.after.revision, made.now)
    for each in gone:
        _let_go(work, each, made.now)


def _old(was: Occurrence, place: str) -> dict[str, str]:
    return {"old_starts": was.starts_at.isoformat(), "old_ends": was.ends_at.isoformat(), "old_place": place}


def _let_go(work: UnitOfWork, occurrence: Occurrence, now: datetime) -> None:
    """Cancel what has fallen out of the rule; where nobody knows of it, it is as if it had never been."""
    if concerned(work, occurrence):
        cancel(work, occurrence, now)
    else:
        work.letters.drop(occurrence.id, [LetterKind.REMINDER])
        work.events.remove_occurrence(occurrence.id)


def cancel(work: UnitOfWork, occurrence: Occurrence, now: datetime) -> None:
    """Let it not be held, and nobody be reminded of it."""
    cancelled = replace(occurrence, is_cancelled=True, sequence=occurrence.sequence + 1, changed_at=now)
    work.events.put_occurrence(cancelled)
    work.letters.drop(occurrence.id, [LetterKind.REMINDER])


def call_off(work: UnitOfWork, before: Announcement, by: MemberId, now: datetime) -> Announcement:
    """Cancel the whole of it: everything that is still to come."""
    after = replace(before, state=AnnouncementState.CANCELLED, revision=before.revision + 1, editor=by)
    work.announcements.put(after)
    for event in work.events.have([before.id]).values():
        coming = [each for each in work.events.occurrences(event.id) if each.ends_at > now and not each.is_cancelled]
        is_series = {"all": "yes"} if len(coming) > 1 else {}
        news = [News(each, LetterKind.CANCELLED, is_series, "all") for each in coming]
        tell_concerned(work, news, after.revision, now)
        work.events.put(replace(event, sequence=event.sequence + 1))
        for each in coming:
            cancel(work, each, now)
    return after
