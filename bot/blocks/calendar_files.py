"""What is said with calendar files: which file is what, and what opening it does."""

from __future__ import annotations

import re

from bot.blocks.elements import TEXTS, fallback, shorten
from bot.files import NamedFile
from knowledge.events.invitations import CalendarFile, CalendarFiles
from knowledge.model import Language

ENDING = ".ics"
LONGEST_NAME, LONGEST_TITLE = 60, 200
_NO_LETTERS = re.compile(r"[\W_]+")


def named_files(found: CalendarFiles, language: Language) -> list[NamedFile]:
    """The files, called after the event and the day, or after the event and that they hold all of it."""
    return [NamedFile(_name(found, each, language), each.content) for each in found.files]


def file_comment(found: CalendarFiles, language: Language, *, can_subscribe: bool) -> str:
    """The sentences above the files, escaped."""
    told = _what_to_open(found, language)
    hint = TEXTS.get("calendar.file.subscribe", language) if can_subscribe and found.is_held else ""
    return fallback(f"{told} {hint}".strip())


def _what_to_open(found: CalendarFiles, language: Language) -> str:
    names = [each.name for each in named_files(found, language)]
    title, is_series = shorten(found.title, LONGEST_TITLE), len(names) > 1
    named = {"title": title, "one": names[0], "all": names[-1]}
    if found.is_held:
        return TEXTS.get("calendar.file.series" if is_series else "calendar.file", language, **named)
    if not is_series:
        return TEXTS.get("calendar.file.cancelled", language, title=title)
    is_all = found.is_all_off
    return TEXTS.get("calendar.file.cancelled.all" if is_all else "calendar.file.cancelled.series", language, **named)


def _name(found: CalendarFiles, file: CalendarFile, language: Language) -> str:
    about = _NO_LETTERS.sub("-", found.title.casefold()).strip("-")[:LONGEST_NAME].strip("-") or "solmu"
    return f"{about}-{file.day or TEXTS.get('calendar.file.all', language)}{ENDING}"
