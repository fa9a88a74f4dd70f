"""The network's overview in words and as a table, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from babel.dates import format_date

from knowledge.members.demand import Demand
from knowledge.members.overview import NetworkOverview, RoundOutcome, Somebody
from knowledge.members.spreadsheet import write_rows
from knowledge.model import Language, MemberId
from knowledge.texts import Texts

TEXTS = Texts(Path(__file__).parents[1] / "locales")
Names = Mapping[MemberId, str]
_COUNTS = ("proposed", "made", "declined", "expired", "open", "met", "useful")


def summary(overview: NetworkOverview, language: Language) -> str:
    """How many there are, take part and are paused."""
    return TEXTS.get(
        "overview.summary",
        language,
        members=overview.members,
        taking_part=overview.taking_part,
        paused=len(overview.paused),
    )


def sections(overview: NetworkOverview, names: Names, language: Language) -> list[tuple[str, list[str]]]:
    """Headings, each with its lines; a section without lines says so in one."""
    parts = {
        "unmatched": [_somebody(each, names, language) for each in overview.unmatched],
        "demands": [_demand(each, language) for each in overview.demands],
        "rounds": [_round(each, language) for each in overview.rounds],
        "paused": [_paused(each, names, language) for each in overview.paused],
    }
    return [
        (TEXTS.get(f"overview.{part}", language), lines or [TEXTS.get("overview.none", language)])
        for part, lines in parts.items()
    ]


def as_table(overview: NetworkOverview, names: Names, language: Language) -> bytes:
    """A row for each person, topic and round; see `knowledge.members.spreadsheet` for its form."""
    columns = ("part", "item", "organisation", "day", "seekers", "use_cases", *_COUNTS)
    rows = [
        *(_person_row("unmatched", each, names, language) for each in overview.unmatched),
        *(_demand_row(each, language) for each in overview.demands),
        *(_round_row(each, language) for each in overview.rounds),
        *(_person_row("paused", each, names, language) for each in overview.paused),
    ]
    heads = [TEXTS.get(f"overview.column.{column}", language) for column in columns]
    return write_rows([heads, *([*row, *[""] * (len(columns) - len(row))] for row in rows)])


def _name(somebody: Somebody, names: Names, language: Language) -> str:
    return names.get(somebody.shown.member, "") or TEXTS.get("overview.somebody", language)


def _somebody(somebody: Somebody, names: Names, language: Language) -> str:
    return " · ".join(filter(None, (_name(somebody, names, language), somebody.shown.role, somebody.organisation)))


def _paused(somebody: Somebody, names: Names, language: Language) -> str:
    who = _somebody(somebody, names, language)
    if somebody.day == date.max:
        return who
    return TEXTS.get("overview.until", language, who=who, day=_day(somebody.day, language))


def _demand(demand: Demand, language: Language) -> str:
    values = {"topic": demand.topic, "seekers": demand.seekers, "use_cases": demand.use_cases}
    return TEXTS.get("overview.demand", language, **values)


def _round(outcome: RoundOutcome, language: Language) -> str:
    counts = {name: getattr(outcome, name) for name in _COUNTS}
    return TEXTS.get("overview.round", language, round=_round_name(outcome, language), **counts)


def _round_name(outcome: RoundOutcome, language: Language) -> str:
    return outcome.round or TEXTS.get("overview.outside_rounds", language)


def _person_row(part: str, somebody: Somebody, names: Names, language: Language) -> list[str]:
    day = "" if somebody.day == date.max else somebody.day.isoformat()
    return [TEXTS.get(f"overview.{part}", language), _name(somebody, names, language), somebody.organisation, day]


def _demand_row(demand: Demand, language: Language) -> list[str]:
    return [TEXTS.get("overview.demands", language), demand.topic, "", "", str(demand.seekers), str(demand.use_cases)]


def _round_row(outcome: RoundOutcome, language: Language) -> list[str]:
    counts: Sequence[str] = [str(getattr(outcome, name)) for name in _COUNTS]
    return [TEXTS.get("overview.rounds", language), _round_name(outcome, language), "", "", "", "", *counts]


def _day(day: date, language: Language) -> str:
    return format_date(day, format="medium", locale=language.value)
