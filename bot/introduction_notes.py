"""What is written down about introductions to survive a restart: what somebody did, and who is to be told."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from knowledge.model import Introduction, Reply, Side


class Deed(StrEnum):
    """What somebody did, or what time brought."""

    ASK = "ask"
    MAKE = "make"
    REPLY = "reply"
    SNOOZE = "snooze"
    EXCLUDE_PERSON = "person"
    EXCLUDE_ORGANISATION = "organisation"
    RESUME = "resume"
    OUTCOME = "outcome"
    LEAVE = "leave"
    APPOINT = "appoint"
    HAND_OVER = "hand_over"
    ROUND = "round"
    MEETING = "meeting"
    EXPIRE = "expire"
    FOLLOW_UP = "follow_up"
    AWAY = "away"
    BACK = "back"


SNOOZED = "snoozed"
"""The word whose detail is a day."""
BY_TIME = frozenset({Deed.ROUND, Deed.MEETING, Deed.EXPIRE, Deed.FOLLOW_UP, Deed.AWAY, Deed.BACK})
"""Nobody waits for these, and there can be hundreds at once."""
LATER_DEEDS = frozenset({Deed.HAND_OVER, Deed.AWAY, Deed.BACK})
"""Those that a process of an earlier release does not know. It takes from every queue that is in the database: only at
a workflow's name that it does not know either does it stop, and the deed is done once that process is gone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A deed; `id` is the same for every delivery of one click or command.

    `subject` is the introduction or the round that it is about; `other` the person asked for, the organisation to be
    avoided, or the second of two that a coordinator brings together, `first` being the first of them. Where an
    organisation's contact is handed over, they are the organisation, the new contact, and, where a coordinator does it,
    the one before, if any. `at` is a time in seconds, before which nothing was said about it.
    """

    id: str
    deed: str
    member: str = ""
    subject: str = ""
    first: str = ""
    other: str = ""
    value: str = ""
    at: float = 0.0

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is to be told what. The same notice has the same id.

    Without a member both sides are shown how the introduction `subject` stands. With one, that member is told `word`,
    with a day, a reference or an organisation's name as its `detail`; where there is no word, the member's proposal is
    closed, of an introduction that is erased. `since` is a time in seconds, before which nothing was said; 0 where it
    is not known.
    """

    id: str
    subject: str = ""
    member: str = ""
    word: str = ""
    detail: str = ""
    since: float = 0.0
    is_waiting: bool = False
    is_new: bool = False

    def as_plain(self) -> dict[str, Any]:
        """For a durable workflow's input; what is as usual is left out, as a round has hundreds of these."""
        return {name: value for name, value in asdict(self).items() if value}


def standing(introduction: Introduction) -> Notice:
    """That both are to be shown how an introduction stands; another id for every state that it goes through."""
    sides = (introduction.first, introduction.second)
    state = "|".join((introduction.state, *(f"{side.reply}|{side.outcome}" for side in sides)))
    digest = hashlib.sha256(state.encode()).hexdigest()[:12]
    name = f"introduction:{introduction.id}:{digest}"
    return Notice(name, introduction.id, since=introduction.proposed_at.timestamp())


def closing(introduction: Introduction, side: Side) -> Notice:
    """That a side's proposal is over, because the other one is gone, or they are away themselves."""
    name = f"introduction:{introduction.id}:over:{side.member}"
    is_waiting = side.reply is Reply.YES
    since = introduction.proposed_at.timestamp()
    return Notice(name, introduction.id, side.member, since=since, is_waiting=is_waiting)


def late(change: Change) -> Notice:
    """That somebody clicked in a proposal which is erased already."""
    return Notice(f"{change.id}:late", change.subject, change.member)


def saying(change: Change, member: str, word: str, detail: str = "") -> Notice:
    """That a member is told something because of a deed."""
    return Notice(f"{change.id}:{word}:{member}", member=member, word=word, detail=detail, since=change.at)
