"""`python -m tests.eventful`: ask about sample events, and count what is answered from them rightly and wrongly.

Of the questions in `tests/data/event_questions.jsonl` some are about the events of `sample_events.jsonl`; the others,
and those of `sample_questions.jsonl` about documents, must be left to the documents. `--missed` lists what went wrong.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from knowledge.evaluation.eventful import EventQuestion, Found, ask_events, is_right, rates_of, read_event_questions
from knowledge.evaluation.own import read_questions
from knowledge.events.finding import Finder
from knowledge.events.naming import Naming
from knowledge.events.programme import Told
from knowledge.events.schedule import occurrences_of
from knowledge.members.listing import Viewer
from knowledge.model import (
    NEVER,
    NOBODY,
    ONCE,
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    Audience,
    ChannelId,
    Event,
    Frequency,
    Language,
    Recurrence,
    Wording,
)
from knowledge.ports import UnitOfWork
from knowledge.searching.synonyms import read_synonyms
from knowledge.settings import Settings
from knowledge.shell import output
from knowledge.store import Store, open_store
from tests import builders
from tests.fakes import SetClock
from tests.sample import QUESTIONS

DATA = Path(__file__).parent / "data"
EVENT_QUESTIONS = DATA / "event_questions.jsonl"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""When the questions are asked."""


def main(*, missed: Annotated[bool, typer.Option("--missed", help="List what went wrong.")] = False) -> None:
    """Ask every question, and show the shares by language and by half."""
    asked = ask_all()
    table = Table("", "about events", "answered rightly", "for documents", "taken from them", "event shown below")
    for name, some in _groups(asked):
        rates = rates_of(some)
        table.add_row(
            name,
            str(rates.events),
            f"{rates.hits} ({rates.hit_rate:.3f})",
            str(rates.documents),
            f"{rates.hijacked} ({rates.hijack_rate:.3f})",
            str(rates.beside),
        )
    output.print(table)
    if missed:
        for question, found in asked:
            if not is_right(question, found):
                shown = " ".join(
                    [*(each.announcement.id for each in found.dates), *(each.id for each in found.notices)]
                )
                doubt = "" if found.is_sure else " (unsure)"
                output.print(
                    f"{question.half or 'sample'}: {question.text} → {found.told} {shown}{doubt}",
                    highlight=False,
                )


def ask_all() -> list[Found]:
    """Every question with what the finder says to it."""
    questions = read_event_questions(EVENT_QUESTIONS)
    with sample_store() as store:
        viewer = Viewer(builders.member().id, Audience.MEMBERS)
        others = _for_documents({each.text for each in questions})
        return list(ask_events([*questions, *others], finder_over(store), viewer))


@contextmanager
def sample_store() -> Iterator[Store]:
    """The sample events in a store of their own."""
    with tempfile.TemporaryDirectory(prefix="solmu-events-") as folder:
        store = open_store(Settings(data_dir=Path(folder)).database)
        try:
            put_sample_events(store)
            yield store
        finally:
            store.dispose()


def finder_over(store: Store) -> Finder:
    """A finder that is asked on MONDAY."""
    return Finder(store, Naming(read_synonyms()), SetClock(MONDAY))


def put_sample_events(store: Store) -> None:
    """Store the sample events as they were published."""
    with store() as work:
        for line in (DATA / "sample_events.jsonl").read_text(encoding="utf-8").splitlines():
            _put(work, json.loads(line))
        work.commit()


def _put(work: UnitOfWork, told: dict[str, Any]) -> None:
    deadline = told.get("deadline")
    announcement = Announcement(
        builders.announcement(told["id"]).id,
        AnnouncementKind(told["kind"]),
        AnnouncementState(told["state"]),
        NOBODY,
        NOBODY,
        tuple(Wording(Language(code), title, told["text"]) for code, title in told["titles"].items()),
        (ChannelId("C1"),),
        tuple(told["topics"]),
        Audience(told["audience"]),
        "",
        datetime.fromisoformat(deadline).replace(tzinfo=UTC) if deadline else NEVER,
        MONDAY,
        is_urgent=False,
        revision=1,
        made_at=MONDAY,
    )
    work.announcements.put(announcement)
    if announcement.kind is AnnouncementKind.EVENT:
        event = _event(told)
        work.events.put(event)
        for occurrence in occurrences_of(event, MONDAY):
            work.events.put_occurrence(occurrence)


def _event(told: dict[str, Any]) -> Event:
    number, _, unit = told["every"].partition(" ")
    recurrence = ONCE
    if unit:
        frequency = Frequency.WEEKLY if unit == "weeks" else Frequency.MONTHLY
        recurrence = Recurrence(frequency, int(number), date.fromisoformat(told["until"]))
    return builders.event(
        told["id"],
        starts=datetime.fromisoformat(told["starts"]),
        ends=datetime.fromisoformat(told["ends"]),
        recurrence=recurrence,
        place=told["place"],
        meeting_link=told["link"],
    )


def _for_documents(known: set[str]) -> list[EventQuestion]:
    questions = (each for each in read_questions(QUESTIONS) if each.text not in known)
    return [EventQuestion(each.text, each.language.value, Told.NOT_ASKED, frozenset()) for each in questions]


def _groups(asked: list[Found]) -> list[tuple[str, list[Found]]]:
    languages = sorted({question.language for question, _ in asked})
    by_language = [(code, [each for each in asked if each[0].language == code]) for code in languages]
    by_half = [(half, [each for each in asked if each[0].half == half]) for half in ("seen", "unseen")]
    return [*by_language, *by_half, ("all", asked)]


if __name__ == "__main__":
    typer.run(main)
