"""What coordinators tell the ecosystem: the texts, where they are posted, and how far they have come."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, time

from knowledge.model.documents import Audience, Language
from knowledge.model.identifiers import AnnouncementId, ChannelId, MemberId
from knowledge.model.members import NOBODY

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The time of what has no time: no deadline, not planned, not done yet."""
NO_ANNOUNCEMENT = AnnouncementId("")


class AnnouncementKind(enum.StrEnum):
    """What is told. DIGEST gathers the week's others."""

    EVENT = "event"
    FUNDING = "funding"
    REPORT = "report"
    NEWSLETTER = "newsletter"
    NEWS = "news"
    DIGEST = "digest"


class AnnouncementState(enum.StrEnum):
    """How far it has come.

    A DRAFT is WAITING while a second coordinator is asked, then APPROVED until its time comes, and PUBLISHED.
    A TEMPLATE is never published itself.
    """

    TEMPLATE = "template"
    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts in one language."""

    language: Language
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something told in several channels and languages; its first wording is the main one.

    `deadline` is what a reader must not miss, NEVER where there is none; of an event, sign-up closes by itself.
    `publish_at` is when it goes out once approved. `revision` rises with everything that changes what its copies show.
    `editor` is whoever changed it last. One that `replaces` another is a change of it that waits to be approved.
    """

    id: AnnouncementId
    kind: AnnouncementKind
    state: AnnouncementState
    author: MemberId
    approver: MemberId
    wordings: tuple[Wording, ...]
    channels: tuple[ChannelId, ...]
    topics: tuple[str, ...]
    audience: Audience
    link: str
    deadline: datetime
    publish_at: datetime
    is_urgent: bool
    revision: int
    made_at: datetime
    editor: MemberId = NOBODY
    replaces: AnnouncementId = NO_ANNOUNCEMENT

    @property
    def title(self) -> str:
        """In the main language."""
        return self.wordings[0].title

    @property
    def is_out(self) -> bool:
        """Whether people have seen it."""
        return self.state in {AnnouncementState.PUBLISHED, AnnouncementState.CANCELLED}

    def wording(self, language: Language) -> Wording:
        """In this language, else the main one."""
        return next((each for each in self.wordings if each.language is language), self.wordings[0])


@dataclass(frozen=True, slots=True)
class Copy:
    """An announcement as it stands in one channel.

    `ts` is empty while it is being posted, since `begun_at`. `revision` is the announcement's that it shows.
    """

    announcement: AnnouncementId
    channel: ChannelId
    ts: str
    revision: int
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """What a channel asks of announcements. In the UNKNOWN language it gets every wording there is."""

    channel: ChannelId
    needs_approval: bool
    language: Language


class LetterKind(enum.StrEnum):
    """What somebody is told privately, once."""

    APPROVAL_ASKED = "approval_asked"
    APPROVED = "approved"
    RETURNED = "returned"
    UNPOSTED = "unposted"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    SIGNED_UP = "signed_up"
    PROMOTED = "promoted"
    OFFERED = "offered"
    OFFER_OVER = "offer_over"
    REMINDER = "reminder"
    FEEDBACK = "feedback"
    RELEVANT = "relevant"
    DIGEST_READY = "digest_ready"
    INQUIRY_REPLY = "inquiry_reply"
    REPLY_CONSENT = "reply_consent"
    CURATE = "curate"
    CURATED = "curated"
    OUTDATED = "outdated"
    SUGGESTED = "suggested"
    CITED_CHANGED = "cited_changed"
    INSIGHTS = "insights"


@dataclass(frozen=True, slots=True)
class Letter:
    """A private message to somebody: written down with what caused it, sent once when `due_at` has come.

    The same thing told has the same `id`. `subject` is the announcement's or the occurrence's id; `details` are
    further plain values, never a person's name. `tried_at` is when sending it began, NEVER before.
    """

    id: str
    to: MemberId
    kind: LetterKind
    subject: str
    details: dict[str, str]
    due_at: datetime
    tries: int = 0
    tried_at: datetime = NEVER
    sent_at: datetime = NEVER


@dataclass(frozen=True, slots=True)
class ReminderWishes:
    """When somebody wants to be reminded: minutes before, the event's own where `is_own` is false.

    Between `quiet_from` and `quiet_until`, in their own zone, nothing is sent; both the same means never quiet.
    """

    person: MemberId
    minutes: tuple[int, ...]
    is_own: bool
    quiet_from: time = time(21)
    quiet_until: time = time(7)
