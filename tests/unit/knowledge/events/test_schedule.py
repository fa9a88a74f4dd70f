"""When events are held: rules, holidays, clock changes, and what a changed rule does to a series."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as some

from knowledge.events.schedule import (
    MOST_OCCURRENCES,
    bare_slots,
    closes_at,
    instant,
    is_jumped_over,
    occurrences_of,
    overlaps,
    rearranged,
    slots,
    wall_clock,
)
from knowledge.model import ONCE, Closing, Event, Frequency, Occurrence, Recurrence
from tests.builders import event, occurrence
from tests.fakes import NOON

HELSINKI = "Europe/Helsinki"


def at(text: str) -> datetime:
    """A wall-clock time."""
    return datetime.fromisoformat(text)


def series(starts: str, until: date, interval: int = 1, *, skips: bool = False) -> Event:
    """An hour every `interval` weeks."""
    rule = Recurrence(Frequency.WEEKLY, interval, until, skips_holidays=skips)
    return event(starts=at(starts), ends=at(starts) + timedelta(hours=1), recurrence=rule)


def test_once_is_once() -> None:
    """Also on a leap day, and on a holiday that somebody chose."""
    assert slots(at("2028-02-29T10:00"), ONCE) == [at("2028-02-29T10:00")]
    assert slots(at("2026-12-06T10:00"), ONCE) == [at("2026-12-06T10:00")]


def test_every_other_wednesday_but_no_holidays() -> None:
    """From 25 November every second week, Twelfth Night (Wednesday 6 January 2027) left out."""
    rule = Recurrence(Frequency.WEEKLY, 2, date(2027, 1, 31), skips_holidays=True)
    starts = at("2026-11-25T08:30")
    assert [slot.date().isoformat() for slot in slots(starts, rule)] == [
        "2026-11-25",
        "2026-12-09",
        "2026-12-23",
        "2027-01-20",
    ]
    assert set(bare_slots(starts, rule, at("2027-01-31T00:00"))) - set(slots(starts, rule)) == {at("2027-01-06T08:30")}


def test_monthly_is_on_the_same_weekday_of_the_month() -> None:
    """The second Tuesday stays the second; the fifth is the last, so that no month is left out."""
    second = slots(at("2026-12-08T09:00"), Recurrence(Frequency.MONTHLY, 1, date(2027, 2, 28)))
    assert [slot.date().isoformat() for slot in second] == ["2026-12-08", "2027-01-12", "2027-02-09"]
    last = slots(at("2026-12-29T09:00"), Recurrence(Frequency.MONTHLY, 1, date(2027, 2, 28)))
    assert [slot.date().isoformat() for slot in last] == ["2026-12-29", "2027-01-26", "2027-02-23"]


def test_a_series_ends() -> None:
    """Without a last day it ends all the same."""
    assert len(slots(at("2026-11-25T08:30"), Recurrence(Frequency.WEEKLY))) == MOST_OCCURRENCES


def test_the_clock_on_the_wall_stays_when_clocks_change() -> None:
    """8:30 in Helsinki is 5:30 UTC before 25 October 2026 and 6:30 after; in spring the other way."""
    autumn = occurrences_of(series("2026-10-21T08:30", date(2026, 10, 28)), NOON)
    assert [each.starts_at.strftime("%d %H:%M") for each in autumn] == ["21 05:30", "28 06:30"]
    spring = occurrences_of(series("2027-03-24T08:30", date(2027, 3, 31)), NOON)
    assert [each.starts_at.strftime("%d %H:%M") for each in spring] == ["24 06:30", "31 05:30"]


def test_an_hour_that_spring_takes_is_known() -> None:
    """On 28 March 2027 no clock in Helsinki shows 3:30; on 31 October two moments are 3:30, the first is meant."""
    assert is_jumped_over(at("2027-03-28T03:30"), HELSINKI)
    assert not is_jumped_over(at("2027-03-28T04:30"), HELSINKI)
    assert instant(at("2027-03-28T03:30"), HELSINKI) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert not is_jumped_over(at("2027-10-31T03:30"), HELSINKI)
    assert instant(at("2027-10-31T03:30"), HELSINKI) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_sign_up_closes_at_the_end_of_its_day() -> None:
    """Unless a time is given; and never after the start."""
    held = occurrence()
    two_before = event(closing=Closing(2))
    assert wall_clock(closes_at(two_before, held), HELSINKI) == at("2026-12-08T00:00")
    at_noon = event(closing=Closing(2, time(12)))
    assert wall_clock(closes_at(at_noon, held), HELSINKI) == at("2026-12-07T12:00")
    late = event(closing=Closing(0, time(12)))
    assert closes_at(late, held) == closes_at(event(), held) == held.starts_at


def test_a_later_hour_moves_what_comes_and_keeps_who_comes() -> None:
    """Every coming occurrence keeps its id; what has begun stays as it was."""
    before = series("2026-11-25T08:30", date(2026, 12, 16))
    existing = occurrences_of(before, NOON)
    after = dataclasses.replace(before, starts=at("2026-11-25T09:00"), ends=at("2026-11-25T10:00"))
    now = existing[0].starts_at + timedelta(minutes=5)
    result = rearranged(before, after, existing, now)
    assert [each.id for each in result.kept] == [each.id for each in existing]
    assert result.kept[0] == existing[0]
    assert [each.id for each in result.moved] == [each.id for each in existing[1:]]
    assert {each.starts_at.strftime("%H:%M") for each in result.moved} == {"07:00"}
    assert {each.sequence for each in result.moved} == {1}
    assert (result.new, result.gone) == ((), ())


def test_another_weekday_keeps_the_week() -> None:
    """Wednesdays that become Thursdays keep their sign-ups; a week more is new; a week less is gone."""
    before = series("2026-11-25T08:30", date(2026, 12, 9))
    existing = occurrences_of(before, NOON)
    thursdays = series("2026-11-26T08:30", date(2026, 12, 17))
    longer = rearranged(before, thursdays, existing, NOON)
    assert [each.id for each in longer.kept] == [each.id for each in existing]
    assert [each.slot.date().isoformat() for each in longer.new] == ["2026-12-17"]
    shorter = rearranged(before, series("2026-11-25T08:30", date(2026, 12, 2)), existing, NOON)
    assert [each.id for each in shorter.gone] == [existing[2].id]


def test_one_that_was_moved_alone_stays_where_it_is() -> None:
    """Unless the rule moves its slot."""
    before = series("2026-11-25T08:30", date(2026, 12, 9))
    existing = occurrences_of(before, NOON)
    alone = dataclasses.replace(existing[1], starts_at=existing[1].starts_at + timedelta(hours=5), sequence=1)
    longer = dataclasses.replace(before, recurrence=dataclasses.replace(before.recurrence, until=date(2026, 12, 16)))
    result = rearranged(before, longer, [existing[0], alone, existing[2]], NOON)
    assert alone in result.kept
    assert (len(result.new), result.moved) == (1, ())


def to(one: Occurrence, starts: str, hours: int = 1) -> Occurrence:
    """It, moved alone, by a clock in Helsinki."""
    moment = instant(at(starts), HELSINKI)
    return dataclasses.replace(one, starts_at=moment, ends_at=moment + timedelta(hours=hours), sequence=1)


def test_one_that_was_moved_out_of_a_slot_that_has_passed_is_still_held() -> None:
    """Wednesday's date is on Friday; on Thursday the series becomes longer, later in the day, or begins next week."""
    before = series("2026-12-09T08:30", date(2026, 12, 16))
    wednesday, next_week = occurrences_of(before, NOON)
    friday = to(wednesday, "2026-12-11T08:30")
    now = datetime(2026, 12, 10, 10, tzinfo=UTC)
    for after, is_new in (
        (series("2026-12-09T08:30", date(2026, 12, 23)), True),
        (series("2026-12-09T09:00", date(2026, 12, 23)), True),
        (series("2026-12-16T08:30", date(2026, 12, 16)), False),
    ):
        result = rearranged(before, after, [friday, next_week], now)
        assert result.kept[0] == friday
        assert [each.id for each in result.kept] == [friday.id, next_week.id]
        assert [each.slot.date() for each in result.new] == [date(2026, 12, 23)] * is_new
        assert result.gone == ()


