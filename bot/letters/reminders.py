"""Reminders in words that are true whenever they are read: the day by its name, never how long from now."""

from __future__ import annotations

from datetime import date, timedelta

from bot.blocks.card_facts import own_line, where_lines
from bot.blocks.cards import CALENDAR, GOING, NOT_GOING
from bot.blocks.elements import TEXTS, Block, fallback, header, line, paragraph, rich, words
from bot.blocks.forms import actions, button
from bot.blocks.times import span, zone_name
from bot.delivery import Outgoing
from bot.mailing import NotNowError, Writers
from knowledge.events.reminders import Coming, Reminder, Reminders
from knowledge.events.schedule import wall_clock
from knowledge.model import Attendance, Language, Letter, LetterKind
from knowledge.ports import Clock


class ReminderLetters:
    """Writes them from what is true when they are sent."""

    def __init__(self, reminders: Reminders, clock: Clock) -> None:
        self._reminders = reminders
        self._clock = clock

    def writers(self) -> Writers:
        """Who writes which kind of letter."""
        return {LetterKind.REMINDER: self.write}

    def write(self, letter: Letter, language: Language) -> Outgoing | None:
        """The message; none where it is not true any more. Raises NotNowError in quiet hours."""
        found = self._reminders.standing(letter)
        if found is None:
            return None
        if found.not_before > self._clock():
            raise NotNowError(found.not_before)
        coming, when = found.coming, self._when(found, language)
        intro = TEXTS.get(f"reminder.{coming.sign_up.attendance.value}", language)
        title = coming.announcement.wording(language).title
        lines = [[words(when, bold=True)], *where_lines(coming.event, coming.occurrence, language)]
        blocks = [paragraph(intro), header(title.strip() or "–"), rich(line(*own_line(lines)))]
        return Outgoing(fallback(f"{title} – {when}"), [*blocks, _buttons(coming, language)])

    def _when(self, found: Reminder, language: Language) -> str:
        """The day, the time and whose time it is; "tomorrow" beside them where it is so for the reader now."""
        occurrence, zone = found.coming.occurrence, found.zone
        times = span(occurrence.starts_at, occurrence.ends_at, zone, language)
        today, day = (wall_clock(each, zone).date() for each in (self._clock(), occurrence.starts_at))
        near = _near(today, day)
        told = TEXTS.get(f"reminder.when.{near}", language, times=times) if near else times
        return f"{told[:1].upper()}{told[1:]} ({zone_name(zone, language)})"


def _near(today: date, day: date) -> str:
    if day == today:
        return "today"
    return "tomorrow" if day == today + timedelta(days=1) else ""


def _buttons(coming: Coming, language: Language) -> Block:
    name = coming.occurrence.id
    is_sure = coming.sign_up.attendance is Attendance.GOING
    come = button(GOING, TEXTS.get("signup.button.going", language), value=name, style="primary")
    stay = TEXTS.get("signup.button.withdraw" if is_sure else "signup.button.decline", language)
    return actions(
        *([] if is_sure else [come]),
        button(NOT_GOING, stay, value=name),
        button(CALENDAR, TEXTS.get("card.button.calendar", language), value=name),
    )
