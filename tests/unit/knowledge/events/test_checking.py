"""What must be right before a draft is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import pytest

from knowledge.events.checking import checked
from knowledge.events.drafts import BadDraftError, Draft, Field, Trouble
from knowledge.events.values import announcement_of, deadline_of, draft_of, event_of, later
from knowledge.model import (
    AT_START,
    AnnouncementId,
    ChannelId,
    Closing,
    Frequency,
    Language,
    Material,
    MemberId,
    Recurrence,
    Wording,
)
from tests.drafts import draft, event_draft, held
from tests.fakes import NOON

WEEKLY = Recurrence(Frequency.WEEKLY, 1, date(2027, 1, 31))


def troubles(filled_in: Draft, *known: Draft) -> Mapping[str, Trouble]:
    """What is wrong, at noon of 12 March 2026."""
    try:
        checked(filled_in, NOON, known)
    except BadDraftError as error:
        return error.troubles
    return {}


def test_a_whole_draft_is_kept_with_its_white_space_in_order() -> None:
    """Lines stay lines, one empty line stays; topics are told once, whatever their case."""
    wording = Wording(Language.FI, "  Tekoäly\naamu ", " Kahvia. \r\n\r\n\r\n\r\nJa tekoälyä.\x00 ")
    tidy = checked(draft(wordings=(wording,), topics=("Puhe", " puhe ", "")), NOON)
    assert tidy.wordings == (Wording(Language.FI, "Tekoäly aamu", "Kahvia.\n\nJa tekoälyä."),)
    assert tidy.topics == ("Puhe",)


def test_every_text_is_needed_and_has_its_length() -> None:
    """A second language has a title and a text as the first has."""
    wordings = (Wording(Language.FI, "Otsikko", "x" * 2001), Wording(Language.SV, "Rubrik", " "))
    assert troubles(draft(wordings=wordings)) == {"text_fi": Trouble.TOO_LONG, "text_sv": Trouble.MISSING}
    assert troubles(draft(channels=())) == {Field.CHANNELS: Trouble.MISSING}
    channels = tuple(ChannelId(f"C{number}") for number in range(11))
    assert troubles(draft(channels=channels)) == {Field.CHANNELS: Trouble.TOO_MANY}


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ({"place": "Tapaaminen 131052-308T"}, Field.PLACE),
        ({"organiser": "131052-308T"}, Field.ORGANISER),
        ({"question": "131052-308T?"}, Field.QUESTION),
        ({"materials": (Material("131052-308T", "https://example.org"),)}, Field.MATERIALS),
        ({"meeting_link": "https://example.org/131052-308T"}, Field.LINK),
    ],
)
def test_a_personal_identity_code_is_refused_wherever_it_stands(where: dict[str, object], part: Field) -> None:
    """Nothing that holds one is kept."""
    assert troubles(event_draft(**where)) == {part: Trouble.IDENTITY_CODE}  # type: ignore[arg-type]


def test_a_personal_identity_code_is_refused_in_texts() -> None:
    """In titles and texts of every language."""
    wording = Wording(Language.SV, "131052-308T", "Om 131052-308T.")
    found = troubles(draft(wordings=(wording,)))
    assert found == {"title_sv": Trouble.IDENTITY_CODE, "text_sv": Trouble.IDENTITY_CODE}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"place": ""}, {Field.PLACE: Trouble.NO_PLACE}),
        ({"place": "", "meeting_link": "https://example.org/huone"}, {}),
        ({"meeting_link": "javascript:alert(1)"}, {Field.LINK: Trouble.NO_LINK}),
        ({"meeting_link": "https://tutta@example.org"}, {Field.LINK: Trouble.NO_LINK}),
        ({"seats": "paljon"}, {Field.CAPACITY: Trouble.NO_NUMBER}),
        ({"seats": "0"}, {Field.CAPACITY: Trouble.NO_NUMBER}),
        ({"seats": "³"}, {Field.CAPACITY: Trouble.NO_NUMBER}),
        ({"seats": "50"}, {}),
        ({"zone": "Europe/Lumiharju"}, {Field.ZONE: Trouble.UNKNOWN_ZONE}),
        ({"materials": (Material("Kalvot", "kalvot.pdf"),)}, {Field.MATERIALS: Trouble.NO_LINK}),
        ({"closes_on": date(2026, 12, 10)}, {Field.CLOSING: Trouble.AFTER_START}),
        ({"closes_on": date(2026, 12, 9), "closes_at": time(9)}, {Field.CLOSING: Trouble.AFTER_START}),
        ({"closes_on": date(2026, 12, 9), "closes_at": time(8)}, {}),
        ({"closes_on": date(2026, 3, 11)}, {Field.CLOSING: Trouble.PAST}),
        ({"closes_on": date(2026, 3, 12)}, {}),
        ({"recurrence": Recurrence(Frequency.WEEKLY)}, {Field.UNTIL: Trouble.MISSING}),
        ({"recurrence": Recurrence(Frequency.WEEKLY, 1, date(2026, 12, 8))}, {Field.UNTIL: Trouble.BEFORE_START}),
        ({"recurrence": Recurrence(Frequency.WEEKLY, 1, date(2029, 1, 1))}, {Field.UNTIL: Trouble.TOO_FAR}),
        ({"recurrence": WEEKLY}, {}),
    ],
)
def test_each_part_of_an_event_is_checked(changes: dict[str, object], expected: Mapping[str, Trouble]) -> None:
    """Told at the part that is wrong, and nothing else."""
    assert troubles(event_draft(**changes)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2026-12-09T08:30", "2026-12-09T08:30", {Field.ENDS: Trouble.BEFORE_START}),
        ("2026-12-09T22:00", "2026-12-10T01:00", {}),
        ("2026-12-09T08:30", "2026-12-29T08:30", {Field.ENDS: Trouble.TOO_FAR}),
        ("2026-03-12T13:59", "2026-03-12T15:00", {Field.STARTS: Trouble.PAST}),
        ("2026-03-12T14:01", "2026-03-12T15:00", {}),
        ("2036-12-09T08:30", "2036-12-09T09:30", {Field.STARTS: Trouble.TOO_FAR}),
        ("2027-03-28T03:30", "2027-03-28T05:00", {Field.STARTS: Trouble.JUMPED_OVER}),
        ("2027-03-28T02:30", "2027-03-28T03:30", {Field.ENDS: Trouble.JUMPED_OVER}),
        ("2026-10-25T03:30", "2026-10-25T04:30", {}),
        ("2028-02-29T08:30", "2028-02-29T09:30", {}),
    ],
)
def test_times_must_be_possible(starts: str, ends: str, expected: Mapping[str, Trouble]) -> None:
    """Noon in UTC is 14 in Helsinki in winter; on 28 March 2027 the clock goes from 3 to 4 there."""
    assert troubles(event_draft(starts, ends)) == expected


def test_a_time_zone_is_one_that_can_be_told() -> None:
    """Its case does not matter; a computer's own names are none, as nobody knows whose time they are."""
    assert checked(event_draft(zone=" europe/MADRID "), NOON).held[0].zone == "Europe/Madrid"
    for name in ("localtime", "Factory", "", "Madrid"):
        assert troubles(event_draft(zone=name)) == {Field.ZONE: Trouble.UNKNOWN_ZONE}


