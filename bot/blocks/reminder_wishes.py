"""When somebody wants to be reminded of events: the form, and the buttons that open it and the calendar's."""

from __future__ import annotations

from datetime import time

from bot.blocks import calendar_feeds
from bot.blocks.elements import TEXTS, Block, header, paragraph
from bot.blocks.forms import Choice, actions, button, checkboxes, field, menu, modal
from knowledge.model import Language, MemberId, ReminderWishes

OPEN, KEEP = "reminder_open", "reminder_keep"
MODE, OFFSETS = "reminder_mode", "reminder_offsets"
QUIET_FROM, QUIET_UNTIL = "reminder_quiet_from", "reminder_quiet_until"
USUAL, OWN, NONE = "usual", "own", "none"
CHOICES = (14 * 24 * 60, 7 * 24 * 60, 3 * 24 * 60, 24 * 60, 3 * 60, 60, 15, 5)
"""Minutes before an event that can be chosen."""
PRESELECTED = (24 * 60, 15)


def wishes_modal(wishes: ReminderWishes, language: Language) -> Block:
    """The form, as it was filled in last."""
    modes = [Choice(mode, TEXTS.get(f"reminder.mode.{mode}", language)) for mode in (USUAL, OWN, NONE)]
    offsets = [Choice(str(minutes), TEXTS.get(f"reminder.before.{minutes}", language)) for minutes in CHOICES]
    ticked = {str(minutes) for minutes in wishes.minutes or PRESELECTED}
    hint = TEXTS.get("reminder.quiet.hint", language)
    blocks = [
        paragraph(TEXTS.get("reminder.about", language)),
        field(
            MODE,
            TEXTS.get("reminder.mode", language),
            menu(modes, _mode(wishes), TEXTS.get("reminder.mode", language)),
            needed=True,
        ),
        field(OFFSETS, TEXTS.get("reminder.offsets", language), checkboxes(offsets, ticked)),
        field(QUIET_FROM, TEXTS.get("reminder.quiet.from", language), _clock(wishes.quiet_from)),
        field(QUIET_UNTIL, TEXTS.get("reminder.quiet.until", language), _clock(wishes.quiet_until), hint=hint),
    ]
    close, submit = TEXTS.get("reminder.close", language), TEXTS.get("reminder.keep", language)
    return modal(KEEP, TEXTS.get("reminder.title", language), blocks, close=close, submit=submit)


def wishes_from(
    person: MemberId, mode: str, offsets: tuple[str, ...], quiet_from: time, quiet_until: time
) -> ReminderWishes:
    """What the form says; without both ends there are no quiet hours."""
    chosen = tuple(minutes for minutes in CHOICES if str(minutes) in offsets) if mode == OWN else ()
    if time.max in {quiet_from, quiet_until}:
        quiet_from = quiet_until = time.min
    return ReminderWishes(person, chosen, mode in {OWN, NONE}, quiet_from, quiet_until)


def home_section(language: Language, *, can_subscribe: bool) -> list[Block]:
    """What stands on the Home tab about one's calendar and reminders."""
    subscribe = button(calendar_feeds.OPEN, TEXTS.get("calendar.home.subscribe", language))
    remind = button(OPEN, TEXTS.get("reminder.home", language))
    return [
        header(TEXTS.get("calendar.home", language)),
        actions(*([subscribe] if can_subscribe else []), remind),
    ]


def _mode(wishes: ReminderWishes) -> str:
    if not wishes.is_own:
        return USUAL
    return OWN if wishes.minutes else NONE


def _clock(chosen: time) -> Block:
    return {"type": "timepicker", "initial_time": f"{chosen:%H:%M}"}
