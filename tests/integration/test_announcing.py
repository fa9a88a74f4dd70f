"""From a draft to what is out, over a real database: approval, time, changes, and who is told what."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.events.amending import Amending
from knowledge.events.announcing import Announcing
from knowledge.events.boards import Boards
from knowledge.events.changing_one import Move, date_mark
from knowledge.events.drafts import BadDraftError, Draft, Field, Trouble
from knowledge.events.publishing import Publishing
from knowledge.events.releasing import Releasing
from knowledge.events.scenes import scene_of
from knowledge.events.schedule import wall_clock
from knowledge.events.states import ChangedMeanwhileError, NobodyToApproveError, TooLateError
from knowledge.members.profiles import NotAllowedError
from knowledge.model import (
    NEVER,
    Announcement,
    AnnouncementId,
    AnnouncementState,
    Attendance,
    ChannelRule,
    Event,
    Frequency,
    Language,
    Letter,
    LetterKind,
    Material,
    MemberId,
    Occurrence,
    OccurrenceId,
    Recurrence,
    Wording,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import letter, sign_up
from tests.drafts import C1, C2, TEXT, began, draft, event_draft
from tests.fakes import NOON, SetClock

AINO, BO, CARITA = (MemberId(f"T1:{name}") for name in ("UAINO", "UBO", "UCARITA"))
STAFF = frozenset({AINO, BO, CARITA})
GUEST = MemberId("T1:UGUEST")
COMER, WAITER, LEAVER = (MemberId(f"T1:U{number}") for number in (1, 2, 3))
WEEKLY = Recurrence(Frequency.WEEKLY, 1, date(2026, 12, 30))


class Desk:
    """The use cases, with what they told to fill seats."""

    def __init__(self, store: Store, clock: SetClock, staff: frozenset[MemberId] = STAFF) -> None:
        self.store, self.clock = store, clock
        roles = FixedRoles(staff)
        publishing = Publishing(roles)
        self.announcing = Announcing(store, clock, publishing)
        self.amending = Amending(store, clock, roles)
        self.releasing = Releasing(store, clock, publishing)
        self.boards = Boards(store, clock)

    def ask_for_approval(self) -> None:
        """The first channel wants a second coordinator."""
        self.announcing.set_rule(ChannelRule(C1, needs_approval=True, language=Language.FI), AINO)

    def out(self, filled_in: Draft) -> Announcement:
        """Published by Aino at once."""
        made = self.announcing.save(filled_in, AINO)
        return self.announcing.submit(made.id, AINO, self.clock())

    def edit(self, name: AnnouncementId, filled_in: Draft, by: MemberId) -> Announcement:
        """In a form that is opened now."""
        return self.announcing.edit(name, filled_in, by, began(self.store, name))

    def get(self, name: str) -> Announcement:
        """As it is stored."""
        with self.store.reading() as work:
            return work.announcements.get(name)  # type: ignore[arg-type]

    def event(self, name: str) -> Event:
        """The event as it is stored."""
        with self.store.reading() as work:
            return work.events.get(name)  # type: ignore[arg-type]

    def occurrences(self, name: str) -> list[Occurrence]:
        """All of an event."""
        with self.store.reading() as work:
            return list(work.events.occurrences(name))  # type: ignore[arg-type]

    def come(self, occurrence: Occurrence) -> None:
        """One comes, one waits, one has said no, and one who comes is to be reminded."""
        attending = (Attendance.GOING, Attendance.WAITING, Attendance.NOT_GOING)
        with self.store() as work:
            for number, attendance in enumerate(attending, 1):
                work.sign_ups.put(sign_up(f"U{number}", to=occurrence.id, number=number, attendance=attendance))
            work.letters.add(letter(f"reminder:{occurrence.id}", subject=occurrence.id, due_at=occurrence.starts_at))
            work.commit()

    def letters(self, person: MemberId, *kinds: LetterKind) -> list[Letter]:
        """What somebody is told."""
        with self.store.reading() as work:
            return [each for each in work.letters.of(person) if each.kind in (kinds or set(LetterKind))]


@pytest.fixture
def desk(store: Store, clock: SetClock) -> Desk:
    """Three coordinators and an empty database."""
    return Desk(store, clock)


def _texts(text: str, filled_in: Draft) -> Draft:
    return dataclasses.replace(filled_in, wordings=(dataclasses.replace(filled_in.wordings[0], text=text),))


def _one_day_later(desk: Desk, out: Announcement, place: str = "Valimotie 1, Helsinki") -> None:
    """The event of 9 December at 8.30 is moved by Bo."""
    [occurrence] = desk.occurrences(out.id)
    starts = datetime(2026, 12, 10, 8, 30)  # noqa: DTZ001 - a time on the wall
    desk.amending.move(occurrence.id, Move(starts, starts + timedelta(hours=1), place), BO)


def _moved_to(desk: Desk, occurrence: Occurrence, starts: str, place: str = "", mark: str = "") -> None:
    """One date is moved to that hour by Carita, in a window that bears this mark."""
    at = datetime.fromisoformat(starts)
    desk.amending.move(occurrence.id, Move(at, at + timedelta(hours=1), place, mark), CARITA)


def _scheduled(desk: Desk, out: Announcement, filled_in: Draft, at: datetime) -> Announcement:
    """A change of what is out, written by Aino, approved by Bo, which goes out at that time."""
    waiting = desk.announcing.take_back(desk.edit(out.id, filled_in, AINO).id, AINO)
    waiting = desk.announcing.submit(waiting.id, AINO, at)
    return desk.announcing.approve(waiting.id, BO, waiting.revision)


in_one_database = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""For what another database could not do otherwise: each costs a second."""


def _troubles(error: pytest.ExceptionInfo[BadDraftError]) -> Mapping[str, Trouble]:
    return error.value.troubles


