"""The SQL tables as typed models; the migrations create them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import BigInteger, Integer

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite only counts up by itself in a column called INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC times on both databases; SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive time is a defect."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"expected an aware time, got {value!r}"
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read back aware, in UTC."""
        del dialect
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Common mapping of Python types to columns."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, str]: JSON(),
        dict[str, int]: JSON(),
        list[str]: JSON(),
        str: Text(),
    }


class MetaRow(Base):
    """One row of counters: the content's revision and the next source's number."""

    __tablename__ = "meta"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    next_source: Mapped[int]


class SourceRow(Base):
    """A source."""

    __tablename__ = "sources"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    location: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str] = mapped_column(String(16))
    columns: Mapped[dict[str, str]]
    link: Mapped[str]
    added_at: Mapped[datetime]


class DocumentRow(Base):
    """A document as last read; `retired_at` is set while only kept generations know it."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    key: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str]
    url: Mapped[str]
    language: Mapped[str] = mapped_column(String(8))
    publisher: Mapped[str]
    published: Mapped[date | None]
    revision: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    reader: Mapped[str] = mapped_column(String(32))
    read_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class UseCaseRow(Base):
    """What a catalogue says of a use case."""

    __tablename__ = "use_cases"
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str]
    organisation: Mapped[str]
    stage: Mapped[str]
    topics: Mapped[list[str]]
    contact: Mapped[str]
    url: Mapped[str]


class PassageRow(Base):
    """A passage; ids count up and are never used twice."""

    __tablename__ = "passages"
    __table_args__ = (
        Index("ix_passages_document", "document", "ordinal"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    text: Mapped[str]
    page: Mapped[int | None]
    headings: Mapped[list[str]]
    language: Mapped[str] = mapped_column(String(8))
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    retired_at: Mapped[datetime | None] = mapped_column(index=True)


class ModelRow(Base):
    """An embedding model that made vectors."""

    __tablename__ = "models"
    __table_args__ = (Index("uq_models", "name", "revision", "dimension", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    revision: Mapped[str]
    dimension: Mapped[int]


class VectorRow(Base):
    """One vector: float32 values, little-endian, by text and model."""

    __tablename__ = "vectors"
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[int] = mapped_column(ForeignKey("models.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class SentenceVectorsRow(Base):
    """The vectors of a text's sentences, one after another: float16 values, little-endian, by text and model."""

    __tablename__ = "sentence_vectors"
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[int] = mapped_column(ForeignKey("models.id", ondelete="CASCADE"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class FailureRow(Base):
    """Why a document could not be indexed, and the revision that failed."""

    __tablename__ = "failures"
    source: Mapped[str] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32))
    sentence: Mapped[str]
    retriable: Mapped[bool]
    failed_at: Mapped[datetime]
    revision: Mapped[str]


class RunRow(Base):
    """An indexing run; the partial index allows one queued run of a task and a source (empty for all) at a time."""

    __tablename__ = "runs"
    __table_args__ = (
        Index(
            "uq_runs_queued",
            "task",
            "source",
            unique=True,
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    worker: Mapped[str]
    heartbeat: Mapped[datetime | None]
    phase: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    counts: Mapped[dict[str, int]]
    message: Mapped[str]
    task: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(32))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)


class QuestionRow(Base):
    """A question and how it ended."""

    __tablename__ = "questions"
    id: Mapped[str] = mapped_column(String(128), primary_key=True)
    asker: Mapped[str]
    place: Mapped[str]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(16))
    generation: Mapped[str]
    took_ms: Mapped[float]
    asked_at: Mapped[datetime] = mapped_column(index=True)
