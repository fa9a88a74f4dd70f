"""What people are told when an event that they signed up for changes or is called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.blocks.card_facts import Pieces, fact, own_line, when_line, where_lines
from bot.blocks.cards import CALENDAR, sign_up_buttons
from bot.blocks.elements import TEXTS, fallback, header, line, paragraph, rich, words
from bot.blocks.forms import actions, button
from bot.blocks.times import span, until_there
from bot.delivery import Outgoing
from bot.letters.happenings import Happening, happening_of
from bot.mailing import Writers
from knowledge.model import (
    HOLDS_A_SEAT,
    Attendance,
    Language,
    Letter,
    LetterKind,
    OccurrenceId,
    SignUp,
)
from knowledge.ports import Clock, UnitOfWorkFactory

TIME, PLACE, LINK, TITLE, TEXT = "time", "place", "link", "title", "text"


class ChangeLetters:
    """Writes them from what is true when they are sent."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.CHANGED: self.changed, LetterKind.CANCELLED: self.cancelled}

    def changed(self, letter: Letter, language: Language) -> Outgoing | None:
        """What has changed, from what to what; nothing for whoever does not come, or where it is called off."""
        with self._uow.reading() as work:
            happening = happening_of(work, OccurrenceId(letter.subject))
            sign_up = work.sign_ups.find(happening.occurrence.id, letter.to)
        if sign_up is None or sign_up.attendance is Attendance.NOT_GOING or happening.is_called_off:
            return None
        lines = list(_changes(letter, happening, language))
        if not lines or happening.occurrence.ends_at <= self._clock():
            return None
        return self._change_message(letter, happening, sign_up, lines, language)

    def _change_message(
        self, letter: Letter, happening: Happening, sign_up: SignUp, lines: list[Pieces], language: Language
    ) -> Outgoing:
        title = happening.announcement.wording(language).title
        intro = TEXTS.get("letter.changed.intro", language)
        if TIME not in _fields(letter):
            lines.insert(0, when_line(happening.event, happening.occurrence, language))
        stands = [_stands(happening, sign_up, language)]
        if letter.details.get("all"):
            stands.insert(0, TEXTS.get("letter.changed.all", language))
        buttons = sign_up_buttons(
            happening.held,
            language,
            is_open=happening.held.is_open(self._clock()),
            has_seat=sign_up.attendance in HOLDS_A_SEAT,
        )
        blocks = [paragraph(intro), header(title), rich(line(*own_line(lines))), paragraph(" ".join(stands)), buttons]
        return Outgoing(fallback(f"{intro} {title} – {_when(happening, language)}"), blocks)

    def cancelled(self, letter: Letter, language: Language) -> Outgoing | None:
        """That it is not held, and what takes it out of a calendar; nothing where it is held after all."""
        with self._uow.reading() as work:
            happening = happening_of(work, OccurrenceId(letter.subject))
        if not happening.is_called_off or happening.occurrence.ends_at <= self._clock():
            return None
        title = happening.announcement.wording(language).title
        is_series = bool(letter.details.get("all"))
        told = TEXTS.get("letter.cancelled.series" if is_series else "letter.cancelled.one", language)
        heading = TEXTS.get("card.cancelled.title", language, title=title)
        when = rich(line(*when_line(happening.event, happening.occurrence, language)))
        # The file that this button gives is of what is cancelled now: opened, it takes the entry out.
        taken_out = button(CALENDAR, TEXTS.get("letter.cancelled.calendar", language), value=happening.occurrence.id)
        return Outgoing(
            fallback(f"{heading} – {_when(happening, language)}"),
            [header(heading), *([] if is_series else [when]), paragraph(told), actions(taken_out)],
        )


def _stands(happening: Happening, sign_up: SignUp, language: Language) -> str:
    """What their word is by now; the end of an offer may have come nearer with the start."""
    is_offered = sign_up.attendance is Attendance.OFFERED
    until = until_there(sign_up.offered_until, happening.event.zone, language) if is_offered else ""
    return TEXTS.get(f"letter.changed.stands.{sign_up.attendance.value}", language, until=until)


def _fields(letter: Letter) -> set[str]:
    return set(letter.details.get("fields", "").split(","))


def _when(happening: Happening, language: Language) -> str:
    occurrence = happening.occurrence
    return span(occurrence.starts_at, occurrence.ends_at, happening.event.zone, language)


def _changes(letter: Letter, happening: Happening, language: Language) -> Iterator[Pieces]:
    """A line for each thing that differs, old beside new; what has been changed back since is not told."""
    fields = _fields(letter)
    if TIME in fields:
        yield from _new_time(letter, happening, language)
    if PLACE in fields:
        yield from _new_place(letter, happening, language)
    if LINK in fields:
        yield from _new_link(happening, language)
    for field in (TITLE, TEXT):
        if field in fields:
            yield [words(TEXTS.get(f"letter.changed.{field}", language))]


def _new_time(letter: Letter, happening: Happening, language: Language) -> Iterator[Pieces]:
    occurrence, zone = happening.occurrence, happening.event.zone
    old = datetime.fromisoformat(letter.details["old_starts"]), datetime.fromisoformat(letter.details["old_ends"])
    if old != (occurrence.starts_at, occurrence.ends_at):
        yield when_line(happening.event, occurrence, language, "new_when")
        yield fact("old_when", span(*old, zone, language), language)


def _new_place(letter: Letter, happening: Happening, language: Language) -> Iterator[Pieces]:
    old, new = letter.details.get("old_place", ""), happening.occurrence.place or happening.event.place
    if old == new:
        return
    yield fact("new_where", new or TEXTS.get("letter.changed.no_place", language), language)
    if old:
        yield fact("old_where", old, language)


def _new_link(happening: Happening, language: Language) -> Iterator[Pieces]:
    yield [words(TEXTS.get("letter.changed.link", language))]
    remote = list(where_lines(happening.event, happening.occurrence, language, with_place=False))
    yield from remote or [[words(TEXTS.get("letter.changed.no_link", language))]]
