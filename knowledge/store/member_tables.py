"""The SQL tables of organisations, members and introductions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables import Base


class OrganisationRow(Base):
    """A member organisation; `key` is its name as it is compared."""

    __tablename__ = "organisations"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    domain: Mapped[str]
    region: Mapped[str]
    contact: Mapped[str]


class MemberRow(Base):
    """A member as they described themselves, and what they agreed to."""

    __tablename__ = "members"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(64), index=True)
    role: Mapped[str]
    languages: Mapped[list[str]]
    topics: Mapped[list[str]]
    offers: Mapped[str]
    seeks: Mapped[str]
    consents: Mapped[list[str]]
    joined_at: Mapped[datetime]
    available_from: Mapped[date]
    silent_rounds: Mapped[int]
    handle: Mapped[str] = mapped_column(String(32), unique=True)
    is_away: Mapped[bool] = mapped_column(server_default=false())


class ExclusionRow(Base):
    """Whom a member does not want to be introduced to: a member of this workspace, or an organisation."""

    __tablename__ = "exclusions"
    by: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    member: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(64), primary_key=True)
    for_all: Mapped[bool]
    until: Mapped[date]
    on_behalf_of: Mapped[str] = mapped_column(String(64), server_default="")


class BlindExclusionRow(Base):
    """The same about a person whom the author is not told: `mark` is a hash of who, `key` what it is taken back by."""

    __tablename__ = "blind_exclusions"
    by: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))
    for_all: Mapped[bool]
    on_behalf_of: Mapped[str] = mapped_column(String(64))
    until: Mapped[date]
    suggestion: Mapped[str] = mapped_column(String(64))
    suggested_on: Mapped[date]


class RestRow(Base):
    """That a member is left alone by somebody who was erased after a no between them: told by a hash of who."""

    __tablename__ = "rests"
    member: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[date]


class WelcomeRow(Base):
    """That somebody has been welcomed, or shown what is near them: told by a hash of who, and of which."""

    __tablename__ = "welcomes"
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    welcomed_at: Mapped[datetime]


class MemberVectorRow(Base):
    """The vector of one text that a member wrote: float32 values, little-endian."""

    __tablename__ = "member_vectors"
    member: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[int] = mapped_column(ForeignKey("models.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class IntroductionRow(Base):
    """A proposal; it goes when one of its members goes."""

    __tablename__ = "introductions"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    first: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    second: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    first_reply: Mapped[str] = mapped_column(String(16))
    second_reply: Mapped[str] = mapped_column(String(16))
    first_held: Mapped[bool] = mapped_column(server_default=false())
    second_held: Mapped[bool] = mapped_column(server_default=false())
    first_outcome: Mapped[str] = mapped_column(String(16))
    second_outcome: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(16))
    asked_by: Mapped[str] = mapped_column(String(64))
    round: Mapped[str] = mapped_column(String(32), index=True)
    ground: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    proposed_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]


class RoundRow(Base):
    """A round of proposals that was held."""

    __tablename__ = "rounds"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    held_at: Mapped[datetime]
    taking_part: Mapped[int]
    pairs: Mapped[int]