def test_without_a_rule_it_goes_out_at_once(desk: Desk) -> None:
    """Its occurrences are there from then on, and its copies are to be posted."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    assert out.state is AnnouncementState.PUBLISHED
    assert out.publish_at == NOON
    assert len(desk.occurrences(out.id)) == 4
    with desk.store.reading() as work:
        assert work.announcements.unshown() == [out.id]
    assert desk.letters(BO) == []


def test_nothing_is_kept_of_a_draft_with_trouble(desk: Desk) -> None:
    """Nor of an edit."""
    with pytest.raises(BadDraftError):
        desk.announcing.save(event_draft(place=""), AINO)
    kept = desk.announcing.save(event_draft(), AINO)
    with pytest.raises(BadDraftError):
        desk.edit(kept.id, event_draft(place=""), AINO)
    assert desk.get(kept.id) == kept
    assert [each.announcement.id for each in desk.boards.board().drafts] == [kept.id]


def test_only_staff_announces(desk: Desk) -> None:
    """Whatever is asked, and also of what exists."""
    kept = desk.announcing.save(event_draft(), AINO)
    asked = (
        lambda: desk.announcing.save(draft(), GUEST),
        lambda: desk.edit(kept.id, draft(), GUEST),
        lambda: desk.announcing.submit(kept.id, GUEST, NOON),
        lambda: desk.announcing.approve(kept.id, GUEST, 1),
        lambda: desk.announcing.send_back(kept.id, GUEST, 1, "Ei."),
        lambda: desk.announcing.take_back(kept.id, GUEST),
        lambda: desk.announcing.remove(kept.id, GUEST),
        lambda: desk.announcing.save_template(kept.id, GUEST),
        lambda: desk.announcing.set_rule(ChannelRule(C1, needs_approval=False, language=Language.FI), GUEST),
        lambda: desk.amending.cancel(kept.id, GUEST),
        lambda: desk.amending.cancel_one(OccurrenceId("o1"), GUEST),
        lambda: desk.amending.move(OccurrenceId("o1"), Move(NOON, NOON), GUEST),
    )
    for ask in asked:
        with pytest.raises(NotAllowedError):
            ask()
    assert desk.get(kept.id) == kept


def test_a_second_coordinator_approves(desk: Desk) -> None:
    """The others are asked; its author and whoever changed it last may not; both are told."""
    desk.ask_for_approval()
    made = desk.announcing.save(event_draft(), AINO)
    made = desk.edit(made.id, event_draft(seats="20"), BO)
    waiting = desk.announcing.submit(made.id, BO, NOON)
    assert waiting.state is AnnouncementState.WAITING
    asked = {person: desk.letters(person, LetterKind.APPROVAL_ASKED) for person in (AINO, BO, CARITA)}
    assert [len(letters) for letters in asked.values()] == [0, 0, 1]
    assert asked[CARITA][0].details == {"revision": str(waiting.revision)}
    for person in (AINO, BO):
        with pytest.raises(NotAllowedError):
            desk.announcing.approve(made.id, person, waiting.revision)
    out = desk.announcing.approve(made.id, CARITA, waiting.revision)
    assert out.state is AnnouncementState.PUBLISHED
    assert out.approver == CARITA
    for person in (AINO, BO):
        [told] = desk.letters(person)
        assert told.kind is LetterKind.APPROVED
    assert desk.letters(CARITA) == [], "an answered question is not asked any more"


def test_what_was_changed_since_it_was_seen_is_not_approved(desk: Desk) -> None:
    """An edit sends it back; its older letter approves nothing, also once it waits again."""
    desk.ask_for_approval()
    made = desk.announcing.save(event_draft(), AINO)
    before = desk.announcing.submit(made.id, AINO, NOON).revision
    edited = desk.edit(made.id, event_draft(place="Toinen paikka 2"), AINO)
    assert edited.state is AnnouncementState.DRAFT
    assert desk.letters(BO) == []
    with pytest.raises(TooLateError):
        desk.announcing.approve(made.id, BO, before)
    after = desk.announcing.submit(made.id, AINO, NOON).revision
    with pytest.raises(TooLateError):
        desk.announcing.approve(made.id, BO, before)
    assert desk.announcing.approve(made.id, BO, after).state is AnnouncementState.PUBLISHED


def test_it_is_returned_with_a_comment(desk: Desk) -> None:
    """Its author reads it; no comment and one with an identity code are refused."""
    desk.ask_for_approval()
    made = desk.announcing.save(draft(), AINO)
    asked = desk.announcing.submit(made.id, AINO, NOON).revision
    for comment, trouble in ((" ", Trouble.MISSING), ("Kysy 131052-308T", Trouble.IDENTITY_CODE)):
        with pytest.raises(BadDraftError) as error:
            desk.announcing.send_back(made.id, BO, asked, comment)
        assert _troubles(error) == {Field.COMMENT: trouble}
    returned = desk.announcing.send_back(made.id, BO, asked, "Lisää vielä osoite.")
    assert returned.state is AnnouncementState.DRAFT
    [told] = desk.letters(AINO)
    assert (told.kind, told.details) == (LetterKind.RETURNED, {"comment": "Lisää vielä osoite."})
    desk.clock.advance(minutes=5)
    again = desk.announcing.submit(made.id, AINO, desk.clock()).revision
    assert [told.details for told in desk.letters(BO)] == [{"revision": str(again)}], (
        "asked anew, though nothing changed"
    )
    desk.announcing.send_back(made.id, BO, again, "Osoite puuttuu yhä.")
    assert [told.details["comment"] for told in desk.letters(AINO)] == ["Lisää vielä osoite.", "Osoite puuttuu yhä."]


def test_where_nobody_can_approve_that_is_said(store: Store, clock: SetClock) -> None:
    """A single coordinator is not left waiting for somebody who is not there."""
    desk = Desk(store, clock, frozenset({AINO}))
    desk.ask_for_approval()
    made = desk.announcing.save(draft(), AINO)
    with pytest.raises(NobodyToApproveError):
        desk.announcing.submit(made.id, AINO, NOON)
    assert desk.get(made.id).state is AnnouncementState.DRAFT


def test_it_goes_out_when_its_time_comes(desk: Desk) -> None:
    """Not before, once, and after a rule that came meanwhile only when it is approved."""
    at = NOON + timedelta(hours=20)
    first = desk.announcing.save(draft(), AINO)
    second = desk.announcing.save(draft(channels=(C2,)), AINO)
    for each in (first, second):
        assert desk.announcing.submit(each.id, AINO, at).state is AnnouncementState.APPROVED
    desk.releasing.publish_due()
    assert desk.get(second.id).state is AnnouncementState.APPROVED
    desk.ask_for_approval()
    desk.clock.now = at
    desk.releasing.publish_due()
    desk.releasing.publish_due()
    assert desk.get(second.id).state is AnnouncementState.PUBLISHED
    assert desk.get(second.id).revision == 2
    assert desk.get(first.id).state is AnnouncementState.WAITING
    waiting = desk.get(first.id).revision
    assert desk.announcing.approve(first.id, BO, waiting).state is AnnouncementState.PUBLISHED


def test_an_event_cannot_go_out_after_it_began(desk: Desk) -> None:
    """Neither planned so, nor when the bot was away at its time: then its author is told."""
    made = desk.announcing.save(event_draft(), AINO)
    starts = datetime(2026, 12, 9, 6, 30, tzinfo=UTC)
    with pytest.raises(BadDraftError) as error:
        desk.announcing.submit(made.id, AINO, starts)
    assert _troubles(error) == {Field.STARTS: Trouble.PAST}
    desk.announcing.submit(made.id, AINO, starts - timedelta(hours=1))
    desk.clock.now = starts
    desk.releasing.publish_due()
    assert desk.get(made.id).state is AnnouncementState.DRAFT
    assert [told.details for told in desk.letters(AINO)] == [{"reason": "past"}]


def test_what_waits_can_be_taken_back_and_drafts_erased(desk: Desk) -> None:
    """What is out cannot be erased."""
    made = desk.announcing.save(event_draft(), AINO)
    desk.announcing.submit(made.id, AINO, NOON + timedelta(days=1))
    with pytest.raises(TooLateError):
        desk.announcing.remove(made.id, AINO)
    assert desk.announcing.take_back(made.id, BO).state is AnnouncementState.DRAFT
    desk.announcing.remove(made.id, AINO)
    with pytest.raises(NotFoundError):
        desk.get(made.id)
    out = desk.out(draft())
    with pytest.raises(TooLateError):
        desk.announcing.remove(out.id, AINO)


def test_a_template_begins_others(desk: Desk) -> None:
    """It keeps the texts; its times come again at a time to come, and it goes out itself never."""
    made = desk.announcing.save(event_draft("2026-03-20T08:30", "2026-03-20T09:30"), AINO)
    template = desk.announcing.save_template(made.id, BO)
    desk.clock.advance(days=30)
    again = desk.boards.again(template.id)
    assert again.wordings == made.wordings
    assert again.held[0].starts == datetime(2026, 4, 24, 8, 30)  # noqa: DTZ001 - a time on the wall
    with pytest.raises(TooLateError):
        desk.announcing.submit(template.id, AINO, NOON)
    changed = desk.edit(template.id, dataclasses.replace(again, topics=("puhe",)), AINO)
    assert changed.state is AnnouncementState.TEMPLATE


def test_who_comes_is_told_what_changed(desk: Desk) -> None:
    """Place, link, title and time; nobody who said no; reminders of the old time are dropped."""
    out = desk.out(event_draft())
    [occurrence] = desk.occurrences(out.id)
    desk.come(occurrence)
    changed = event_draft("2026-12-10T09:00", "2026-12-10T10:00", place="Rantatie 3")
    after = desk.edit(out.id, changed, BO)
    assert after.revision == out.revision + 1
    [moved] = desk.occurrences(out.id)
    assert moved.id == occurrence.id
    assert moved.starts_at == datetime(2026, 12, 10, 7, tzinfo=UTC)
    assert desk.event(out.id).sequence == 1
    for person in (COMER, WAITER):
        [told] = desk.letters(person, LetterKind.CHANGED)
        assert told.subject == occurrence.id
        assert told.details == {
            "fields": "time,place",
            "old_starts": "2026-12-09T06:30:00+00:00",
            "old_ends": "2026-12-09T07:30:00+00:00",
            "old_place": "Valimotie 1, Helsinki",
        }
    assert desk.letters(LEAVER) == []
    assert desk.letters(COMER, LetterKind.REMINDER) == []


def test_a_mended_text_is_shown_and_told_to_nobody(desk: Desk) -> None:
    """The copies and calendars learn of it; reminders stay; saving without a change does nothing at all."""
    out = desk.out(event_draft())
    [occurrence] = desk.occurrences(out.id)
    desk.come(occurrence)
    assert desk.edit(out.id, event_draft(), BO) == out
    mended = dataclasses.replace(event_draft(), wordings=(Wording(Language.FI, out.title, f"{TEXT} Tervetuloa!"),))
    assert desk.edit(out.id, mended, BO).revision == out.revision + 1
    assert desk.event(out.id).sequence == 1
    assert desk.letters(COMER, LetterKind.CHANGED) == []
    assert len(desk.letters(COMER, LetterKind.REMINDER)) == 1


def test_a_series_told_once(desk: Desk) -> None:
    """Whoever comes to several times is told in one letter about the soonest that it goes for all."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    for each in desk.occurrences(out.id)[:2]:
        desk.come(each)
    desk.edit(out.id, event_draft("2026-12-09T09:00", "2026-12-09T10:00", recurrence=WEEKLY), AINO)
    [told] = desk.letters(COMER, LetterKind.CHANGED)
    assert told.subject == desk.occurrences(out.id)[0].id
    assert told.details["all"] == "yes"
    assert told.details["fields"] == "time"


