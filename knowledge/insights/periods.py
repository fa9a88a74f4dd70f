"""Seven whole days in Finnish time: what an overview is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Helsinki")
DAYS = 7


@dataclass(frozen=True, slots=True)
class Period:
    """The seven days that end with the day `last`."""

    last: date

    @property
    def first(self) -> date:
        """The first of the days."""
        return self.last - timedelta(days=DAYS - 1)

    @property
    def start(self) -> datetime:
        """When it begins."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """When it is over: the midnight after the last day."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def before(self) -> Period:
        """The seven days before."""
        return Period(self.last - timedelta(days=DAYS))

    def with_earlier(self, count: int) -> tuple[Period, ...]:
        """So many periods, one after the other, of which this is the last."""
        return tuple(Period(self.last - timedelta(days=DAYS * back)) for back in range(count - 1, -1, -1))


def up_to_now(now: datetime) -> Period:
    """The one that ends with the day of this moment."""
    return Period(now.astimezone(HOME).date())


def up_to_yesterday(now: datetime) -> Period:
    """The last one that is over."""
    return Period(now.astimezone(HOME).date() - timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, HOME)
