"""How questions about events are told from those for the documents, and whether the right events answer them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SolmuError
from knowledge.events.finding import Finder
from knowledge.events.programme import Programme, Told
from knowledge.members.listing import Viewer


class EventQuestionsError(SolmuError):
    """The questions cannot be read."""


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """A question, what its answer tells, and the ids of the events that the answer shows, in any order.

    NOT_ASKED where the documents are to answer it. `half` says whether the words of the finder were made with it.
    """

    text: str
    language: str
    told: Told
    events: frozenset[str]
    half: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of questions: about events and answered rightly, and for documents and taken from them.

    `beside` are those for the documents below whose answer an event is shown.
    """

    events: int
    hits: int
    documents: int
    hijacked: int
    beside: int

    @property
    def hit_rate(self) -> float:
        """Of the questions about events."""
        return self.hits / self.events if self.events else 0.0

    @property
    def hijack_rate(self) -> float:
        """Of the questions for the documents."""
        return self.hijacked / self.documents if self.documents else 0.0


Found = tuple[EventQuestion, Programme]


def read_event_questions(path: Path) -> list[EventQuestion]:
    """One JSON object a line: question, lang, told, events, half; raises EventQuestionsError."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            EventQuestion(each["question"], each["lang"], Told(each["told"]), frozenset(each["events"]), each["half"])
            for each in lines
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} holds no questions about events."
        raise EventQuestionsError(message) from error


def ask_events(questions: Sequence[EventQuestion], finder: Finder, viewer: Viewer) -> Iterator[Found]:
    """Ask each."""
    return ((each, finder.find(each.text, viewer)) for each in questions)


def is_right(question: EventQuestion, found: Programme) -> bool:
    """Whether it tells what it should, of the events that it should."""
    return found.told is question.told and shown_in(found) == question.events


def shown_in(found: Programme) -> frozenset[str]:
    """The ids of the announcements that an answer shows."""
    return frozenset((*(each.announcement.id for each in found.dates), *(each.id for each in found.notices)))


def rates_of(asked: Sequence[Found]) -> Rates:
    """The shares."""
    about = [each for each in asked if each[0].told is not Told.NOT_ASKED]
    others = [each for each in asked if each[0].told is Told.NOT_ASKED]
    return Rates(
        len(about),
        sum(is_right(*each) for each in about),
        len(others),
        sum(not found.is_empty and found.is_sure for _, found in others),
        sum(not found.is_empty and not found.is_sure for _, found in others),
    )