def test_a_shorter_series_and_a_longer_one(desk: Desk) -> None:
    """A time that nobody knows of is gone; one that somebody comes to is cancelled and told, and held if it returns."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    desk.come(desk.occurrences(out.id)[3])
    short = dataclasses.replace(WEEKLY, until=date(2026, 12, 16))
    desk.edit(out.id, event_draft(recurrence=short), AINO)
    assert [each.is_cancelled for each in desk.occurrences(out.id)] == [False, False, True]
    assert len(desk.letters(COMER, LetterKind.CANCELLED)) == 1
    assert desk.letters(COMER, LetterKind.REMINDER) == []
    desk.edit(out.id, event_draft(recurrence=WEEKLY), AINO)
    back = desk.occurrences(out.id)
    assert [each.is_cancelled for each in back] == [False] * 4
    assert back[3].sequence == 2
    assert [told.details["fields"] for told in desk.letters(COMER, LetterKind.CHANGED)] == ["time"]


def test_one_time_is_moved_alone(desk: Desk) -> None:
    """The others stay; the series' place is not for one that has its own; a longer series leaves it alone."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    second = desk.occurrences(out.id)[1]
    desk.come(second)
    to = Move(datetime(2026, 12, 17, 13), datetime(2026, 12, 17, 14), "Rantatie 3")  # noqa: DTZ001 - on the wall
    moved = desk.amending.move(second.id, to, BO)
    assert (moved.starts_at, moved.place, moved.sequence) == (datetime(2026, 12, 17, 11, tzinfo=UTC), "Rantatie 3", 1)
    [told] = desk.letters(COMER, LetterKind.CHANGED)
    assert told.details["fields"] == "time,place"
    assert desk.letters(COMER, LetterKind.REMINDER) == []
    assert desk.get(out.id).revision == out.revision + 1
    desk.edit(out.id, event_draft(recurrence=WEEKLY, place="Satama 9"), BO)
    assert len(desk.letters(COMER, LetterKind.CHANGED)) == 1, "where they go has not changed"
    assert [each.place for each in desk.occurrences(out.id)] == ["", "Rantatie 3", "", ""]
    desk.clock.now = datetime(2026, 12, 17, 6, tzinfo=UTC)
    longer = dataclasses.replace(WEEKLY, until=date(2027, 1, 13))
    desk.edit(out.id, event_draft(recurrence=longer, place="Satama 9"), BO)
    assert (desk.occurrences(out.id)[1], len(desk.occurrences(out.id))) == (moved, 6), "its own day has passed"
    assert len(desk.letters(COMER)) == 1


