"""The small forms about an announcement: when it goes out, why it is returned, and what becomes of one date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.blocks.draft_fields import DAY, ENDS, LAST_DAY, PLACE, STARTS
from bot.blocks.draft_sheet import DATES
from bot.blocks.elements import TEXTS, Block, bullets, channel_name, line, paragraph, rich, words
from bot.blocks.forms import Choice, actions, button, checkboxes, confirmation, field, menu, modal, text_input
from bot.blocks.manners import OPEN as MANNERS
from bot.blocks.pickers import channel_picker, day_picker, moment_picker, time_picker
from bot.blocks.profile import LANGUAGE_NAMES
from bot.blocks.times import span
from bot.blocks.turning import first_of, turns
from knowledge.events.changing_one import date_mark
from knowledge.events.drafts import LONGEST_PLACE, LONGEST_TEXT, NO_DAY
from knowledge.events.schedule import wall_clock
from knowledge.model import ChannelRule, Event, Language, Occurrence, OccurrenceId

SCHEDULED, RETURNED, MOVED, RULED = "draft_scheduled", "draft_returned", "draft_moved", "draft_ruled"
"""The windows, once submitted."""
AT, COMMENT, CHANNEL, SPEAKS, ASKS = "at", "comment", "channel", "speaks", "asks"
MOVE, CANCEL_ONE = "draft_move", "draft_cancel_one"
"""Actions about one date; their value is the occurrence's id."""
YES = "yes"
MOST_DATES = 30


def schedule_modal(name: str, now: datetime, language: Language) -> Block:
    """When it is to go out; the next full hour to begin with."""
    soon = (now + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    label = TEXTS.get("draft.form.at", language)
    return _window(SCHEDULED, [field(AT, label, moment_picker(soon), needed=True)], name, language)


def return_modal(name: str, language: Language) -> Block:
    """What is to be changed before it can be approved. `name` is the id with the revision that was seen."""
    written = text_input("", LONGEST_TEXT, is_long=True)
    hint = TEXTS.get("draft.hint.comment", language)
    asked = field(COMMENT, TEXTS.get("draft.form.comment", language), written, hint=hint, needed=True)
    return _window(RETURNED, [asked], name, language)


def dates_modal(event: Event, coming: Sequence[Occurrence], language: Language, skipped: int = 0) -> Block:
    """The dates that can still be moved or cancelled, each alone; of many, those after the `skipped` first ones."""
    first, count = first_of(skipped, len(coming), MOST_DATES), len(coming)
    rows = [block for each in coming[first : first + MOST_DATES] for block in _date(event, each, language)]
    told = paragraph(TEXTS.get("draft.dates.about", language))
    title = TEXTS.get("draft.window.dates", language)
    turning = turns(DATES, event.id, first, count=count, size=MOST_DATES, language=language)
    return modal(DATES, title, [told, *rows, *turning], close=TEXTS.get("form.close", language))


def move_modal(event: Event, occurrence: Occurrence, language: Language) -> Block:
    """When and where one of them is to be held."""
    starts = wall_clock(occurrence.starts_at, event.zone)
    ends = wall_clock(occurrence.ends_at, event.zone)
    last_day = ends.date() if ends.date() != starts.date() else NO_DAY
    fields = [
        paragraph(_span(event, occurrence, language)),
        field(DAY, TEXTS.get("draft.form.day", language), day_picker(starts.date()), needed=True),
        field(STARTS, TEXTS.get("draft.form.starts", language), time_picker(starts.time()), needed=True),
        field(ENDS, TEXTS.get("draft.form.ends", language), time_picker(ends.time()), needed=True),
        field(LAST_DAY, TEXTS.get("draft.form.last_day", language), day_picker(last_day)),
        field(
            PLACE, TEXTS.get("draft.form.place", language), text_input(occurrence.place or event.place, LONGEST_PLACE)
        ),
    ]
    return _window(MOVED, fields, f"{occurrence.id}:{date_mark(event, occurrence)}", language)


def to_be_moved(metadata: object) -> tuple[OccurrenceId, str]:
    """Which date the form was about, and the mark of what it showed; none in a form of an earlier version."""
    name, _, began = str(metadata).partition(":")
    return OccurrenceId(name), began


def rules_modal(rules: Sequence[ChannelRule], language: Language) -> Block:
    """What channels ask, and one of them to be changed."""
    languages = [Choice(Language.UNKNOWN.value, TEXTS.get("draft.rules.all_languages", language))]
    languages += [Choice(each.value, name) for each, name in LANGUAGE_NAMES.items()]
    asks = Choice(YES, TEXTS.get("draft.rules.asks", language), TEXTS.get("draft.rules.asks_about", language))
    speaks = TEXTS.get("draft.form.speaks", language)
    channel = TEXTS.get("draft.form.channel", language)
    fields = [
        paragraph(TEXTS.get("draft.rules.about", language)),
        *([rich(bullets(*(_rule(each, language) for each in rules)))] if rules else []),
        actions(button(MANNERS, TEXTS.get("channels.button", language))),
        field(CHANNEL, channel, channel_picker(channel), needed=True),
        field(SPEAKS, speaks, menu(languages, Language.UNKNOWN.value, speaks), needed=True),
        field(ASKS, TEXTS.get("draft.form.asks", language), checkboxes([asks], [])),
    ]
    return _window(RULED, fields, "", language)


def _window(name: str, fields: Sequence[Block], about: str, language: Language) -> Block:
    return modal(
        name,
        TEXTS.get(f"draft.window.{name.removeprefix('draft_')}", language),
        fields,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("form.save", language),
        metadata=about,
    )


def _date(event: Event, occurrence: Occurrence, language: Language) -> list[Block]:
    asked = confirmation("draft_cancel_one", language)
    cancel = TEXTS.get("draft.button.cancel_one", language)
    return [
        rich(line(words(_span(event, occurrence, language), bold=True))),
        actions(
            button(MOVE, TEXTS.get("draft.button.move", language), value=occurrence.id),
            button(CANCEL_ONE, cancel, value=occurrence.id, style="danger", confirm=asked),
        ),
    ]


def _span(event: Event, occurrence: Occurrence, language: Language) -> str:
    return span(occurrence.starts_at, occurrence.ends_at, event.zone, language)


def _rule(rule: ChannelRule, language: Language) -> Block:
    all_languages = TEXTS.get("draft.rules.all_languages", language)
    told = [LANGUAGE_NAMES.get(rule.language, all_languages)]
    if rule.needs_approval:
        told.append(TEXTS.get("draft.rules.asks", language))
    return line(channel_name(rule.channel), words(f": {', '.join(told)}"))
