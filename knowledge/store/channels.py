"""Channels' manners, turns and wished-for languages in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time

from sqlalchemy import ColumnElement, delete, select, text
from sqlalchemy.orm import Session

from knowledge.model import Audience, ChannelId, Initiative, Language, Manners, MemberId, QuestionId, QueueSlot
from knowledge.store.channel_tables import LanguageRow, MannersRow, TurnRow
from knowledge.store.upserting import insert_once, upsert

ADVISORY_LOCK = 0x7475726E73
"""Key of the lock under which turns are taken on PostgreSQL: the letters of `turns`."""


class SqlManners:
    """See `knowledge.ports.MannersRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, manners: Manners) -> None:
        """Store, or replace the channel's."""
        values = {
            "channel": manners.channel,
            "initiative": manners.initiative.value,
            "languages": [each.value for each in manners.languages],
            "audience": manners.audience.value,
            "quiet_from": manners.quiet_from.isoformat(),
            "quiet_until": manners.quiet_until.isoformat(),
            "hourly": manners.hourly,
        }
        upsert(self._session, MannersRow, values)

    def of(self, channel: ChannelId) -> Manners:
        """Those that were set, else the usual."""
        row = self._session.get(MannersRow, channel, populate_existing=True)
        return Manners(channel) if row is None else _manners(row)

    def all(self) -> Sequence[Manners]:
        """Every channel for which some were set, by its id."""
        return [_manners(row) for row in self._session.scalars(select(MannersRow).order_by(MannersRow.channel))]


class SqlTurns:
    """See `knowledge.ports.TurnRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        """Let nobody else take a turn before this transaction ends: on SQLite there is one writer anyway."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})

    def find(self, question: QuestionId) -> QueueSlot | None:
        """The question's turn, where it took one."""
        row = self._session.get(TurnRow, question)
        return None if row is None else _turn(row)

    def add(self, turn: QueueSlot) -> None:
        """Store."""
        insert_once(self._session, TurnRow, asdict(turn))

    def of(self, asker: MemberId, since: datetime) -> Sequence[QueueSlot]:
        """Somebody's that are due after that moment, the earliest first."""
        return self._after(TurnRow.asker == asker, since)

    def at(self, place: str, since: datetime) -> Sequence[QueueSlot]:
        """A channel's, in the same way."""
        return self._after(TurnRow.place == place, since)

    def forget(self, before: datetime) -> None:
        """Erase those that were due before."""
        self._session.execute(delete(TurnRow).where(TurnRow.due_at < before))

    def forget_person(self, asker: MemberId) -> None:
        """Erase somebody's."""
        self._session.execute(delete(TurnRow).where(TurnRow.asker == asker))

    def _after(self, whose: ColumnElement[bool], since: datetime) -> Sequence[QueueSlot]:
        found = select(TurnRow).where(whose, TurnRow.due_at > since).order_by(TurnRow.due_at, TurnRow.question)
        return [_turn(row) for row in self._session.scalars(found)]


class SqlLanguages:
    """See `knowledge.ports.LanguageRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, member: MemberId, language: Language) -> None:
        """Store, or replace the wish."""
        upsert(self._session, LanguageRow, {"member": member, "language": language.value})

    def of(self, member: MemberId) -> Language:
        """What they wished for; UNKNOWN where they did not."""
        wished = select(LanguageRow.language).where(LanguageRow.member == member)
        return Language(self._session.scalars(wished).one_or_none() or Language.UNKNOWN)

    def forget(self, member: MemberId) -> None:
        """Erase the wish."""
        self._session.execute(delete(LanguageRow).where(LanguageRow.member == member))


def _manners(row: MannersRow) -> Manners:
    return Manners(
        ChannelId(row.channel),
        Initiative(row.initiative),
        tuple(map(Language, row.languages)),
        Audience(row.audience),
        time.fromisoformat(row.quiet_from),
        time.fromisoformat(row.quiet_until),
        row.hourly,
    )


def _turn(row: TurnRow) -> QueueSlot:
    return QueueSlot(QuestionId(row.question), MemberId(row.asker), row.place, row.due_at)