def test_moving_one_is_checked(desk: Desk) -> None:
    """Not into the past, not onto another, not to no time at all."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    name = desk.occurrences(out.id)[1].id
    for starts, ends, trouble in (
        ("2026-03-11T08:30", "2026-03-11T09:30", {Field.STARTS: Trouble.PAST}),
        ("2026-12-09T09:00", "2026-12-09T10:00", {Field.STARTS: Trouble.OVERLAPPING}),
        ("2026-12-17T09:00", "2026-12-17T08:00", {Field.ENDS: Trouble.BEFORE_START}),
        ("2027-03-28T03:30", "2027-03-28T04:30", {Field.STARTS: Trouble.JUMPED_OVER}),
    ):
        with pytest.raises(BadDraftError) as error:
            desk.amending.move(name, Move(datetime.fromisoformat(starts), datetime.fromisoformat(ends)), AINO)
        assert _troubles(error) == trouble


def test_an_event_held_once_is_moved_itself(desk: Desk) -> None:
    """Its own times follow, so that a later edit of something else does not move it back."""
    out = desk.out(event_draft())
    [occurrence] = desk.occurrences(out.id)
    starts = datetime(2026, 12, 11, 8, 30)  # noqa: DTZ001 - a time on the wall
    desk.amending.move(occurrence.id, Move(starts, starts + timedelta(hours=2), "Valimotie 1, Helsinki"), AINO)
    assert desk.event(out.id).starts == starts
    held = desk.boards.draft(out.id)
    desk.edit(out.id, dataclasses.replace(held, topics=("puhe",)), AINO)
    assert desk.occurrences(out.id)[0].starts_at == datetime(2026, 12, 11, 6, 30, tzinfo=UTC)


def test_one_time_is_cancelled_alone(desk: Desk) -> None:
    """Who comes is told, reminders are dropped; it stays cancelled when the series moves; twice is too late."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    second = desk.occurrences(out.id)[1]
    desk.come(second)
    desk.amending.cancel_one(second.id, AINO)
    assert [told.subject for told in desk.letters(COMER)] == [second.id]
    assert desk.letters(COMER)[0].details == {}
    with pytest.raises(TooLateError):
        desk.amending.cancel_one(second.id, AINO)
    desk.edit(out.id, event_draft("2026-12-09T09:00", "2026-12-09T10:00", recurrence=WEEKLY), AINO)
    assert [each.is_cancelled for each in desk.occurrences(out.id)] == [False, True, False, False]
    assert desk.letters(COMER, LetterKind.CHANGED) == []
    assert desk.get(out.id).state is AnnouncementState.PUBLISHED


