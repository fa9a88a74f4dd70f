"""What must be right before anything of a draft is kept: its texts, its links, and where it is to go."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from knowledge.events.checking_times import time_troubles, zone_named
from knowledge.events.drafts import (
    LONGEST_LINK,
    LONGEST_ORGANISER,
    LONGEST_PLACE,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CHANNELS,
    MOST_MATERIALS,
    MOST_SEATS,
    BadDraftError,
    Draft,
    EventDraft,
    Field,
    Trouble,
    text_of,
    title_of,
)
from knowledge.events.values import deadline_of
from knowledge.members.drafts import LONGEST_TOPIC, MOST_TOPICS
from knowledge.model import Wording
from knowledge.privacy import personal_data_in

Troubles = Iterator[tuple[str, Trouble]]
_UNKEEPABLE = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters: a database or Slack's JSON may refuse them."""


def checked(draft: Draft, now: datetime, known: tuple[Draft, ...] = ()) -> Draft:
    """The draft with its white space in order; raises BadDraftError.

    `known` is what people have seen already: times that are not changed may be past.
    """
    tidy = tidied(draft)
    troubles = dict(_of_texts(tidy)) | dict(_of_reach(tidy)) | dict(_of_deadline(tidy, now, known))
    for held in tidy.held:
        before = tuple(event for each in known for event in each.held)
        troubles |= dict(_of_event(held)) | dict(time_troubles(held, now, before))
    # The codes last, so that they are what is told of a part with two troubles.
    troubles |= dict(_with_codes(tidy))
    if troubles:
        raise BadDraftError(troubles)
    return tidy


def tidied(draft: Draft) -> Draft:
    """The draft with its white space in order, and nothing in it twice."""
    return replace(
        draft,
        wordings=tuple(
            Wording(each.language, line_of(each.title), paragraphs_of(each.text)) for each in draft.wordings
        ),
        channels=tuple(dict.fromkeys(draft.channels)),
        topics=_topics(draft.topics),
        link=draft.link.strip(),
        held=tuple(_tidy_event(each) for each in draft.held),
    )


def is_link(text: str) -> bool:
    """Whether it is a web address that a reader can be sent to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    has_space = any(letter.isspace() for letter in text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and not has_space


def line_of(text: str) -> str:
    """The text on one line."""
    kept = "".join(" " if unicodedata.category(letter) in _UNKEEPABLE else letter for letter in text)
    return " ".join(kept.split())


def paragraphs_of(text: str) -> str:
    """The text with its lines in order, and at most one empty line between two."""
    lines = [line_of(each) for each in text.splitlines()]
    kept = [each for at, each in enumerate(lines) if each or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def _tidy_event(held: EventDraft) -> EventDraft:
    return replace(
        held,
        zone=zone_named(held.zone.strip()),
        place=line_of(held.place),
        meeting_link=held.meeting_link.strip(),
        seats=held.seats.strip(),
        organiser=line_of(held.organiser),
        question=line_of(held.question),
        reminders=tuple(sorted(set(held.reminders), reverse=True)),
        materials=tuple(replace(each, title=line_of(each.title), url=each.url.strip()) for each in held.materials),
    )


def _topics(topics: tuple[str, ...]) -> tuple[str, ...]:
    by_name: dict[str, str] = {}
    for topic in filter(None, map(line_of, topics)):
        by_name.setdefault(topic.casefold(), topic)
    return tuple(by_name.values())


def _of_texts(draft: Draft) -> Troubles:
    for wording in draft.wordings:
        parts = (
            (title_of(wording.language), wording.title, LONGEST_TITLE),
            (text_of(wording.language), wording.text, LONGEST_TEXT),
        )
        for part, text, most in parts:
            if not text:
                yield part, Trouble.MISSING
            elif len(text) > most:
                yield part, Trouble.TOO_LONG


def _of_reach(draft: Draft) -> Troubles:
    if not draft.channels:
        yield Field.CHANNELS, Trouble.MISSING
    elif len(draft.channels) > MOST_CHANNELS:
        yield Field.CHANNELS, Trouble.TOO_MANY
    if len(draft.topics) > MOST_TOPICS:
        yield Field.TOPICS, Trouble.TOO_MANY
    elif max(map(len, draft.topics), default=0) > LONGEST_TOPIC:
        yield Field.TOPICS, Trouble.TOO_LONG
    yield from _of_link(draft.link)


def _of_deadline(draft: Draft, now: datetime, known: tuple[Draft, ...]) -> Troubles:
    ends = deadline_of(draft)
    if ends <= now and not any(deadline_of(each) == ends for each in known):
        yield Field.DEADLINE, Trouble.PAST


def _of_link(link: str) -> Troubles:
    if len(link) > LONGEST_LINK:
        yield Field.LINK, Trouble.TOO_LONG
    elif link and not is_link(link):
        yield Field.LINK, Trouble.NO_LINK


def _of_event(held: EventDraft) -> Troubles:
    if not held.place and not held.meeting_link:
        yield Field.PLACE, Trouble.NO_PLACE
    yield from _of_link(held.meeting_link)
    if held.seats and not (held.seats.isascii() and held.seats.isdigit() and 0 < int(held.seats) <= MOST_SEATS):
        yield Field.CAPACITY, Trouble.NO_NUMBER
    for part, text, most in (
        (Field.PLACE, held.place, LONGEST_PLACE),
        (Field.ORGANISER, held.organiser, LONGEST_ORGANISER),
        (Field.QUESTION, held.question, LONGEST_QUESTION),
    ):
        if len(text) > most:
            yield part, Trouble.TOO_LONG
    yield from _of_materials(held)


def _of_materials(held: EventDraft) -> Troubles:
    if len(held.materials) > MOST_MATERIALS:
        yield Field.MATERIALS, Trouble.TOO_MANY
    for material in held.materials:
        if not is_link(material.url):
            yield Field.MATERIALS, Trouble.NO_LINK
        elif len(material.title) > LONGEST_TITLE or len(material.url) > LONGEST_LINK:
            yield Field.MATERIALS, Trouble.TOO_LONG


def _with_codes(draft: Draft) -> Troubles:
    written: list[tuple[str, str]] = [(Field.TOPICS, "\n".join(draft.topics)), (Field.LINK, draft.link)]
    for wording in draft.wordings:
        written += [(title_of(wording.language), wording.title), (text_of(wording.language), wording.text)]
    for held in draft.held:
        materials = "\n".join(f"{each.title} {each.url}" for each in held.materials)
        written += [(Field.PLACE, held.place), (Field.LINK, held.meeting_link), (Field.ORGANISER, held.organiser)]
        written += [(Field.QUESTION, held.question), (Field.MATERIALS, materials)]
    for part, text in written:
        if found := personal_data_in(text):
            yield part, Trouble(found.value)
