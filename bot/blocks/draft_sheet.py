"""One announcement before a coordinator: exactly as people see it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.blocks.cards import card
from bot.blocks.company import ATTENDANCE
from bot.blocks.elements import TEXTS, Block, channel_name, divider, line, paragraph, rich, words
from bot.blocks.feedback import summary_button
from bot.blocks.forms import actions, button, confirmation, modal
from bot.blocks.times import moment, spoken
from knowledge.events.boards import Sight
from knowledge.events.scenes import Scene
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import (
    Announcement,
    AnnouncementState,
    ChannelId,
    ChannelRule,
    Language,
    OccurrenceId,
)

SHEET = "draft_sheet"
PREFIX = "draft_"
OPEN, PUBLISH, SCHEDULE, CHANGE, TEMPLATE = "draft_open", "draft_publish", "draft_schedule", "draft_edit", "draft_keep"
REMOVE, TAKE_BACK, APPROVE, RETURN = "draft_remove", "draft_take_back", "draft_approve", "draft_return"
USE, CANCEL, DATES = "draft_copy", "draft_cancel", "draft_dates"
"""Actions; their value is the announcement's id, of APPROVE and RETURN with the revision that is seen."""
MOST_IN_VIEW = 100


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: in which language, and whether they are a second pair of eyes for it."""

    language: Language
    may_approve: bool


def sheet(sight: Sight, rules: Sequence[ChannelRule], reader: Reader, note: str = "") -> Block:
    """The window of an announcement; `note` tells what was just done."""
    language = reader.language
    told = [paragraph(note)] if note else []
    # The buttons before the preview: a long one would hide them.
    seen = [*told, paragraph(state_text(sight, language)), *buttons(sight, reader), *previews(sight, rules, language)]
    return modal(
        SHEET,
        TEXTS.get("draft.window.sheet", language),
        seen[:MOST_IN_VIEW],
        close=TEXTS.get("form.close", language),
    )


def told_modal(note: str, language: Language) -> Block:
    """A window with one sentence."""
    title = TEXTS.get("draft.window.sheet", language)
    return modal(SHEET, title, [paragraph(note)], close=TEXTS.get("form.close", language))


def previews(sight: Sight, rules: Sequence[ChannelRule], language: Language) -> list[Block]:
    """The card as it stands in each of the channels, once for those in which it is the same."""
    blocks: list[Block] = []
    for languages, channels in _groups(sight.announcement, rules).items():
        blocks += [divider(), channels_line(channels, language), *card(sight.scene, languages).blocks]
    return blocks


def channels_line(channels: Sequence[ChannelId], language: Language) -> Block:
    """Where it stands, or will."""
    names = [piece for each in channels for piece in (words(" "), channel_name(each))]
    return rich(line(words(TEXTS.get("draft.sheet.channels", language), italic=True), *names))


def state_text(sight: Sight, language: Language) -> str:
    """How far it has come."""
    announcement = sight.announcement
    if sight.has_change:
        return TEXTS.get("draft.state.changing", language)
    is_planned = announcement.state is AnnouncementState.APPROVED
    state = "changed" if announcement.replaces and not is_planned else announcement.state.value
    when = moment(announcement.publish_at, HOME_ZONE, language) if _has_time(announcement) else ""
    return TEXTS.get(f"draft.state.{state}", language, when=when)


def approval_buttons(announcement: Announcement, language: Language) -> list[Block]:
    """What a second coordinator says about it as it is seen."""
    value = f"{announcement.id}:{announcement.revision}"
    return [
        button(APPROVE, TEXTS.get("draft.button.approve", language), value=value, style="primary"),
        button(RETURN, TEXTS.get("draft.button.return", language), value=value),
    ]


def buttons(sight: Sight, reader: Reader) -> list[Block]:
    """Everything that can be done about it now."""
    announcement, language = sight.announcement, reader.language
    offered = {
        AnnouncementState.DRAFT: (SCHEDULE, CHANGE, TEMPLATE, REMOVE),
        AnnouncementState.WAITING: (TAKE_BACK, CHANGE),
        AnnouncementState.APPROVED: (PUBLISH, SCHEDULE, CHANGE, TAKE_BACK),
        AnnouncementState.PUBLISHED: (CHANGE, DATES, USE, TEMPLATE, CANCEL),
        AnnouncementState.CANCELLED: (USE,),
        AnnouncementState.TEMPLATE: (USE, CHANGE, REMOVE),
    }[announcement.state]
    first: list[Block] = []
    if announcement.state is AnnouncementState.DRAFT:
        name = "draft.button.ask" if sight.is_approved_first else "draft.button.publish"
        first = [_button(PUBLISH, TEXTS.get(name, language), announcement) | {"style": "primary"}]
    if announcement.state is AnnouncementState.WAITING and reader.may_approve:
        first = approval_buttons(announcement, language)
    rest = [each for action in offered for each in _offer(action, sight, language)]
    return [actions(*first, *rest, *_attendance(sight, language)), *_held_last(sight, language)]


def _offer(action: str, sight: Sight, language: Language) -> list[Block]:
    announcement = sight.announcement
    if (action == DATES and not _has_dates(sight.scene)) or (action == CANCEL and _is_held(sight.scene)):
        return []
    if action in {REMOVE, CANCEL}:
        asked = confirmation("draft_remove" if action == REMOVE else "draft_cancel", language)
        text = TEXTS.get(f"draft.button.{action.removeprefix(PREFIX)}", language)
        return [button(action, text, value=announcement.id, style="danger", confirm=asked)]
    return [_button(action, TEXTS.get(f"draft.button.{action.removeprefix(PREFIX)}", language), announcement)]


def _button(action: str, text: str, announcement: Announcement) -> Block:
    return button(action, text, value=announcement.id)


def _has_dates(scene: Scene) -> bool:
    """Whether there are any that can be moved or cancelled: one that has begun cannot."""
    return any(each.occurrence.starts_at > scene.now for gathering in scene.gatherings for each in gathering.coming)


def _is_held(scene: Scene) -> bool:
    """Whether there is nothing left of an event to cancel."""
    return any(not gathering.coming and not gathering.called_off for gathering in scene.gatherings)


def _attendance(sight: Sight, language: Language) -> list[Block]:
    """Who comes to what is next; of an event that is over who came, and what they thought of it."""
    if not sight.announcement.is_out or not sight.scene.gatherings:
        return []
    gathering = sight.scene.gatherings[0]
    if gathering.coming:
        return [_attendance_button(gathering.shown.occurrence.id, language)]
    last = gathering.last.occurrence
    asked = [summary_button(last.id, language)] if last.ends_at <= sight.scene.now and not last.is_cancelled else []
    return [_attendance_button(last.id, language), *asked]


def _held_last(sight: Sight, language: Language) -> list[Block]:
    """The same of the last date of a series that goes on: a row of its own, under the words that tell which it is."""
    for gathering in sight.scene.gatherings if sight.announcement.is_out else ():
        last = gathering.last.occurrence
        if gathering.coming and last.ends_at <= sight.scene.now and not last.is_cancelled:
            when = moment(last.starts_at, gathering.event.zone, language)
            told = rich(line(words(TEXTS.get("draft.sheet.held", language, when=when), bold=True)))
            return [told, actions(_attendance_button(last.id, language), summary_button(last.id, language))]
    return []


def _attendance_button(occurrence: OccurrenceId, language: Language) -> Block:
    return button(ATTENDANCE, TEXTS.get("draft.button.attendance", language), value=occurrence)


def _has_time(announcement: Announcement) -> bool:
    return announcement.state in {AnnouncementState.APPROVED, AnnouncementState.PUBLISHED}


def _groups(
    announcement: Announcement, rules: Sequence[ChannelRule]
) -> Mapping[tuple[Language, ...], Sequence[ChannelId]]:
    asked = {rule.channel: rule.language for rule in rules}
    every = tuple(spoken(each.language) for each in announcement.wordings)
    groups: dict[tuple[Language, ...], list[ChannelId]] = {}
    for channel in announcement.channels:
        own = asked.get(channel, Language.UNKNOWN)
        groups.setdefault(every if own is Language.UNKNOWN else (own,), []).append(channel)
    return groups
