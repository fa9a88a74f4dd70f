"""Times in words: as a clock shows them where the event is, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time

from babel.dates import format_date, format_datetime, get_timezone_location

from bot.blocks.elements import TEXTS, Block
from knowledge.events.schedule import HOME_ZONE, ordinal, wall_clock
from knowledge.events.values import last_day_of
from knowledge.model import Event, Frequency, Language

OWN_FORMAT = "{date_num} {time}"
"""Slack's own: digits only, as it has no Finnish words."""
_LONG = {Language.FI: "EEEE d.M.yyyy", Language.SV: "EEEE d MMMM yyyy", Language.EN: "EEEE d MMMM yyyy"}
_BARE = {Language.FI: "cccc d.M.yyyy", Language.SV: "cccc d MMMM yyyy", Language.EN: "cccc d MMMM yyyy"}
_SHORT = {Language.FI: "ccc d.M.", Language.SV: "ccc d.M", Language.EN: "ccc d MMM"}
_CLOCK = {Language.FI: "H.mm", Language.SV: "H.mm", Language.EN: "H:mm"}


def spoken(language: Language) -> Language:
    """A language that there are words in."""
    return Language.FI if language is Language.UNKNOWN else language


def span(starts: datetime, ends: datetime, zone: str, language: Language) -> str:
    """From one moment to another: the day once where it is the same."""
    first, last = wall_clock(starts, zone), wall_clock(ends, zone)
    clocks = {"start": _clock(first, language), "end": _clock(last, language)}
    if first.date() == last.date():
        return TEXTS.get("card.when.one_day", language, day=_day(first.date(), _LONG, language), **clocks)
    days = {"day": _day(first.date(), _BARE, language), "last_day": _day(last.date(), _BARE, language)}
    return TEXTS.get("card.when.days", language, **days, **clocks)


def moment(at: datetime, zone: str, language: Language) -> str:
    """A day and a time."""
    local = wall_clock(at, zone)
    return TEXTS.get(
        "card.when.moment", language, day=_day(local.date(), _LONG, language), time=_clock(local, language)
    )


def until(at: datetime, zone: str, language: Language) -> str:
    """By when something is to be done: the day alone where it is all of that day."""
    if wall_clock(at, zone).time() == time.min:
        return _day(last_day_of(at, zone), _LONG, language)
    return moment(at, zone, language)


def until_there(at: datetime, zone: str, language: Language) -> str:
    """The same, and whose time that is."""
    return f"{until(at, zone, language)} ({zone_name(zone, language)})"


def short_day(at: datetime, zone: str, language: Language, usual: time) -> str:
    """A day in a list of them, with its time where that is not the usual one."""
    local = wall_clock(at, zone)
    day = _day(local.date(), _SHORT, language)
    if local.time() == usual:
        return day
    return TEXTS.get("card.when.moment", language, day=day, time=_clock(local, language))


def zone_name(zone: str, language: Language) -> str:
    """Whose time it is."""
    if zone == HOME_ZONE:
        return TEXTS.get("card.zone.home", language)
    place = get_timezone_location(zone, locale=spoken(language).value, return_city=True)
    return TEXTS.get("card.zone.other", language, place=place)


def own_clock(at: datetime) -> Block:
    """The moment as the reader's own clock shows it, drawn by Slack."""
    fallback = f"{at:%Y-%m-%d %H:%M} UTC"
    return {"type": "date", "timestamp": int(at.timestamp()), "format": OWN_FORMAT, "fallback": fallback}


def repeats(event: Event, language: Language) -> str:
    """How an event comes again."""
    rule, day = event.recurrence, event.starts.date()
    weekday = format_date(day, "cccc", locale=spoken(language).value)
    if rule.frequency is Frequency.MONTHLY:
        name = str(ordinal(day)).replace("-1", "last")
        which = TEXTS.get(f"card.ordinal.{name}", language)
        text = TEXTS.get(
            "card.repeats.monthly" if rule.interval == 1 else "card.repeats.months",
            language,
            which=which,
            weekday=weekday,
            interval=rule.interval,
        )
    elif rule.interval <= len(_WEEKLY):
        text = TEXTS.get(f"card.repeats.{_WEEKLY[rule.interval - 1]}", language, weekday=weekday)
    else:
        weekdays = TEXTS.get(f"card.weekdays.{day.weekday()}", language)
        text = TEXTS.get("card.repeats.weeks", language, weekdays=weekdays, interval=rule.interval)
    return text + (TEXTS.get("card.repeats.no_holidays", language) if rule.skips_holidays else "")


_WEEKLY = ("weekly", "fortnightly")


def _day(day: date, patterns: dict[Language, str], language: Language) -> str:
    return format_date(day, patterns[spoken(language)], locale=spoken(language).value)


def _clock(local: datetime, language: Language) -> str:
    return format_datetime(local, _CLOCK[spoken(language)], locale=spoken(language).value)
