"""What can be filled in of an announcement beside what is needed: other languages, sign-up, repetition and more."""

from __future__ import annotations

from bot.blocks.draft_fields import (
    AUDIENCE,
    CLOSES_AT,
    CLOSES_ON,
    DEADLINE_AT,
    HOLIDAYS,
    LAST_DAY,
    MATERIALS,
    ORGANISER,
    OTHER_ZONE,
    QUESTION,
    REMINDER_MINUTES,
    REMINDERS,
    REPEATS,
    RULES,
    SEATS,
    SPOKEN,
    TOPICS,
    UNTIL,
    URGENT,
    ZONE,
    Origin,
    rule_name,
)
from bot.blocks.elements import TEXTS, Block
from bot.blocks.forms import Choice, checkboxes, field, menu, text_input
from bot.blocks.pickers import day_picker, time_picker
from knowledge.events.drafts import (
    LONGEST_ORGANISER,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_MATERIALS,
    NO_DAY,
    ZONES,
    Draft,
    EventDraft,
    text_of,
    title_of,
)
from knowledge.members.drafts import LONGEST_TOPIC, MOST_TOPICS
from knowledge.model import Audience, Language, Wording

YES = "yes"
LONGEST_ZONE = 60
LONGEST_MATERIALS = 3000
LONGEST_SEATS = 6


def text_fields(draft: Draft, which: Language, language: Language, *, needed: bool = False) -> list[Block]:
    """The title and the text in one language."""
    wording = next((each for each in draft.wordings if each.language is which), Wording(which, "", ""))
    title, text = title_of(which), text_of(which)
    return [
        field(
            title,
            TEXTS.get(f"draft.form.{title}", language),
            text_input(wording.title, LONGEST_TITLE),
            needed=needed,
        ),
        field(
            text,
            TEXTS.get(f"draft.form.{text}", language),
            text_input(wording.text, LONGEST_TEXT, is_long=True),
            needed=needed,
        ),
    ]


def further_fields(draft: Draft, origin: Origin) -> list[Block]:
    """Everything that the first part of the form leaves out."""
    language = origin.language
    others = [each for each in SPOKEN if each is not origin.lead]
    texts = [block for each in others for block in text_fields(draft, each, language)]
    held = [block for each in draft.held for block in _held_fields(each, language)]
    return [*texts, *held, *_reach_fields(draft, language)]


def _held_fields(held: EventDraft, language: Language) -> list[Block]:
    return [
        *_time_fields(held, language),
        *_rule_fields(held, language),
        *_sign_up_fields(held, language),
        _field(ORGANISER, text_input(held.organiser, LONGEST_ORGANISER), language),
        _reminders(held, language),
        _hinted(MATERIALS, text_input(_lines(held), LONGEST_MATERIALS, is_long=True), language),
    ]


def _time_fields(held: EventDraft, language: Language) -> list[Block]:
    known = held.zone in ZONES
    last_day = held.ends.date() if held.ends.date() != held.starts.date() else NO_DAY
    zones = [Choice(each, each) for each in ZONES]
    return [
        _hinted(LAST_DAY, day_picker(last_day), language),
        _field(ZONE, menu(zones, held.zone if known else "", TEXTS.get("draft.form.zone", language)), language),
        _hinted(OTHER_ZONE, text_input("" if known else held.zone, LONGEST_ZONE), language),
    ]


def _rule_fields(held: EventDraft, language: Language) -> list[Block]:
    rule = held.recurrence
    rules = [Choice(each, TEXTS.get(f"draft.rule.{each.replace(':', '_')}", language)) for each in RULES]
    skips = Choice(YES, TEXTS.get("draft.holidays", language))
    return [
        _field(REPEATS, menu(rules, rule_name(rule), TEXTS.get("draft.form.repeats", language)), language),
        _field(UNTIL, day_picker(rule.until), language),
        _field(HOLIDAYS, checkboxes([skips], [YES] if rule.skips_holidays else []), language),
    ]


def _sign_up_fields(held: EventDraft, language: Language) -> list[Block]:
    return [
        _hinted(SEATS, text_input(held.seats, LONGEST_SEATS), language),
        _hinted(CLOSES_ON, day_picker(held.closes_on), language),
        _field(CLOSES_AT, time_picker(held.closes_at), language),
        _hinted(QUESTION, text_input(held.question, LONGEST_QUESTION), language),
    ]


def _reminders(held: EventDraft, language: Language) -> Block:
    choices = [Choice(str(each), TEXTS.get(f"draft.reminder.{each}", language)) for each in REMINDER_MINUTES]
    return _field(REMINDERS, checkboxes(choices, {str(each) for each in held.reminders}), language)


def _reach_fields(draft: Draft, language: Language) -> list[Block]:
    audiences = [Choice(each.value, TEXTS.get(f"draft.audience.{each.value}", language)) for each in Audience]
    topics = text_input(", ".join(draft.topics), MOST_TOPICS * (LONGEST_TOPIC + 2))
    urgent = Choice(YES, TEXTS.get("draft.urgent", language), TEXTS.get("draft.urgent_about", language))
    deadline = [] if draft.held else [_field(DEADLINE_AT, time_picker(draft.deadline_at), language)]
    return [
        *deadline,
        _field(AUDIENCE, menu(audiences, draft.audience.value, TEXTS.get("draft.form.audience", language)), language),
        _hinted(TOPICS, topics, language),
        _field(URGENT, checkboxes([urgent], [YES] if draft.is_urgent else []), language),
    ]


def _lines(held: EventDraft) -> str:
    return "\n".join(f"{each.title} {each.url}".strip() for each in held.materials[:MOST_MATERIALS])


def _field(name: str, element: Block, language: Language) -> Block:
    return field(name, TEXTS.get(f"draft.form.{name}", language), element)


def _hinted(name: str, element: Block, language: Language) -> Block:
    hint = TEXTS.get(f"draft.hint.{name}", language)
    return field(name, TEXTS.get(f"draft.form.{name}", language), element, hint=hint)