def test_all_of_it_is_cancelled(desk: Desk) -> None:
    """One letter about the soonest, which the card tells too; what was held stays; the change that waited is gone."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    for each in desk.occurrences(out.id):
        desk.come(each)
    desk.clock.now = datetime(2026, 12, 10, tzinfo=UTC)
    desk.ask_for_approval()
    change = desk.edit(out.id, event_draft(recurrence=WEEKLY, place="Satama 9"), AINO)
    cancelled = desk.amending.cancel(out.id, BO)
    assert cancelled.state is AnnouncementState.CANCELLED
    found = desk.occurrences(out.id)
    assert [each.is_cancelled for each in found] == [False, True, True, True]
    with desk.store.reading() as work:
        [gathering] = scene_of(work, cancelled, desk.clock()).gatherings
    assert gathering.shown.occurrence.id == found[1].id
    [told] = desk.letters(COMER, LetterKind.CANCELLED)
    assert (told.subject, told.details) == (found[1].id, {"all": "yes"})
    assert desk.event(out.id).sequence == 1
    with pytest.raises(NotFoundError):
        desk.get(change.id)
    with pytest.raises(TooLateError):
        desk.amending.cancel(out.id, BO)


def test_seats_follow_the_capacity(desk: Desk) -> None:
    """Fewer than are taken is refused; more are given to those who wait."""
    out = desk.out(event_draft(seats="2"))
    [occurrence] = desk.occurrences(out.id)
    with desk.store() as work:
        for number in (1, 2, 3):
            waits = Attendance.WAITING if number == 3 else Attendance.GOING
            work.sign_ups.put(sign_up(f"U{number}", to=occurrence.id, number=number, attendance=waits))
        work.commit()
    with pytest.raises(BadDraftError) as error:
        desk.edit(out.id, event_draft(seats="1"), AINO)
    assert _troubles(error) == {Field.CAPACITY: Trouble.BELOW_TAKEN}
    assert desk.letters(LEAVER) == []
    desk.edit(out.id, event_draft(seats="3"), AINO)
    assert [told.kind for told in desk.letters(LEAVER)] == [LetterKind.OFFERED], "the third waited longest"
    assert desk.letters(COMER, LetterKind.CHANGED) == [], "more seats are no news for those who have one"


@pytest.mark.parametrize("is_edit", [False, True])
def test_an_offer_never_outlives_a_start_that_comes_nearer(desk: Desk, *, is_edit: bool) -> None:
    """In six hours, half of them are left to say yes; another hour changes nothing; in three hours it is given."""
    out = desk.out(event_draft(seats="1"))
    [occurrence] = desk.occurrences(out.id)
    ends = NOON + timedelta(hours=24)
    with desk.store() as work:
        for number, says, until in ((1, Attendance.OFFERED, ends), (2, Attendance.WAITING, NEVER)):
            word = sign_up(f"U{number}", to=occurrence.id, number=number, attendance=says, offered_until=until)
            work.sign_ups.put(word)
        work.commit()

    def offered_at(hours: int) -> tuple[Attendance, datetime]:
        starts = wall_clock(NOON + timedelta(hours=hours), "Europe/Helsinki")
        last = starts + timedelta(hours=1)
        if is_edit:
            desk.edit(out.id, event_draft(starts.isoformat(), last.isoformat(), seats="1"), AINO)
        else:
            desk.amending.move(occurrence.id, Move(starts, last), AINO)
        with desk.store.reading() as work:
            first, second = work.sign_ups.of(occurrence.id)
        assert second.attendance is Attendance.WAITING
        return first.attendance, first.offered_until

    assert offered_at(72) == (Attendance.OFFERED, ends)
    assert offered_at(6) == (Attendance.OFFERED, NOON + timedelta(hours=3))
    assert offered_at(7) == (Attendance.OFFERED, NOON + timedelta(hours=3))
    assert offered_at(3) == (Attendance.GOING, NEVER)
    assert [told.kind for told in desk.letters(COMER)].count(LetterKind.PROMOTED) == 1


def test_a_change_of_what_is_out_waits_where_a_channel_asks(desk: Desk) -> None:
    """People see the old one until a second coordinator has approved; then everybody is told."""
    out = desk.out(event_draft())
    [occurrence] = desk.occurrences(out.id)
    desk.come(occurrence)
    desk.ask_for_approval()
    with pytest.raises(BadDraftError):
        desk.edit(out.id, event_draft("2026-03-11T08:30", "2026-03-11T09:30"), BO)
    waiting = desk.edit(out.id, event_draft(place="Satama 9"), BO)
    assert waiting.replaces == out.id
    assert waiting.state is AnnouncementState.WAITING
    assert desk.get(out.id) == out
    assert desk.event(out.id).place == "Valimotie 1, Helsinki"
    assert desk.letters(COMER, LetterKind.CHANGED) == []
    assert desk.boards.look(out.id).has_change
    assert desk.boards.draft(out.id).held[0].place == "Satama 9"
    again = desk.edit(out.id, event_draft(place="Satama 10"), BO)
    assert again.id == waiting.id
    with pytest.raises(TooLateError):
        desk.announcing.approve(again.id, AINO, waiting.revision)
    with pytest.raises(NotAllowedError):
        desk.announcing.approve(again.id, BO, again.revision)
    approved = desk.announcing.approve(again.id, AINO, again.revision)
    assert (approved.id, approved.state, approved.approver) == (out.id, AnnouncementState.PUBLISHED, AINO)
    assert desk.event(out.id).place == "Satama 10"
    assert [told.details["fields"] for told in desk.letters(COMER, LetterKind.CHANGED)] == ["place"]
    assert [told.subject for told in desk.letters(BO, LetterKind.APPROVED)] == [out.id]
    with pytest.raises(NotFoundError):
        desk.get(waiting.id)


def test_a_change_that_waits_is_taken_back_by_the_next_edit(desk: Desk) -> None:
    """What was is what shall be: nothing waits any more. Nor where the channel has stopped asking meanwhile."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    waiting = desk.edit(out.id, event_draft(place="Satama 9"), BO)
    assert desk.edit(out.id, event_draft(), BO) == out
    with pytest.raises(NotFoundError):
        desk.get(waiting.id)
    desk.edit(out.id, event_draft(place="Satama 9"), BO)
    desk.announcing.set_rule(ChannelRule(C1, needs_approval=False, language=Language.FI), AINO)
    assert desk.edit(out.id, event_draft(place="Satama 10"), BO).id == out.id
    with pytest.raises(NotFoundError):
        desk.get(waiting.id)


def test_of_two_who_answer_at_once_one_is_heard(desk: Desk) -> None:
    """It goes out once, and the other is told that it has come further."""
    desk.ask_for_approval()
    waiting = desk.announcing.submit(desk.announcing.save(event_draft(recurrence=WEEKLY), AINO).id, AINO, NOON)

    def answer(person: MemberId) -> bool:
        try:
            desk.announcing.approve(waiting.id, person, waiting.revision)
        except TooLateError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(answer, (BO, CARITA)))
    assert sorted(heard) == [False, True]
    assert len(desk.occurrences(waiting.id)) == 4
    assert len(desk.letters(AINO, LetterKind.APPROVED)) == 1


def test_leaving_the_channel_that_asks_needs_approval_too(desk: Desk) -> None:
    """Else a change could take it out of the channel and go past its coordinators."""
    out = desk.out(draft(channels=(C1, C2)))
    desk.ask_for_approval()
    assert desk.edit(out.id, draft(channels=(C2,)), AINO).replaces == out.id


def test_the_board_lists_what_is_under_way(desk: Desk) -> None:
    """What comes soonest first; what is over or cancelled is not listed."""
    desk.announcing.save(draft(), AINO)
    late = desk.out(event_draft())
    soon = desk.out(event_draft("2026-03-20T08:30", "2026-03-20T09:30"))
    call = desk.out(draft(deadline=date(2026, 4, 1)))
    news = desk.out(draft())
    gone = desk.out(draft())
    desk.amending.cancel(gone.id, AINO)
    planned = desk.announcing.save(draft(), AINO)
    desk.announcing.submit(planned.id, AINO, NOON + timedelta(days=1))
    board = desk.boards.board()
    assert [each.announcement.id for each in board.out] == [soon.id, call.id, late.id, news.id]
    assert [each.announcement.id for each in board.scheduled] == [planned.id]
    assert len(board.drafts) == 1
    desk.clock.advance(days=40)
    assert [each.announcement.id for each in desk.boards.board().out] == [late.id]