def test_the_last_of_a_series_does_not_become_the_one_that_is_added() -> None:
    """The last is moved alone, and a week more is added: those are two, whatever hour the series has now."""
    before = series("2026-12-09T08:30", date(2026, 12, 9))
    friday = to(occurrences_of(before, NOON)[0], "2026-12-11T08:30")
    now = datetime(2026, 12, 10, 10, tzinfo=UTC)
    for hour in ("08:30", "09:00"):
        result = rearranged(before, series(f"2026-12-09T{hour}", date(2026, 12, 16)), [friday], now)
        assert (result.kept, result.moved, result.gone) == ((friday,), (), ())
        assert [each.slot for each in result.new] == [at(f"2026-12-16T{hour}")]


def test_another_length_is_not_for_what_was_moved_alone() -> None:
    """Nor for what was made longer alone; of what is moved by the new rule itself it is."""
    before = series("2026-12-09T08:30", date(2026, 12, 23))
    first, second, third = occurrences_of(before, NOON)
    long, elsewhere = to(second, "2026-12-16T08:30", hours=3), to(third, "2026-12-24T12:00")
    after = dataclasses.replace(before, ends=at("2026-12-09T10:00"))
    result = rearranged(before, after, [first, long, elsewhere], NOON)
    assert [each.id for each in result.moved] == [first.id]
    assert result.kept[1:] == (long, elsewhere)
    later = dataclasses.replace(after, starts=at("2026-12-09T09:00"))
    result = rearranged(before, later, [first, long, elsewhere], NOON)
    assert [wall_clock(each.starts_at, HELSINKI) for each in result.kept] == [each.slot for each in result.kept]
    assert {each.ends_at - each.starts_at for each in result.kept} == {timedelta(hours=1)}


