"""What a card tells in lines beside the text: when and where, how many come, by when one signs up, how it repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.blocks.elements import TEXTS, Block, is_web_address, shorten, title, words
from bot.blocks.times import own_clock, repeats, short_day, span, until_there, zone_name
from knowledge.events.scenes import MOST_DATES, Gathering, Held, Scene
from knowledge.events.schedule import HOME_ZONE, instant, wall_clock
from knowledge.model import (
    NEVER,
    AnnouncementState,
    Attendance,
    Event,
    Frequency,
    Language,
    Occurrence,
)

LONGEST, MOST_TOPICS = 300, 12
Pieces = Sequence[Block]
"""A line."""


def heading_of(scene: Scene, language: Language) -> str:
    """The title, with the word that it is called off where it is."""
    own = scene.announcement.wording(language).title
    return TEXTS.get("card.cancelled.title", language, title=own) if is_called_off(scene) else own


def is_called_off(scene: Scene) -> bool:
    """Whether nothing of it is held, or it was taken back."""
    if scene.announcement.state is AnnouncementState.CANCELLED:
        return True
    return any(not each.coming and each.last.occurrence.is_cancelled for each in scene.gatherings)


def state_of(scene: Scene, language: Language) -> list[Pieces]:
    """How it stands, in a line, where there is something to say."""
    kind = "event" if scene.gatherings else "other"
    if is_called_off(scene):
        return [[words(TEXTS.get(f"card.cancelled.{kind}", language), bold=True)]]
    if scene.is_over:
        return [[words(TEXTS.get(f"card.over.{kind}", language), bold=True)]]
    if scene.gatherings and scene.gatherings[0].shown.occurrence.starts_at <= scene.now:
        return [[words(TEXTS.get("card.running", language), bold=True)]]
    return []


def facts_of(scene: Scene, language: Language) -> list[Pieces]:
    """Line by line what there is to know."""
    if scene.gatherings:
        lines = list(_of_event(scene, scene.gatherings[0], language))
    else:
        lines = list(_of_deadline(scene, language))
    # Topics are words of the main language.
    is_main = language is scene.announcement.wordings[0].language
    topics = scene.announcement.topics[:MOST_TOPICS] if is_main else ()
    return lines + ([fact("topics", ", ".join(topics), language)] if topics else [])


def own_line(lines: Sequence[Pieces]) -> list[Block]:
    """The pieces of several lines, each on a line of its own."""
    pieces: list[Block] = []
    for each in lines:
        pieces += [words("\n"), *each] if pieces else each
    return pieces


def when_line(event: Event, occurrence: Occurrence, language: Language, label: str = "when") -> Pieces:
    """When an occurrence is, by the clock there and by the reader's own."""
    times = span(occurrence.starts_at, occurrence.ends_at, event.zone, language)
    zone = zone_name(event.zone, language)
    return [
        *fact(label, f"{times} ({zone})", language),
        words(f"\n{TEXTS.get('card.own_time', language)} "),
        own_clock(occurrence.starts_at),
    ]


def where_lines(
    event: Event, occurrence: Occurrence, language: Language, *, with_place: bool = True
) -> Iterator[Pieces]:
    """The place and the link of an occurrence, as far as there are any."""
    place, link = occurrence.place or event.place, occurrence.meeting_link or event.meeting_link
    if place and with_place:
        yield fact("where", place, language)
    if is_web_address(link):
        yield [_label("remote", language), title(TEXTS.get("card.join", language), link)]
    elif link:
        yield fact("remote", link, language)


def _of_event(scene: Scene, gathering: Gathering, language: Language) -> Iterator[Pieces]:
    event, held = gathering.event, gathering.shown
    yield when_line(event, held.occurrence, language)
    if scene.is_over or is_called_off(scene):
        return
    yield from _moved(event, held.occurrence, language)
    yield from where_lines(event, held.occurrence, language)
    yield from _seats(held, language)
    yield from _closing(event, held, scene.now, language)
    if event.recurrence.frequency is not Frequency.ONCE:
        yield fact("repeats", repeats(event, language), language)
        yield from _dates(gathering, language)
    if event.organiser:
        yield fact("organiser", event.organiser, language)


def _moved(event: Event, occurrence: Occurrence, language: Language) -> Iterator[Pieces]:
    planned = instant(occurrence.slot, event.zone)
    if planned != occurrence.starts_at:
        ends = planned + (event.ends - event.starts)
        earlier = span(planned, ends, event.zone, language)
        yield [words(TEXTS.get("card.moved", language, earlier=earlier), italic=True)]


def _seats(held: Held, language: Language) -> Iterator[Pieces]:
    going, maybe = held.taken, held.counts.get(Attendance.MAYBE, 0)
    waiting = held.counts.get(Attendance.WAITING, 0)
    told = [f"{going}/{held.capacity}"] if held.capacity else [str(going)]
    told += [TEXTS.get("card.waiting", language, count=waiting)] if waiting else []
    told += [TEXTS.get("card.maybe", language, count=maybe)] if maybe else []
    if held.is_full and not waiting:
        told.append(TEXTS.get("card.full", language))
    if held.capacity or going or maybe:
        yield fact("seats" if held.capacity else "going", " · ".join(told), language)


def _closing(event: Event, held: Held, now: datetime, language: Language) -> Iterator[Pieces]:
    if held.closes_at >= held.occurrence.starts_at:
        return
    if held.is_open(now):
        yield fact("sign_up", until_there(held.closes_at, event.zone, language), language)
    elif now < held.occurrence.starts_at:
        yield [words(TEXTS.get("card.closed", language))]


def _dates(gathering: Gathering, language: Language) -> Iterator[Pieces]:
    """The dates after the next one, and which of those up to the last of them are cancelled."""
    zone, coming = gathering.event.zone, [each.occurrence.starts_at for each in gathering.coming[:MOST_DATES]]
    cancelled = [each.occurrence.starts_at for each in gathering.called_off]
    missing = [at for at in cancelled if at < coming[-1]][:MOST_DATES]
    usual = wall_clock(coming[0], zone).time()
    for label, dates in (("next", coming[1:]), ("called_off", missing)):
        if dates:
            yield fact(label, ", ".join(short_day(at, zone, language, usual) for at in dates), language)


def _of_deadline(scene: Scene, language: Language) -> Iterator[Pieces]:
    deadline = scene.announcement.deadline
    if deadline != NEVER:
        yield fact("deadline", until_there(deadline, HOME_ZONE, language), language)


def fact(name: str, value: str, language: Language) -> list[Block]:
    """A line of what something is."""
    return [_label(name, language), words(shorten(value, LONGEST))]


def _label(name: str, language: Language) -> Block:
    return words(f"{TEXTS.get(f'card.label.{name}', language)}: ", bold=True)