def test_the_board_keeps_what_has_begun(desk: Desk) -> None:
    """What runs is current; what was held is listed for a month, the last first, and can still be changed."""
    first, second = (desk.out(event_draft(f"2026-12-{day}T08:30", f"2026-12-{day}T09:30")) for day in ("09", "10"))
    series = desk.out(event_draft("2026-12-09T08:30", "2026-12-09T09:30", recurrence=WEEKLY))
    desk.come(desk.occurrences(first.id)[0])

    def listed() -> tuple[list[str], list[str]]:
        out, past = desk.boards.board().out, desk.boards.board().held
        return [each.announcement.id for each in out], [each.announcement.id for each in past]

    desk.clock.now = datetime(2026, 12, 9, 6, 31, tzinfo=UTC)
    assert listed()[1] == []
    assert set(listed()[0]) == {first.id, series.id, second.id}
    desk.edit(first.id, event_draft(meeting_link="https://example.org/uusi"), AINO)
    assert [each.details["fields"] for each in desk.letters(COMER, LetterKind.CHANGED)] == ["link"]
    desk.clock.now = datetime(2026, 12, 9, 7, 30, tzinfo=UTC)
    assert listed() == ([second.id, series.id], [first.id])
    slides = (Material("Kalvot", "https://example.org/kalvot"),)
    desk.edit(first.id, event_draft(meeting_link="https://example.org/uusi", materials=slides), AINO)
    assert desk.event(first.id).materials == slides
    desk.clock.now = datetime(2026, 12, 10, 8, tzinfo=UTC)
    assert listed() == ([series.id], [second.id, first.id])
    assert desk.boards.board().held[0].next_at == datetime(2026, 12, 10, 6, 30, tzinfo=UTC)
    desk.clock.now = datetime(2027, 1, 8, 7, 29, tzinfo=UTC)
    assert listed() == ([], [series.id, second.id, first.id])
    desk.clock.now = datetime(2027, 1, 8, 7, 30, tzinfo=UTC)
    assert listed() == ([], [series.id, second.id])


def test_what_was_held_is_not_cancelled(desk: Desk) -> None:
    """By a window that was opened before: nobody is told that what they went to was called off."""
    out = desk.out(event_draft())
    desk.come(desk.occurrences(out.id)[0])
    desk.clock.now = datetime(2026, 12, 9, 7, 30, tzinfo=UTC)
    with pytest.raises(TooLateError):
        desk.amending.cancel(out.id, AINO)
    assert desk.get(out.id).state is AnnouncementState.PUBLISHED
    assert desk.letters(COMER, LetterKind.CANCELLED) == []


def test_a_draft_is_seen_as_it_will_be(desk: Desk) -> None:
    """With every date that it will have, although none is kept yet."""
    made = desk.announcing.save(event_draft(recurrence=WEEKLY), AINO)
    [gathering] = desk.boards.look(made.id).scene.gatherings
    assert [each.occurrence.starts_at.day for each in gathering.coming] == [9, 16, 23, 30]
    assert desk.occurrences(made.id) == []


def test_of_two_who_edit_the_second_is_told(desk: Desk) -> None:
    """What the first has changed stands; a form opened anew is taken. Sign-ups meanwhile are in nobody's way."""
    out = desk.out(event_draft())
    [occurrence] = desk.occurrences(out.id)
    desk.come(occurrence)
    form, mark = desk.boards.draft(out.id), began(desk.store, out.id)
    with desk.store() as work:
        work.announcements.touch(out.id)
        work.commit()
    desk.announcing.edit(out.id, event_draft("2026-12-10T08:30", "2026-12-10T09:30"), AINO, mark)
    with pytest.raises(ChangedMeanwhileError):
        desk.announcing.edit(out.id, _texts("Pilkku, korjattu.", form), BO, mark)
    assert desk.occurrences(out.id)[0].starts_at == datetime(2026, 12, 10, 6, 30, tzinfo=UTC)
    assert len(desk.letters(COMER, LetterKind.CHANGED)) == 1
    desk.edit(out.id, _texts("Pilkku, korjattu.", desk.boards.draft(out.id)), BO)
    assert desk.get(out.id).wordings[0].text == "Pilkku, korjattu."
    assert len(desk.letters(COMER, LetterKind.CHANGED)) == 1


def test_of_two_who_edit_a_draft_the_second_is_told(desk: Desk) -> None:
    """Also where each change waits for approval, and where both are saved at the same moment."""
    kept = desk.announcing.save(draft(), AINO)
    mark = began(desk.store, kept.id)
    desk.announcing.edit(kept.id, _texts("Ensimmäinen.", draft()), AINO, mark)
    with pytest.raises(ChangedMeanwhileError):
        desk.announcing.edit(kept.id, _texts("Toinen.", draft()), BO, mark)
    out = desk.out(event_draft())
    desk.ask_for_approval()
    mark = began(desk.store, out.id)

    def edit(person: MemberId) -> str:
        try:
            desk.announcing.edit(out.id, _texts(f"{person}.", event_draft()), person, mark)
        except ChangedMeanwhileError:
            return ""
        return f"{person}."

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(edit, (AINO, BO)))
    assert sorted(map(bool, told)) == [False, True]
    assert desk.boards.draft(out.id).wordings[0].text == "".join(told)


def test_a_move_stands_when_a_change_is_approved_after_it(desk: Desk) -> None:
    """The text that waited is approved anew, as it is now, and brings no old time back."""
    out = desk.out(event_draft())
    desk.come(desk.occurrences(out.id)[0])
    desk.ask_for_approval()
    waiting = desk.edit(out.id, _texts("Parempi teksti.", event_draft()), AINO)
    _one_day_later(desk, out)
    again = desk.get(waiting.id)
    assert (again.state, again.revision) == (AnnouncementState.WAITING, waiting.revision + 1)
    assert desk.letters(CARITA, LetterKind.APPROVAL_ASKED)[0].details == {"revision": str(again.revision)}
    with pytest.raises(TooLateError):
        desk.announcing.approve(waiting.id, CARITA, waiting.revision)
    approved = desk.announcing.approve(waiting.id, CARITA, again.revision)
    assert approved.wordings[0].text == "Parempi teksti."
    assert desk.occurrences(out.id)[0].starts_at == datetime(2026, 12, 10, 6, 30, tzinfo=UTC)
    [told] = desk.letters(COMER, LetterKind.CHANGED)
    assert told.details["old_starts"] == "2026-12-09T06:30:00+00:00"


