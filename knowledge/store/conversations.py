"""Conversations in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.model import ChannelId, MemberId, QuestionId, Turn
from knowledge.store.tables import Base
from knowledge.store.upserting import upsert


class ConversationRow(Base):
    """A question in a thread."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(128), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), index=True)
    thread: Mapped[str] = mapped_column(String(32), index=True)
    ts: Mapped[str] = mapped_column(String(32), index=True)
    asker: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str]
    answer: Mapped[str] = mapped_column(String(32))
    edited: Mapped[str] = mapped_column(String(32))
    is_open: Mapped[bool]
    at: Mapped[datetime] = mapped_column(index=True)


class SqlConversations:
    """See `knowledge.ports.ConversationRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, turn: Turn) -> None:
        """Store or replace."""
        upsert(self._session, ConversationRow, asdict(turn))

    def find(self, channel: ChannelId, ts: str) -> Turn | None:
        """The turn of a message, if it was a question and is remembered."""
        rows = select(ConversationRow).where(ConversationRow.channel == channel, ConversationRow.ts == ts)
        row = self._session.scalars(rows).first()
        return None if row is None else _turn(row)

    def get(self, turn: QuestionId) -> Turn | None:
        """The turn of a question, if it is remembered."""
        row = self._session.get(ConversationRow, turn)
        return None if row is None else _turn(row)

    def of_thread(self, channel: ChannelId, thread: str) -> Sequence[Turn]:
        """A thread's turns in the order they were written."""
        rows = select(ConversationRow).where(ConversationRow.channel == channel, ConversationRow.thread == thread)
        return [_turn(row) for row in self._session.scalars(rows.order_by(ConversationRow.ts))]

    def latest(self, channel: ChannelId, asker: MemberId) -> Turn | None:
        """What somebody asked last in a channel, in whatever thread."""
        rows = select(ConversationRow).where(ConversationRow.channel == channel, ConversationRow.asker == asker)
        row = self._session.scalars(rows.order_by(ConversationRow.ts.desc()).limit(1)).first()
        return None if row is None else _turn(row)

    def close(self, channel: ChannelId, thread: str) -> None:
        """Nobody is talking to Solmu in the thread any more."""
        rows = update(ConversationRow).where(ConversationRow.channel == channel, ConversationRow.thread == thread)
        self._session.execute(rows.values(is_open=False))

    def remove(self, turn: QuestionId) -> None:
        """Forget one."""
        self._session.execute(delete(ConversationRow).where(ConversationRow.id == turn))

    def forget(self, person: MemberId) -> None:
        """Forget all that somebody asked."""
        self._session.execute(delete(ConversationRow).where(ConversationRow.asker == person))

    def forget_before(self, moment: datetime) -> None:
        """Forget what happened earlier."""
        self._session.execute(delete(ConversationRow).where(ConversationRow.at < moment))


def _turn(row: ConversationRow) -> Turn:
    return Turn(
        QuestionId(row.id),
        ChannelId(row.channel),
        row.thread,
        row.ts,
        MemberId(row.asker),
        row.text,
        row.answer,
        row.edited,
        row.is_open,
        row.at,
    )