def test_a_series_may_not_meet_itself() -> None:
    """Eight days every week overlap; on holidays alone there is nothing left."""
    assert troubles(event_draft(ends="2026-12-17T09:30", recurrence=WEEKLY)) == {Field.RECURRENCE: Trouble.OVERLAPPING}
    only_holiday = Recurrence(Frequency.WEEKLY, 1, date(2027, 1, 6), skips_holidays=True)
    found = troubles(event_draft("2027-01-06T08:30", "2027-01-06T09:30", recurrence=only_holiday))
    assert found == {Field.UNTIL: Trouble.NO_DATES}


def test_times_that_people_know_may_be_past() -> None:
    """Materials can be added after an event; another past time cannot be given, but for the first of a series."""
    before = event_draft("2026-03-04T08:30", "2026-03-04T09:30")
    with_material = event_draft(
        "2026-03-04T08:30", "2026-03-04T09:30", materials=(Material("", "https://example.org"),)
    )
    assert troubles(with_material, before) == {}
    moved = event_draft("2026-03-05T08:30", "2026-03-05T09:30")
    assert troubles(moved, before) == {Field.STARTS: Trouble.PAST}
    rule = Recurrence(Frequency.WEEKLY, 1, date(2026, 5, 1))
    series = event_draft("2026-03-04T08:30", "2026-03-04T09:30", recurrence=rule)
    later_in_the_day = event_draft("2026-03-04T10:30", "2026-03-04T11:30", recurrence=rule)
    assert troubles(later_in_the_day, series) == {}
    assert troubles(later_in_the_day) == {Field.STARTS: Trouble.PAST}