def test_a_move_stands_when_a_change_comes_out_at_its_time(desk: Desk) -> None:
    """What is approved stays so: it says nothing that is neither approved nor out."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    at = NOON + timedelta(days=1)
    change = _scheduled(desk, out, event_draft(seats="20"), at)
    _one_day_later(desk, out, "Rantatie 3")
    assert desk.get(change.id).state is AnnouncementState.APPROVED
    desk.clock.now = at
    desk.releasing.publish_due()
    event = desk.event(out.id)
    assert (event.capacity, event.place, event.starts.day) == (20, "Rantatie 3", 10)
    assert desk.occurrences(out.id)[0].starts_at == datetime(2026, 12, 10, 6, 30, tzinfo=UTC)


def test_a_change_that_is_at_odds_with_a_move_goes_back_to_its_author(desk: Desk) -> None:
    """It says by then what is so, in its own zone; a change of the place alone is at odds with no new time."""
    desk.ask_for_approval()
    times = event_draft("2026-12-09T12:00", "2026-12-09T13:00", zone="Europe/Stockholm")
    for filled_in, state, hour in (
        (times, AnnouncementState.DRAFT, 7),
        (event_draft(place="Satama 9"), AnnouncementState.WAITING, 8),
    ):
        made = desk.announcing.save(event_draft(), AINO)
        asked = desk.announcing.submit(made.id, AINO, NOON)
        out = desk.announcing.approve(made.id, BO, asked.revision)
        change = desk.edit(out.id, filled_in, CARITA)
        _one_day_later(desk, out)
        planned = desk.event(change.id)
        assert desk.get(change.id).state is state
        assert (planned.starts.day, planned.starts.hour, planned.place) == (10, hour, filled_in.held[0].place)
        told = [each.details for each in desk.letters(CARITA, LetterKind.RETURNED) if each.subject == change.id]
        assert told == ([{"reason": "moved"}] if state is AnnouncementState.DRAFT else [])


def test_nobody_left_to_approve_a_change_stops_no_move(desk: Desk) -> None:
    """It goes back to its author, who is told why; the event is moved all the same."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    change = desk.edit(out.id, _texts("Parempi teksti.", event_draft()), BO)
    _one_day_later(Desk(desk.store, desk.clock, frozenset({BO})), out)
    assert desk.event(out.id).starts.day == 10
    assert desk.get(change.id).state is AnnouncementState.DRAFT
    assert [each.details for each in desk.letters(BO, LetterKind.RETURNED)] == [{"reason": "nobody"}]


def test_a_change_goes_with_the_only_date_that_is_cancelled(desk: Desk) -> None:
    """There is nothing left to be changed."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    change = desk.edit(out.id, event_draft(place="Satama 9"), AINO)
    desk.amending.cancel_one(desk.occurrences(out.id)[0].id, BO)
    with pytest.raises(NotFoundError):
        desk.get(change.id)


def test_a_change_that_has_its_time_is_not_lost_by_the_next_edit(desk: Desk) -> None:
    """The form begins with it; saved as it is it stays approved, and changed it is asked about and keeps its time."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    at = NOON + timedelta(days=1)
    change = _scheduled(desk, out, event_draft(place="Satama 9"), at)
    assert desk.boards.look(out.id).has_change
    form = desk.boards.draft(out.id)
    assert form.held[0].place == "Satama 9"
    assert desk.edit(out.id, form, CARITA) == change
    assert desk.get(change.id) == change
    again = desk.edit(out.id, _texts("Parempi teksti.", form), BO)
    assert (again.id, again.state, again.publish_at) == (change.id, AnnouncementState.WAITING, at)
    with pytest.raises(TooLateError):
        desk.announcing.approve(change.id, CARITA, change.revision)
    assert desk.announcing.approve(again.id, CARITA, again.revision).state is AnnouncementState.APPROVED
    desk.announcing.set_rule(ChannelRule(C1, needs_approval=False, language=Language.FI), AINO)
    last = desk.edit(out.id, _texts("Paras teksti.", form), BO)
    assert (last.id, last.state, last.publish_at) == (change.id, AnnouncementState.APPROVED, at)
    assert desk.event(out.id).place == "Valimotie 1, Helsinki"
    desk.clock.now = at
    desk.releasing.publish_due()
    assert (desk.event(out.id).place, desk.get(out.id).wordings[0].text) == ("Satama 9", "Paras teksti.")


@in_one_database
def test_a_series_that_a_move_gives_back_still_has_its_dates(desk: Desk) -> None:
    """Its last day moves along: held once on 9 December, it was to be weekly until the 16th, and has two dates."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    until = dataclasses.replace(WEEKLY, until=date(2026, 12, 16))
    change = desk.edit(out.id, event_draft(recurrence=until), BO)
    _moved_to(desk, desk.occurrences(out.id)[0], "2027-01-13T08:30")
    [gathering] = desk.boards.look(change.id).scene.gatherings
    assert [each.occurrence.slot.date() for each in gathering.coming] == [date(2027, 1, 13), date(2027, 1, 20)]
    assert [each.details for each in desk.letters(BO, LetterKind.RETURNED)] == [{"reason": "moved"}]


@in_one_database
def test_a_series_without_dates_is_looked_at_all_the_same(desk: Desk) -> None:
    """Its only day has become a holiday: it shows the time that was filled in, and says so when it is submitted."""
    out = desk.out(event_draft())
    desk.ask_for_approval()
    rule = Recurrence(Frequency.WEEKLY, 1, date(2026, 12, 9), skips_holidays=True)
    change = desk.edit(out.id, event_draft(recurrence=rule), BO)
    _moved_to(desk, desk.occurrences(out.id)[0], "2027-01-06T08:30")
    [gathering] = desk.boards.look(change.id).scene.gatherings
    assert gathering.shown.occurrence.slot.date() == date(2027, 1, 6), "Epiphany"
    with pytest.raises(BadDraftError) as error:
        desk.announcing.submit(change.id, BO, desk.clock())
    assert _troubles(error) == {Field.UNTIL: Trouble.NO_DATES}


def test_an_old_window_moves_nothing_back(desk: Desk) -> None:
    """Bo's shows 9 December at Valimotie; Aino has moved the event since. Her own, saved twice, does no harm."""
    out = desk.out(event_draft())
    [shown] = desk.occurrences(out.id)
    desk.come(shown)
    mark = date_mark(desk.event(out.id), shown)
    _moved_to(desk, shown, "2026-12-16T08:30", "Rantatie 3", mark)
    [moved] = desk.occurrences(out.id)
    _moved_to(desk, shown, "2026-12-16T08:30", "Rantatie 3", mark)
    with pytest.raises(ChangedMeanwhileError):
        _moved_to(desk, shown, "2026-12-09T09:00", "Valimotie 1, Helsinki", mark)
    assert desk.occurrences(out.id) == [moved]
    assert (moved.starts_at.day, desk.event(out.id).place) == (16, "Rantatie 3")
    assert len(desk.letters(COMER, LetterKind.CHANGED)) == 1
    _moved_to(desk, shown, "2026-12-09T09:00", "Satama 9", date_mark(desk.event(out.id), moved))
    assert desk.event(out.id).place == "Satama 9"


