"""From a draft to what is out, over a real database: approval, time, changes, and who is told what."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.errors import NotFoundError
from knowledge.events.amending import Amending
from knowledge.events.announcing import Announcing
from knowledge.events.boards import Boards
from knowledge.events.changing_one import Move
from knowledge.events.drafts import BadDraftError, Draft, Field, Trouble
from knowledge.events.publishing import Publishing
from knowledge.events.releasing import Releasing
from knowledge.events.schedule import wall_clock
from knowledge.events.states import NobodyToApproveError, TooLateError
from knowledge.members.profiles import NotAllowedError
from knowledge.model import (
    NEVER,
    Announcement,
    AnnouncementState,
    Attendance,
    ChannelRule,
    Event,
    Frequency,
    Language,
    Letter,
    LetterKind,
    MemberId,
    Occurrence,
    OccurrenceId,
    Recurrence,
    Wording,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import letter, sign_up
from tests.drafts import C1, C2, TEXT, draft, event_draft
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
        desk.announcing.edit(kept.id, event_draft(place=""), AINO)
    assert desk.get(kept.id) == kept
    assert [each.announcement.id for each in desk.boards.board().drafts] == [kept.id]


def test_only_staff_announces(desk: Desk) -> None:
    """Whatever is asked, and also of what exists."""
    kept = desk.announcing.save(event_draft(), AINO)
    asked = (
        lambda: desk.announcing.save(draft(), GUEST),
        lambda: desk.announcing.edit(kept.id, draft(), GUEST),
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
    made = desk.announcing.edit(made.id, event_draft(seats="20"), BO)
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
    edited = desk.announcing.edit(made.id, event_draft(place="Toinen paikka 2"), AINO)
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
    changed = desk.announcing.edit(template.id, dataclasses.replace(again, topics=("puhe",)), AINO)
    assert changed.state is AnnouncementState.TEMPLATE


def test_who_comes_is_told_what_changed(desk: Desk) -> None:
    """Place, link, title and time; nobody who said no; reminders of the old time are dropped."""
    out = desk.out(event_draft())
    [occurrence] = desk.occurrences(out.id)
    desk.come(occurrence)
    changed = event_draft("2026-12-10T09:00", "2026-12-10T10:00", place="Rantatie 3")
    after = desk.announcing.edit(out.id, changed, BO)
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
    assert desk.announcing.edit(out.id, event_draft(), BO) == out
    mended = dataclasses.replace(event_draft(), wordings=(Wording(Language.FI, out.title, f"{TEXT} Tervetuloa!"),))
    assert desk.announcing.edit(out.id, mended, BO).revision == out.revision + 1
    assert desk.event(out.id).sequence == 1
    assert desk.letters(COMER, LetterKind.CHANGED) == []
    assert len(desk.letters(COMER, LetterKind.REMINDER)) == 1


def test_a_series_told_once(desk: Desk) -> None:
    """Whoever comes to several times is told in one letter about the soonest that it goes for all."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    for each in desk.occurrences(out.id)[:2]:
        desk.come(each)
    desk.announcing.edit(out.id, event_draft("2026-12-09T09:00", "2026-12-09T10:00", recurrence=WEEKLY), AINO)
    [told] = desk.letters(COMER, LetterKind.CHANGED)
    assert told.subject == desk.occurrences(out.id)[0].id
    assert told.details["all"] == "yes"
    assert told.details["fields"] == "time"


