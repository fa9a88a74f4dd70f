"""Seven days in Finland, and how the questions of those days are counted."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.insights.periods import Period, up_to_now, up_to_yesterday
from knowledge.insights.tallies import Tally, as_last_put, count, within
from knowledge.model import AnswerStatus, AskedQuestion, MemberId, QuestionId
from tests.builders import question
from tests.fakes import NOON


def _asked(name: str, status: AnswerStatus = AnswerStatus.ANSWERED, **changes: object) -> AskedQuestion:
    return dataclasses.replace(question(name), status=status, **changes)  # type: ignore[arg-type]


def test_a_period_is_seven_finnish_days() -> None:
    """From midnight to midnight in Finland, also over the end of summer time, when they last an hour longer."""
    period = Period(date(2026, 10, 25))
    assert period.first == date(2026, 10, 19)
    assert period.start.astimezone(UTC) == datetime(2026, 10, 18, 21, 0, tzinfo=UTC)
    assert period.end.astimezone(UTC) == datetime(2026, 10, 25, 22, 0, tzinfo=UTC)
    assert period.before == Period(date(2026, 10, 18))


def test_a_day_begins_at_midnight_in_finland() -> None:
    """Half past ten in the evening by UTC is tomorrow there."""
    late = datetime(2026, 3, 12, 22, 30, tzinfo=UTC)
    assert up_to_now(late).last == date(2026, 3, 13)
    assert up_to_yesterday(late).last == date(2026, 3, 12)


def test_periods_leave_nothing_out() -> None:
    """Each begins when the one before ends; the last one is the period itself."""
    periods = Period(date(2026, 3, 31)).with_earlier(8)
    assert len(periods) == 8
    assert periods[-1] == Period(date(2026, 3, 31))
    assert all(one.end == other.start for one, other in pairwise(periods))


def test_questions_are_counted_by_their_end_and_people_once() -> None:
    """Somebody unknown is nobody: of two of them it cannot be told whether they are two."""
    asked = [
        _asked("1"),
        _asked("2", AnswerStatus.NOT_FOUND),
        _asked("3", AnswerStatus.REFUSED, asker=MemberId("T1:U2")),
        _asked("4", asker=MemberId("")),
    ]
    assert count(asked) == Tally(answered=2, not_found=1, refused=1, people=2)
    assert count(asked).asked == 4
    assert count([]) == Tally()


@given(st.lists(st.sampled_from(AnswerStatus)))
def test_every_question_has_one_end(ends: list[AnswerStatus]) -> None:
    """Whatever they are, the three numbers make up all of them."""
    assert count(_asked(str(place), end) for place, end in enumerate(ends)).asked == len(ends)


def test_a_changed_question_is_one_question() -> None:
    """It counts as it was put last, in the week in which it was asked; one with a similar id is another."""
    first = _asked("message:T1:C1:1.1")
    other = _asked("message:T1:C1:1.10")
    change = _asked(
        "message:T1:C1:1.1:edited:2.2", AnswerStatus.NOT_FOUND, text="Uusi?", asked_at=NOON + timedelta(days=9)
    )
    assert as_last_put([first, other, change]) == [dataclasses.replace(change, asked_at=NOON), other]


def test_a_week_holds_its_first_moment_and_not_the_next_weeks() -> None:
    """A question at midnight is counted once."""
    period = Period(date(2026, 3, 12))
    edges = [_asked("a", asked_at=period.start), _asked("b", asked_at=period.end)]
    assert [each.id for each in within(edges, period)] == [QuestionId("a")]
    assert [each.id for each in within(edges, period.before)] == []