def test_sign_up_never_closes_after_the_start() -> None:
    """Also where the times are those that people know; a deadline that they know holds nothing else up."""
    before = event_draft()
    too_late = event_draft(closes_on=date(2026, 12, 10))
    assert troubles(too_late, before) == {Field.CLOSING: Trouble.AFTER_START}
    at_nine = event_draft(closes_on=date(2026, 12, 9), closes_at=time(9))
    assert troubles(at_nine, before) == {Field.CLOSING: Trouble.AFTER_START}
    assert troubles(event_draft(closes_on=date(2026, 3, 11)), before) == {}, "closed from now on"
    assert troubles(event_draft(closes_on=date(2026, 12, 10), place="Satama 9"), too_late) == {}


def test_a_deadline_is_the_end_of_its_day_in_finland() -> None:
    """Unless a time is given; one that has passed is refused unless people know it."""
    call = draft(deadline=date(2026, 3, 12))
    assert deadline_of(call) == datetime(2026, 3, 12, 22, tzinfo=UTC)
    assert deadline_of(draft(deadline=date(2026, 7, 1), deadline_at=time(16))) == datetime(2026, 7, 1, 13, tzinfo=UTC)
    assert troubles(call) == {}
    over = draft(deadline=date(2026, 3, 12), deadline_at=time(13))
    assert troubles(over) == {Field.DEADLINE: Trouble.PAST}
    assert troubles(over, over) == {}


def test_what_was_filled_in_is_found_again() -> None:
    """From values to the draft and back nothing is lost."""
    full = event_draft(
        seats="50",
        closes_on=date(2026, 12, 7),
        closes_at=time(16),
        question="Mitä haluat kuulla?",
        recurrence=WEEKLY,
        reminders=(60,),
        materials=(Material("Kalvot", "https://example.org"),),
    )
    for each in (
        full,
        event_draft(),
        draft(deadline=date(2026, 5, 1)),
        draft(deadline=date(2026, 5, 1), deadline_at=time(9)),
    ):
        name = AnnouncementId("a1")
        events = tuple(event_of(one, name) for one in each.held)
        assert draft_of(announcement_of(each, name, MemberId("T1:U1"), NOON), events) == each


def test_sign_up_closes_with_the_start_where_only_its_day_is_given() -> None:
    """The end of that day would be after the event."""
    assert event_of(held(closes_on=date(2026, 12, 9)), AnnouncementId("a1")).closing == Closing(AT_START)
    assert event_of(held(closes_on=date(2026, 12, 7)), AnnouncementId("a1")).closing == Closing(2)


def test_once_more_is_on_the_same_weekday_later() -> None:
    """At least a week away: from Wednesday 4 March, on Thursday 12 March, to Wednesday 25 March."""
    rule = Recurrence(Frequency.WEEKLY, 2, date(2026, 3, 18))
    past = held("2026-03-04T08:30", "2026-03-04T09:30", closes_on=date(2026, 3, 2), recurrence=rule)
    again = later(past, NOON)
    assert again.starts == datetime.fromisoformat("2026-03-25T08:30")
    assert again.ends == datetime.fromisoformat("2026-03-25T09:30")
    assert again.closes_on == date(2026, 3, 23)
    assert again.recurrence.until == date(2026, 4, 8)
    far = held()
    assert later(far, NOON) == dataclasses.replace(far)