def test_a_shorter_series_and_a_longer_one(desk: Desk) -> None:
    """A time that nobody knows of is gone; one that somebody comes to is cancelled and told, and held if it returns."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    desk.come(desk.occurrences(out.id)[3])
    short = dataclasses.replace(WEEKLY, until=date(2026, 12, 16))
    desk.announcing.edit(out.id, event_draft(recurrence=short), AINO)
    assert [each.is_cancelled for each in desk.occurrences(out.id)] == [False, False, True]
    assert len(desk.letters(COMER, LetterKind.CANCELLED)) == 1
    assert desk.letters(COMER, LetterKind.REMINDER) == []
    desk.announcing.edit(out.id, event_draft(recurrence=WEEKLY), AINO)
    back = desk.occurrences(out.id)
    assert [each.is_cancelled for each in back] == [False] * 4
    assert back[3].sequence == 2
    assert [told.details["fields"] for told in desk.letters(COMER, LetterKind.CHANGED)] == ["time"]


def test_one_time_is_moved_alone(desk: Desk) -> None:
    """The others stay; a later change of the series' place reaches it, one of its own stays."""
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
    desk.announcing.edit(out.id, event_draft(recurrence=WEEKLY, place="Satama 9"), BO)
    assert len(desk.letters(COMER, LetterKind.CHANGED)) == 1, "where they go has not changed"
    assert [each.place for each in desk.occurrences(out.id)] == ["", "Rantatie 3", "", ""]


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
    desk.announcing.edit(out.id, dataclasses.replace(held, topics=("puhe",)), AINO)
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
    desk.announcing.edit(out.id, event_draft("2026-12-09T09:00", "2026-12-09T10:00", recurrence=WEEKLY), AINO)
    assert [each.is_cancelled for each in desk.occurrences(out.id)] == [False, True, False, False]
    assert desk.letters(COMER, LetterKind.CHANGED) == []
    assert desk.get(out.id).state is AnnouncementState.PUBLISHED


def test_all_of_it_is_cancelled(desk: Desk) -> None:
    """One letter about the soonest; what was held stays as it was; the change that waited is gone."""
    out = desk.out(event_draft(recurrence=WEEKLY))
    for each in desk.occurrences(out.id):
        desk.come(each)
    desk.clock.now = datetime(2026, 12, 10, tzinfo=UTC)
    desk.ask_for_approval()
    change = desk.announcing.edit(out.id, event_draft(recurrence=WEEKLY, place="Satama 9"), AINO)
    cancelled = desk.amending.cancel(out.id, BO)
    assert cancelled.state is AnnouncementState.CANCELLED
    found = desk.occurrences(out.id)
    assert [each.is_cancelled for each in found] == [False, True, True, True]
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
        desk.announcing.edit(out.id, event_draft(seats="1"), AINO)
    assert _troubles(error) == {Field.CAPACITY: Trouble.BELOW_TAKEN}
    assert desk.letters(LEAVER) == []
    desk.announcing.edit(out.id, event_draft(seats="3"), AINO)
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
            desk.announcing.edit(out.id, event_draft(starts.isoformat(), last.isoformat(), seats="1"), AINO)
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
        desk.announcing.edit(out.id, event_draft("2026-03-11T08:30", "2026-03-11T09:30"), BO)
    waiting = desk.announcing.edit(out.id, event_draft(place="Satama 9"), BO)
    assert waiting.replaces == out.id
    assert waiting.state is AnnouncementState.WAITING
    assert desk.get(out.id) == out
    assert desk.event(out.id).place == "Valimotie 1, Helsinki"
    assert desk.letters(COMER, LetterKind.CHANGED) == []
    assert desk.boards.look(out.id).has_change
    assert desk.boards.draft(out.id).held[0].place == "Satama 9"
    again = desk.announcing.edit(out.id, event_draft(place="Satama 10"), BO)
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
    waiting = desk.announcing.edit(out.id, event_draft(place="Satama 9"), BO)
    assert desk.announcing.edit(out.id, event_draft(), BO) == out
    with pytest.raises(NotFoundError):
        desk.get(waiting.id)
    desk.announcing.edit(out.id, event_draft(place="Satama 9"), BO)
    desk.announcing.set_rule(ChannelRule(C1, needs_approval=False, language=Language.FI), AINO)
    assert desk.announcing.edit(out.id, event_draft(place="Satama 10"), BO).id == out.id
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
    assert desk.announcing.edit(out.id, draft(channels=(C2,)), AINO).replaces == out.id


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


def test_a_draft_is_seen_as_it_will_be(desk: Desk) -> None:
    """With every date that it will have, although none is kept yet."""
    made = desk.announcing.save(event_draft(recurrence=WEEKLY), AINO)
    [gathering] = desk.boards.look(made.id).scene.gatherings
    assert [each.occurrence.starts_at.day for each in gathering.coming] == [9, 16, 23, 30]
    assert desk.occurrences(made.id) == []
