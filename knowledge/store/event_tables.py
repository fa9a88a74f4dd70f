"""The SQL tables of announcements, events, sign-ups, letters and calendar feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables import Base


class AnnouncementRow(Base):
    """An announcement; `data` is all of it, the columns beside are what is searched and counted."""

    __tablename__ = "announcements"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    made_at: Mapped[datetime]
    revision: Mapped[int]
    shown_revision: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class CopyRow(Base):
    """An announcement in a channel."""

    __tablename__ = "copies"
    announcement: Mapped[str] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32))
    revision: Mapped[int]
    begun_at: Mapped[datetime]


class ChannelRuleRow(Base):
    """What a channel asks of announcements."""

    __tablename__ = "channel_rules"
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    needs_approval: Mapped[bool]
    language: Mapped[str] = mapped_column(String(8))


class EventRow(Base):
    """An event; `data` is all of it."""

    __tablename__ = "events"
    id: Mapped[str] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class OccurrenceRow(Base):
    """One time that an event is held; `slot` is a wall-clock time in ISO form."""

    __tablename__ = "occurrences"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    slot: Mapped[str] = mapped_column(String(32))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str]
    meeting_link: Mapped[str]
    is_cancelled: Mapped[bool]
    sequence: Mapped[int]
    changed_at: Mapped[datetime]


class SignUpRow(Base):
    """What somebody said about an occurrence."""

    __tablename__ = "sign_ups"
    occurrence: Mapped[str] = mapped_column(ForeignKey("occurrences.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    attendance: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]
    since: Mapped[datetime]
    offered_until: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str]
    is_visible: Mapped[bool]
    wants_to_meet: Mapped[bool]


class FeedbackRow(Base):
    """What somebody thought of an occurrence."""

    __tablename__ = "feedback"
    occurrence: Mapped[str] = mapped_column(ForeignKey("occurrences.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    rating: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime]


class FeedRow(Base):
    """A calendar feed."""

    __tablename__ = "feeds"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    scope: Mapped[str] = mapped_column(String(16))
    topic: Mapped[str]
    made_at: Mapped[datetime]


class LetterRow(Base):
    """A private message that is to be sent."""

    __tablename__ = "letters"
    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    to: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(64), index=True)
    details: Mapped[dict[str, str]]
    due_at: Mapped[datetime]
    tries: Mapped[int]
    tried_at: Mapped[datetime]
    sent_at: Mapped[datetime] = mapped_column(index=True)


class ReminderWishesRow(Base):
    """When somebody wants to be reminded; times of day in ISO form."""

    __tablename__ = "reminder_wishes"
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    minutes: Mapped[list[int]] = mapped_column(JSON)
    is_own: Mapped[bool]
    quiet_from: Mapped[str] = mapped_column(String(16))
    quiet_until: Mapped[str] = mapped_column(String(16))


class LeaseRow(Base):
    """Work that one process does at a time."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]
