"""How Solmu behaves in channels: what was set, and the form for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.blocks.elements import TEXTS, Block, bullets, channel_name, line, paragraph, rich, words
from bot.blocks.forms import Choice, actions, checkboxes, field, menu, modal
from bot.blocks.pickers import channel_picker, time_picker
from bot.blocks.profile import LANGUAGE_NAMES
from knowledge.model import NEVER_QUIET, Audience, ChannelId, Initiative, Language, Manners

OPEN, PICK, KEEP = "manners_open", "manners_pick", "manners_keep"
"""What opens the window, what chooses a channel in it, and the window once submitted."""
INITIATIVE, LANGUAGES, AUDIENCE, HOURLY = "initiative", "languages", "audience", "hourly"
QUIET_FROM, QUIET_UNTIL = "quiet_from", "quiet_until"
AS_SET = 0
HOURLY_CHOICES = (AS_SET, 5, 10, 20, 50, 100)
AUDIENCES = (Audience.MEMBERS, Audience.PUBLIC)
"""Wider ones cannot be: whoever reads a channel decides first."""


def manners_modal(known: Sequence[Manners], chosen: ChannelId | None, language: Language) -> Block:
    """What was set so far and a channel to choose; with a chosen one its form."""
    label = TEXTS.get("draft.form.channel", language)
    picker = channel_picker(label) | {"action_id": PICK}
    if chosen:
        picker |= {"initial_conversation": chosen}
    blocks = [
        paragraph(TEXTS.get("channels.about", language)),
        *([rich(bullets(*(_told(each, language) for each in known)))] if known else []),
        actions(picker),
    ]
    if chosen:
        current = next((each for each in known if each.channel == chosen), Manners(chosen))
        blocks += _fields(current, language)
    return modal(
        KEEP,
        TEXTS.get("channels.title", language),
        blocks,
        close=TEXTS.get("form.close", language),
        submit=TEXTS.get("form.save", language) if chosen else "",
        metadata=chosen or "",
    )


def _fields(current: Manners, language: Language) -> list[Block]:
    initiatives = [Choice(each.value, TEXTS.get(f"channels.initiative.{each.value}", language)) for each in Initiative]
    languages = [Choice(each.value, name) for each, name in LANGUAGE_NAMES.items()]
    audiences = [Choice(each.value, TEXTS.get(f"channels.audience.{each.value}", language)) for each in AUDIENCES]
    as_set = TEXTS.get("channels.hourly.as_set", language)
    numbers = [Choice(str(each), str(each) if each else as_set) for each in _numbers(current.hourly)]
    named = {
        name: TEXTS.get(f"channels.{name}", language)
        for name in (INITIATIVE, LANGUAGES, AUDIENCE, QUIET_FROM, QUIET_UNTIL, HOURLY)
    }
    # Named by the channel: Slack would show another channel's values in fields of the same name.
    return [
        _field(INITIATIVE, current, named, menu(initiatives, current.initiative.value, named[INITIATIVE]), needed=True),
        _field(
            LANGUAGES,
            current,
            named,
            checkboxes(languages, [each.value for each in current.languages]),
            hint=TEXTS.get("channels.languages.hint", language),
        ),
        _field(AUDIENCE, current, named, menu(audiences, current.audience.value, named[AUDIENCE]), needed=True),
        _field(QUIET_FROM, current, named, time_picker(_shown(current.quiet_from, current))),
        _field(
            QUIET_UNTIL,
            current,
            named,
            time_picker(_shown(current.quiet_until, current)),
            hint=TEXTS.get("channels.quiet.hint", language),
        ),
        _field(HOURLY, current, named, menu(numbers, str(current.hourly), named[HOURLY]), needed=True),
    ]


def block_of(name: str, channel: ChannelId) -> str:
    """The id of a field's block in the form of a channel."""
    return f"{name}:{channel}"


def _field(
    name: str, current: Manners, named: dict[str, str], element: Block, *, hint: str = "", needed: bool = False
) -> Block:
    return field(block_of(name, current.channel), named[name], element, hint=hint, needed=needed)


def _numbers(current: int) -> list[int]:
    return sorted({*HOURLY_CHOICES, current})


def _shown(end: time, manners: Manners) -> time:
    return time.max if manners.quiet_from == manners.quiet_until == NEVER_QUIET else end


def _told(manners: Manners, language: Language) -> Block:
    told = [TEXTS.get(f"channels.initiative.{manners.initiative.value}", language)]
    if manners.languages:
        told.append("/".join(each.value for each in manners.languages))
    if manners.audience is Audience.PUBLIC:
        told.append(TEXTS.get("channels.audience.public", language))
    if manners.quiet_from != manners.quiet_until:
        told.append(f"{manners.quiet_from:%H:%M}–{manners.quiet_until:%H:%M}")
    if manners.hourly:
        told.append(TEXTS.get("channels.told.hourly", language, number=manners.hourly))
    return line(channel_name(manners.channel), words(f": {', '.join(told)}"))
