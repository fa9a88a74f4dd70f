"""The overview's words, in knowledge's own catalogues, and its days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from babel.dates import format_date

from knowledge.insights.periods import Period
from knowledge.model import Language
from knowledge.texts import FALLBACK, Texts

TEXTS = Texts(Path(__file__).parents[1] / "locales")
_SHORT = {Language.FI: "d.M.", Language.SV: "d.M", Language.EN: "d MMM"}
_LONG = {Language.FI: "d.M.yyyy", Language.SV: "d.M.yyyy", Language.EN: "d MMM yyyy"}


def days(period: Period, language: Language) -> str:
    """From its first day to its last."""
    return f"{short_day(period.first, language)}–{_day(period.last, _LONG, language)}"


def short_day(day: date, language: Language) -> str:
    """Day and month."""
    return _day(day, _SHORT, language)


def _day(day: date, patterns: dict[Language, str], language: Language) -> str:
    spoken = language if language in patterns else FALLBACK
    return format_date(day, patterns[spoken], locale=spoken.value)
