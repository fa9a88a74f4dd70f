"""The SQL tables of ratings, questions to the network, and curated answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables import Base


class GivenAnswerRow(Base):
    """What an answer was made of; `data` is all of it."""

    __tablename__ = "given_answers"
    question: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class AnswerRatingRow(Base):
    """What somebody thinks of an answer."""

    __tablename__ = "answer_ratings"
    question: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    complaint: Mapped[str] = mapped_column(String(16))
    words: Mapped[str]
    at: Mapped[datetime]


class InquiryRow(Base):
    """A question to the network; `data` is all of it, the columns beside are what is searched."""

    __tablename__ = "inquiries"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asker: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    made_at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class InquiryReplyRow(Base):
    """A reply in an inquiry's thread."""

    __tablename__ = "inquiry_replies"
    inquiry: Mapped[str] = mapped_column(ForeignKey("inquiries.id", ondelete="CASCADE"), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    author: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str]
    at: Mapped[datetime]


class CuratedAnswerRow(Base):
    """A person's answer; `data` is all of it."""

    __tablename__ = "curated_answers"
    inquiry: Mapped[str] = mapped_column(ForeignKey("inquiries.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(String(64), index=True)
    is_approved: Mapped[bool]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
