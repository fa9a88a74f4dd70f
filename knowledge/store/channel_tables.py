"""The SQL tables of channels' manners, of turns, and of the languages that people wish for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables import Base


class MannersRow(Base):
    """How Solmu behaves in a channel; times of day are in ISO form."""

    __tablename__ = "channel_manners"
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    initiative: Mapped[str] = mapped_column(String(16))
    languages: Mapped[list[str]]
    audience: Mapped[str] = mapped_column(String(16))
    quiet_from: Mapped[str] = mapped_column(String(16))
    quiet_until: Mapped[str] = mapped_column(String(16))
    hourly: Mapped[int]


class TurnRow(Base):
    """When a question may be answered."""

    __tablename__ = "turns"
    question: Mapped[str] = mapped_column(String(128), primary_key=True)
    asker: Mapped[str] = mapped_column(String(64), index=True)
    place: Mapped[str] = mapped_column(String(64), index=True)
    due_at: Mapped[datetime] = mapped_column(index=True)


class LanguageRow(Base):
    """In which language somebody wants to be spoken to."""

    __tablename__ = "language_wishes"
    member: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
