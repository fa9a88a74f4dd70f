"""Counts for operators, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.model import NEVER, RunState
from knowledge.store.event_tables import LetterRow
from knowledge.store.tables import RunRow


class SqlTallies:
    """See `knowledge.ports.TallyRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def letters(self, now: datetime) -> tuple[int, int]:
        """How many letters should have been sent by now, and how many of those were tried in vain."""
        late = select(func.count()).where(LetterRow.sent_at == NEVER, LetterRow.due_at <= now)
        count = self._session.scalars
        return count(late).one(), count(late.where(LetterRow.tries > 0)).one()

    def runs(self) -> Mapping[RunState, int]:
        """How many indexing runs there are in each state."""
        rows = self._session.execute(select(RunRow.state, func.count()).group_by(RunRow.state))
        return dict.fromkeys(RunState, 0) | {RunState(state): number for state, number in rows}
