"""Stretches of time as a question names them: `joulukuussa`, `nästa vecka`, `tomorrow`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from knowledge.events.schedule import HOME_ZONE, instant, wall_clock

ALWAYS_FROM, ALWAYS_UNTIL = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """From `starts` to before `ends`; `words` are those that name it, empty where the question names none."""

    words: str = ""
    starts: datetime = ALWAYS_FROM
    ends: datetime = ALWAYS_UNTIL

    @property
    def is_named(self) -> bool:
        """Whether the question says when."""
        return bool(self.words)

    def holds(self, moment: datetime) -> bool:
        """Whether it is then."""
        return self.starts <= moment < self.ends


ALWAYS = Span()
_Days = tuple[date, date]
"""The first day, and the first one that is no longer of it."""
_MONTHS = (
    "tammikuu januari january",
    "helmikuu februari february",
    "maaliskuu mars march",
    "huhtikuu april april",
    "toukokuu maj may",
    "kesäkuu juni june",
    "heinäkuu juli july",
    "elokuu augusti august",
    "syyskuu september september",
    "lokakuu oktober october",
    "marraskuu november november",
    "joulukuu december december",
)
_YEAR = r"(?:\s+(?P<year>20\d\d))?"


def _today(day: date) -> _Days:
    return day, day + timedelta(days=1)


def _tomorrow(day: date) -> _Days:
    return _today(day + timedelta(days=1))


def _this_week(day: date) -> _Days:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def _next_week(day: date) -> _Days:
    return _this_week(day + timedelta(days=7))


def _this_month(day: date) -> _Days:
    first = day.replace(day=1)
    return first, first + relativedelta(months=1)


def _next_month(day: date) -> _Days:
    return _this_month(day.replace(day=1) + relativedelta(months=1))


def _this_year(day: date) -> _Days:
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def _next_year(day: date) -> _Days:
    return date(day.year + 1, 1, 1), date(day.year + 2, 1, 1)


def _spring(day: date) -> _Days:
    return _season(day, 1, 6)


def _autumn(day: date) -> _Days:
    return _season(day, 8, 13)


def _season(day: date, first: int, after: int) -> _Days:
    """This year's where it is not over, else next year's; months counted from January."""
    year = day.year if day < _month(day.year, after) else day.year + 1
    return _month(year, first), _month(year, after)


def _month(year: int, number: int) -> date:
    return date(year, 1, 1) + relativedelta(months=number - 1)


_NAMED: Mapping[str, Callable[[date], _Days]] = {
    r"tänään|i dag|idag|today|tonight": _today,
    r"huomenna|i ?morgon|imorgon|tomorrow": _tomorrow,
    r"tällä viikolla|(?:den )?(?:här|denna) veckan?|i veckan|this week": _this_week,
    r"(?:ensi|seuraavalla|tulevalla) viikolla|nästa vecka|next week": _next_week,
    r"tässä kuussa|tämän kuun aikana|(?:den )?(?:här|denna) månad(?:en)?|this month": _this_month,
    r"(?:ensi|seuraavassa) kuussa|nästa månad|next month": _next_month,
    r"tänä vuonna|i år|(?:det här|detta) år(?:et)?|this year": _this_year,
    r"ensi vuonna|(?:i )?nästa år|next year": _next_year,
    r"(?:ensi |tänä )?kevää(?:llä|nä|n aikana)|i vår|på våren|(?:in (?:the )?|this )spring": _spring,
    r"(?:ensi |tänä )?syks(?:yllä|ynä|yn aikana)|i höst|på hösten|(?:in (?:the )?|this )(?:autumn|fall)": _autumn,
}
_PATTERNS = {re.compile(rf"\b(?:{words})\b"): days for words, days in _NAMED.items()}
_IN_MONTH = [
    re.compile(rf"\b(?:{finnish}(?:ssa|n aikana|lla|n)|(?:i|under|för) {swedish}|(?:in|during|for) {english})\b{_YEAR}")
    for finnish, swedish, english in (names.split() for names in _MONTHS)
]
_IN_YEAR = re.compile(r"\b(?:vuonna|år|in|during)\s+(?P<year>20\d\d)\b")


def span_in(question: str, now: datetime) -> Span:
    """The first stretch of time that a question in small letters names, by Finland's calendar at this moment."""
    today = wall_clock(now, HOME_ZONE).date()
    for number, pattern in enumerate(_IN_MONTH, 1):
        if found := pattern.search(question):
            return _span(found.group(), _month_named(number, found["year"], today))
    for pattern, days in _PATTERNS.items():
        if found := pattern.search(question):
            return _span(found.group(), days(today))
    if found := _IN_YEAR.search(question):
        return _span(found.group(), _this_year(date(int(found["year"]), 1, 1)))
    return ALWAYS


def _month_named(number: int, year: str | None, today: date) -> _Days:
    """The month of the year that is told, else the next one of its name, this month among them."""
    told = int(year) if year else today.year + int(number < today.month)
    return _this_month(date(told, number, 1))


def _span(words: str, days: _Days) -> Span:
    starts, ends = (instant(datetime(day.year, day.month, day.day), HOME_ZONE) for day in days)  # noqa: DTZ001 - on a wall
    return Span(words, starts, ends)