def test_what_had_fallen_out_comes_back_as_long_as_the_series_is_now() -> None:
    """It is cancelled, and from when the series was shorter; where it was moved to alone it stays."""
    before = dataclasses.replace(series("2026-12-09T08:30", date(2026, 12, 9)), ends=at("2026-12-09T10:30"))
    first, second, third = occurrences_of(series("2026-12-09T08:30", date(2026, 12, 23)), NOON)
    first = dataclasses.replace(first, ends_at=first.ends_at + timedelta(hours=1))
    fallen = dataclasses.replace(second, is_cancelled=True)
    moved = dataclasses.replace(to(third, "2026-12-24T12:00"), is_cancelled=True)
    after = dataclasses.replace(before, recurrence=series("2026-12-09T08:30", date(2026, 12, 23)).recurrence)
    result = rearranged(before, after, [first, fallen, moved], NOON)
    assert result.kept[0] == first
    assert result.kept[1].ends_at - result.kept[1].starts_at == timedelta(hours=2)
    assert result.kept[2] == moved


def test_a_cancelled_one_does_not_take_the_only_slot_of_another_week() -> None:
    """Else the week that is added would be cancelled from the start."""
    before = series("2026-12-09T08:30", date(2026, 12, 9))
    off = dataclasses.replace(occurrences_of(before, NOON)[0], is_cancelled=True)
    result = rearranged(before, series("2026-12-16T08:30", date(2026, 12, 16)), [off], NOON)
    assert (result.kept, result.gone) == ((), (off,))
    assert [each.slot for each in result.new] == [at("2026-12-16T08:30")]


def test_a_single_event_may_move_anywhere() -> None:
    """To another month it is the same event, with the same people."""
    before = event()
    after = event(starts=at("2027-02-01T10:00"), ends=at("2027-02-01T11:00"))
    existing = occurrences_of(before, NOON)
    result = rearranged(before, after, existing, NOON)
    assert [each.id for each in result.moved] == [existing[0].id]
    assert (result.new, result.gone) == ((), ())


