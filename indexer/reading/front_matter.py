"""What a Markdown file says about itself between two lines of dashes at its head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_HEAD = re.compile(r"\A﻿?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w.-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NORDIC = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields by lower-case name, unquoted, and the text that follows; nested fields are passed over."""
    head = _HEAD.match(text)
    if head is None or not _FIELD.search(head.group(1)):
        return {}, text
    fields = {name.lower(): _unquoted(value) for name, value in _FIELD.findall(head.group(1))}
    return fields, text[head.end() :]


def first_of(fields: Mapping[str, str], *names: str) -> str:
    """The first of these fields that says anything, or an empty string."""
    return next((fields[name] for name in names if fields.get(name)), "")


def parse_date(text: str) -> date | None:
    """The first day written as 2026-03-31 or 31.3.2026, None where there is none."""
    if found := _ISO.search(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NORDIC.search(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
