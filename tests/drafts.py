"""Drafts as coordinators fill them in."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from knowledge.events.drafts import Draft, EventDraft
from knowledge.events.pending import form_mark
from knowledge.model import AnnouncementId, AnnouncementKind, ChannelId, Language, Wording
from knowledge.store import Store

C1, C2 = ChannelId("C1"), ChannelId("C2")
TITLE, TEXT = "Tekoälyaamu", "Kahvia ja tekoälyä."


def held(starts: str = "2026-12-09T08:30", ends: str = "2026-12-09T09:30", **changes: object) -> EventDraft:
    """An hour on a Wednesday morning in Helsinki."""
    made = EventDraft(datetime.fromisoformat(starts), datetime.fromisoformat(ends), place="Valimotie 1, Helsinki")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def event_draft(starts: str = "2026-12-09T08:30", ends: str = "2026-12-09T09:30", **changes: object) -> Draft:
    """The draft of an event in one channel; `changes` are the event's own."""
    return draft(kind=AnnouncementKind.EVENT, held=(held(starts, ends, **changes),))


def draft(**changes: object) -> Draft:
    """The draft of news in one channel."""
    made = Draft(AnnouncementKind.NEWS, (Wording(Language.FI, TITLE, TEXT),), (C1,))
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def began(store: Store, name: AnnouncementId) -> str:
    """The mark that its form carries where it is opened now."""
    with store.reading() as work:
        return form_mark(work, work.announcements.get(name))