TIMES = some.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31))  # noqa: DTZ001 - times on the wall
RULES = some.builds(
    Recurrence,
    some.sampled_from(Frequency),
    some.integers(1, 4),
    some.dates(date(2026, 6, 1), date(2029, 12, 31)),
    some.booleans(),
)


@given(TIMES, RULES, TIMES, RULES, some.sampled_from([HELSINKI, "Europe/Lisbon", "America/New_York"]))
def test_a_changed_rule_ends_where_a_fresh_one_would(
    starts: datetime, rule: Recurrence, later: datetime, other: Recurrence, zone: str
) -> None:
    """Whatever changes into whatever: what comes is exactly what the new rule says, nobody twice, nobody lost."""
    before = event(starts=starts, ends=starts + timedelta(hours=1), recurrence=rule, zone=zone)
    after = event(starts=later, ends=later + timedelta(hours=2), recurrence=other, zone=zone)
    existing = occurrences_of(before, NOON)
    result = rearranged(before, after, existing, NOON)
    begun = {each.slot.date() for each in existing if each.starts_at <= NOON}
    coming = sorted(each.slot for each in (*result.kept, *result.new) if each.starts_at > NOON)
    fresh = [slot for slot in slots(later, other) if instant(slot, zone) > NOON and slot.date() not in begun]
    assert coming == fresh
    ids = [each.id for each in (*result.kept, *result.new, *result.gone)]
    assert len(set(ids)) == len(ids)
    assert {each.id for each in existing} <= set(ids)
    for each in (*result.kept, *result.new):
        if each.starts_at > NOON and each not in existing:
            assert each.starts_at == instant(each.slot, zone)


@given(
    some.lists(some.sampled_from([None, None, -3000, -90, 30, 300, 2880, 9000]), min_size=6, max_size=6),
    some.integers(0, 45 * 24),
    some.sampled_from([-2880, -1440, -60, 0, 0, 0, 30, 1440]),
    some.sampled_from([30, 60, 60, 120]),
    RULES,
)
def test_what_was_moved_alone_stays_unless_its_slot_changes(
    moves: list[int | None], hours: int, shift: int, minutes: int, rule: Recurrence
) -> None:
    """Six Wednesdays, some moved alone by minutes; at any hour then the series gets a new time, length or rule."""
    before = series("2026-12-09T08:30", date(2027, 1, 13))
    now = instant(before.starts, HELSINKI) - timedelta(days=2) + timedelta(hours=hours)
    after = dataclasses.replace(before, starts=before.starts + timedelta(minutes=shift), recurrence=rule)
    after = dataclasses.replace(after, ends=after.starts + timedelta(minutes=minutes))
    existing = [
        one if by is None else to(one, f"{one.slot + timedelta(minutes=by)}")
        for one, by in zip(occurrences_of(before, NOON), moves, strict=True)
    ]
    result = rearranged(before, after, existing, now)
    kept, offered = {each.id: each for each in result.kept}, slots(after.starts, after.recurrence)
    for one, by in zip(existing, moves, strict=True):
        has_passed = instant(one.slot, HELSINKI) <= now
        if by is not None and (one.slot in offered or has_passed):
            stays = kept[one.id]
            assert stays == one or (stays.slot != one.slot and one.slot not in offered)
        if one.starts_at <= now:
            assert kept[one.id] == one
    all_slots = [each.slot for each in (*result.kept, *result.new)]
    assert len(set(all_slots)) == len(all_slots)
    begun = {each.slot.date() for each in existing if each.starts_at <= now}
    fresh = {slot for slot in offered if instant(slot, HELSINKI) > now and slot.date() not in begun}
    assert fresh <= set(all_slots)


def test_overlaps_are_seen() -> None:
    """One that begins before another ended; one right after another is none."""
    first = occurrence()
    after = occurrence("o2", starts_at=first.ends_at, ends_at=first.ends_at + timedelta(hours=1))
    assert not overlaps([after, first])
    assert overlaps([first, dataclasses.replace(after, starts_at=first.ends_at - timedelta(minutes=1))])