def _change_of_hours(desk: Desk) -> tuple[Announcement, Announcement]:
    """A series that is out, and Bo's change of its hour, which Carita is asked about."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    desk.ask_for_approval()
    return out, desk.edit(out.id, event_draft("2026-12-09T10:00", "2026-12-09T11:00", recurrence=WEEKLY), BO)


@in_one_database
@pytest.mark.parametrize("is_moved", [True, False])
def test_a_series_times_are_approved_anew_once_a_date_is_moved_alone(desk: Desk, *, is_moved: bool) -> None:
    """Or cancelled: what was asked before lets nobody come at the old time. A place of its own takes nothing back."""
    out, change = _change_of_hours(desk)
    second = desk.occurrences(out.id)[1]
    _moved_to(desk, second, "2026-12-16T08:30", "Rantatie 3")
    assert desk.get(change.id) == change
    form, mark = desk.boards.form(out.id)
    if is_moved:
        _moved_to(desk, second, "2026-12-18T15:00", "Rantatie 3")
    else:
        desk.amending.cancel_one(second.id, CARITA)
    again = desk.get(change.id)
    assert (again.state, again.revision) == (AnnouncementState.WAITING, change.revision + 1)
    with pytest.raises(TooLateError):
        desk.announcing.approve(change.id, CARITA, change.revision)
    with pytest.raises(ChangedMeanwhileError):
        desk.announcing.edit(out.id, _texts("Parempi teksti.", form), AINO, mark)
    assert desk.announcing.approve(change.id, CARITA, again.revision).is_out


@in_one_database
def test_a_series_times_that_were_approved_before_a_date_was_moved_go_back(desk: Desk) -> None:
    """Nobody approved that it is moved back; a change of the text alone stays approved."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    desk.ask_for_approval()
    at = NOON + timedelta(days=1)
    change = _scheduled(desk, out, _texts("Parempi teksti.", event_draft(recurrence=WEEKLY)), at)
    _moved_to(desk, desk.occurrences(out.id)[1], "2026-12-17T15:00")
    assert desk.get(change.id) == change
    later = event_draft("2026-12-09T10:00", "2026-12-09T11:00", recurrence=WEEKLY)
    change = desk.announcing.approve(change.id, BO, desk.edit(out.id, later, AINO).revision)
    assert change.state is AnnouncementState.APPROVED
    _moved_to(desk, desk.occurrences(out.id)[1], "2026-12-18T15:00")
    assert desk.get(change.id).state is AnnouncementState.DRAFT
    assert [each.details for each in desk.letters(AINO, LetterKind.RETURNED)] == [{"reason": "date"}]


@in_one_database
def test_a_change_that_would_close_sign_up_after_the_start_goes_back(desk: Desk) -> None:
    """To its author, who can mend it; where the event itself closes then, the change asks for nothing new."""
    noon = {"closes_on": date(2026, 12, 9), "closes_at": time(12)}
    for own, state in (({}, AnnouncementState.DRAFT), (noon, AnnouncementState.WAITING)):
        out = Desk(desk.store, desk.clock).out(event_draft("2026-12-09T13:00", "2026-12-09T14:00", **own))
        desk.ask_for_approval()
        change = desk.edit(out.id, event_draft("2026-12-09T13:00", "2026-12-09T14:00", seats="9", **noon), BO)
        _moved_to(desk, desk.occurrences(out.id)[0], "2026-12-09T09:00")
        assert desk.get(change.id).state is state
        told = [each.details for each in desk.letters(BO, LetterKind.RETURNED) if each.subject == change.id]
        assert told == ([{"reason": "moved"}] if state is AnnouncementState.DRAFT else [])
        desk.announcing.set_rule(ChannelRule(C1, needs_approval=False, language=Language.FI), AINO)
        if state is AnnouncementState.DRAFT:
            with pytest.raises(BadDraftError) as error:
                desk.announcing.submit(change.id, BO, desk.clock())
            assert _troubles(error) == {Field.CLOSING: Trouble.AFTER_START}


def test_the_same_form_is_saved_twice(desk: Desk) -> None:
    """Slack may say that the first time failed. What is there is returned, as it is; nobody is asked or told again."""
    filled_in = event_draft(seats="20", place=" Satama 9 ", closes_on=date(2026, 12, 9))
    made = desk.announcing.save(event_draft(), AINO)
    mark = began(desk.store, made.id)
    kept = desk.announcing.edit(made.id, filled_in, BO, mark)
    assert desk.announcing.edit(made.id, filled_in, BO, mark) == kept
    out = desk.out(event_draft())
    mark = began(desk.store, out.id)
    changed = desk.announcing.edit(out.id, filled_in, BO, mark)
    assert desk.announcing.edit(out.id, filled_in, BO, mark) == changed
    desk.ask_for_approval()
    mark, filled_in = began(desk.store, out.id), _texts("Parempi teksti.", filled_in)
    waiting = desk.announcing.edit(out.id, filled_in, BO, mark)
    assert desk.announcing.edit(out.id, filled_in, BO, mark) == waiting == desk.get(waiting.id)
    assert len(desk.letters(CARITA, LetterKind.APPROVAL_ASKED)) == 1
    with ThreadPoolExecutor(2) as pool:
        mark, filled_in = began(desk.store, out.id), _texts("Paras teksti.", filled_in)
        both = list(pool.map(lambda _: desk.announcing.edit(out.id, filled_in, BO, mark), range(2)))
    assert both[0] == both[1] == desk.get(waiting.id)
