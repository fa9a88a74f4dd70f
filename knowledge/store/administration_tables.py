"""The SQL tables of what admins look after: schedules, replaced documents, indexers, and what answers cited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables import Base, BigId


class SourceCareRow(Base):
    """How a source fares, and when it is read by itself."""

    __tablename__ = "source_care"
    source: Mapped[str] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    schedule: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[datetime] = mapped_column(index=True)
    synced_at: Mapped[datetime]
    trouble: Mapped[str]


class IndexerRow(Base):
    """An indexer that waits for runs, and when it last said that it is there."""

    __tablename__ = "indexers"
    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    seen_at: Mapped[datetime]


class ReplacementRow(Base):
    """That one document replaces another."""

    __tablename__ = "replacements"
    old: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    new: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class CitedPassageRow(Base):
    """That an answer cited a passage; `is_told` once admins were told that the passage is there no longer."""

    __tablename__ = "cited_passages"
    question: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    passage: Mapped[int] = mapped_column(BigId, primary_key=True, index=True)
    is_told: Mapped[bool]
