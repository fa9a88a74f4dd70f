"""One line of the members' table, read and checked before anything is done with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.members.columns import CellError, read_kind, read_languages, read_list, read_yes
from knowledge.model import Language, OrganisationKind
from knowledge.privacy import Personal, personal_data_in

LONGEST = {"organisation": 150, "domain": 300, "region": 100, "role": 150, "offers": 2000, "seeks": 2000}
MOST_TOPICS, LONGEST_TOPIC = 20, 80
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,20}")
_SLACKBOT = "USLACKBOT"
_OUTSIDE = re.compile(r"bot|deactivated|guest", re.IGNORECASE)
"""What Slack's own export says of accounts that are no members."""


class SkippedError(Exception):
    """The line is of an account that cannot be a member; `str(error)` says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says: `fields` are a member's, by name, those that the line has something for."""

    user: str
    organisation: str
    kind: OrganisationKind | None
    domain: str
    region: str
    fields: Mapping[str, Any]
    is_contact: bool


def read_entry(row: Sequence[str], columns: Mapping[str, int]) -> Entry:
    """The line's entry; raises CellError for what is not understood, SkippedError for no member's account."""
    if found := next(filter(None, map(personal_data_in, (*row, " ".join(row)))), Personal.NONE):
        what = "holds a personal identity code" if found is Personal.IDENTITY_CODE else "tells of a certain patient"
        message = f"it {what}; take that out of the file"
        raise CellError(message)
    cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
    if _OUTSIDE.search(cells.get("status", "")):
        message = "the account is a bot, a guest or deactivated"
        raise SkippedError(message)
    _check(cells)
    languages: tuple[Language, ...] = read_languages(cells.get("languages", ""))
    fields = {
        "role": cells.get("role", ""),
        "languages": languages,
        "topics": read_list(cells.get("topics", "")),
        "offers": cells.get("offers", ""),
        "seeks": cells.get("seeks", ""),
    }
    return Entry(
        cells["slack_id"],
        " ".join(cells["organisation"].split()),
        read_kind(cells.get("kind", "")),
        cells.get("domain", ""),
        cells.get("region", ""),
        {name: value for name, value in fields.items() if value},
        read_yes(cells.get("contact", "")),
    )


def _check(cells: Mapping[str, str]) -> None:
    if not _SLACK_ID.fullmatch(cells["slack_id"]) or cells["slack_id"] == _SLACKBOT:
        message = "slack_id is not the id of a person, such as U012AB3CD"
        raise CellError(message)
    if not cells["organisation"].strip():
        message = "it names no organisation"
        raise CellError(message)
    for name, most in LONGEST.items():
        if len(cells.get(name, "")) > most:
            message = f"{name} is longer than {most} characters"
            raise CellError(message)
    topics = read_list(cells.get("topics", ""))
    if len(topics) > MOST_TOPICS or any(len(topic) > LONGEST_TOPIC for topic in topics):
        message = f"topics are more than {MOST_TOPICS}, or one is longer than {LONGEST_TOPIC} characters"
        raise CellError(message)
