"""The form of an announcement: what is needed first, everything else where it is asked for."""

from __future__ import annotations

from bot.blocks.draft_fields import (
    CHANNELS,
    DAY,
    DEADLINE,
    EDIT,
    ENDS,
    KIND,
    LINK,
    MEETING,
    MORE,
    PLACE,
    SAVE,
    STARTS,
    TOLD_KINDS,
    Origin,
)
from bot.blocks.draft_form_more import further_fields, text_fields
from bot.blocks.elements import TEXTS, Block
from bot.blocks.forms import Choice, actions, button, field, menu, modal, text_input
from bot.blocks.pickers import channels_picker, day_picker, time_picker
from knowledge.events.drafts import LONGEST_LINK, LONGEST_PLACE, MOST_CHANNELS, NO_DAY, NO_MOMENT, NO_TIME, Draft
from knowledge.model import Language


def draft_modal(draft: Draft, origin: Origin) -> Block:
    """The form with what is filled in so far."""
    language = origin.language
    first = _event_fields(draft, language) if origin.is_event else _news_fields(draft, language)
    more = [actions(button(MORE, TEXTS.get("draft.more", language)))]
    what = "event" if origin.is_event else "news"
    mode = "edit" if origin.mode == EDIT else "new"
    return modal(
        SAVE,
        TEXTS.get(f"draft.window.{mode}_{what}", language),
        [
            *text_fields(draft, origin.lead, language, needed=True),
            *first,
            _channels_field(draft, language),
            *(further_fields(draft, origin) if origin.is_whole else more),
        ],
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("draft.preview", language),
        metadata=origin.packed(),
    )


def _event_fields(draft: Draft, language: Language) -> list[Block]:
    [held] = draft.held
    is_set = held.starts != NO_MOMENT
    day, starts = (held.starts.date(), held.starts.time()) if is_set else (NO_DAY, NO_TIME)
    ends = held.ends.time() if held.ends != NO_MOMENT else NO_TIME
    return [
        field(DAY, TEXTS.get("draft.form.day", language), day_picker(day), needed=True),
        field(STARTS, TEXTS.get("draft.form.starts", language), time_picker(starts), needed=True),
        field(ENDS, TEXTS.get("draft.form.ends", language), time_picker(ends), needed=True),
        field(PLACE, TEXTS.get("draft.form.place", language), text_input(held.place, LONGEST_PLACE)),
        field(
            MEETING,
            TEXTS.get("draft.form.meeting", language),
            text_input(held.meeting_link, LONGEST_LINK),
            hint=TEXTS.get("draft.hint.meeting", language),
        ),
    ]


def _news_fields(draft: Draft, language: Language) -> list[Block]:
    kinds = [Choice(each.value, TEXTS.get(f"draft.kind.{each.value}", language)) for each in TOLD_KINDS]
    label = TEXTS.get("draft.form.kind", language)
    # What is told of another kind stays of it.
    chosen = [field(KIND, label, menu(kinds, draft.kind.value, label), needed=True)]
    return [
        *(chosen if draft.kind in TOLD_KINDS else []),
        field(LINK, TEXTS.get("draft.form.link", language), text_input(draft.link, LONGEST_LINK)),
        field(
            DEADLINE,
            TEXTS.get("draft.form.deadline", language),
            day_picker(draft.deadline),
            hint=TEXTS.get("draft.hint.deadline", language),
        ),
    ]


def _channels_field(draft: Draft, language: Language) -> Block:
    return field(
        CHANNELS,
        TEXTS.get("draft.form.channels", language),
        channels_picker(draft.channels, MOST_CHANNELS),
        hint=TEXTS.get("draft.hint.channels", language),
        needed=True,
    )
