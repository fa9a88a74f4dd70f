"""Asked questions in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import (
    CHANGED,
    AnswerStatus,
    AskedQuestion,
    GenerationId,
    Language,
    MemberId,
    QuestionId,
)
from knowledge.store.tables import QuestionRow


class SqlQuestions:
    """See `knowledge.ports.QuestionRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, question: AskedQuestion) -> None:
        """Store the question; a second time with the same id changes nothing."""
        dialect = sqlite if self._session.get_bind().dialect.name == "sqlite" else postgresql
        values = {
            "id": question.id,
            "asker": question.asker,
            "place": question.place,
            "text": question.text,
            "language": question.language.value,
            "status": question.status.value,
            "generation": question.generation,
            "took_ms": question.took_ms,
            "asked_at": question.asked_at,
        }
        self._session.execute(dialect.insert(QuestionRow).values(values).on_conflict_do_nothing(index_elements=["id"]))

    def get(self, question: QuestionId) -> AskedQuestion:
        """The question; raises NotFoundError."""
        row = self._session.get(QuestionRow, question)
        if row is None:
            message = f"There is no question {question}."
            raise NotFoundError(message)
        return _question(row)

    def count(self) -> int:
        """How many questions are stored."""
        return self._session.scalars(select(func.count()).select_from(QuestionRow)).one()

    def erase_words(self, question: QuestionId) -> None:
        """Empty the text of a question that was deleted, and of its changes, whose ids begin with the same."""
        same = QuestionRow.id.startswith(question, autoescape=True)
        self._session.execute(update(QuestionRow).where(same).values(text=""))

    def asked_by(self, asker: MemberId) -> Sequence[AskedQuestion]:
        """What somebody asked, as they put it last, the newest first."""
        own = QuestionRow.asker == asker
        rows = select(QuestionRow).where(own, self._is_last_put(own)).order_by(QuestionRow.asked_at.desc())
        return [_question(row) for row in self._session.scalars(rows)]

    def unanswered(self, since: datetime, limit: int) -> Sequence[AskedQuestion]:
        """To what nothing was found since then, as it was put last, the newest first."""
        is_open, is_young = QuestionRow.status == AnswerStatus.NOT_FOUND.value, QuestionRow.asked_at >= since
        found = select(QuestionRow).where(is_open, is_young, self._is_last_put(is_young))
        return [
            _question(row) for row in self._session.scalars(found.order_by(QuestionRow.asked_at.desc()).limit(limit))
        ]

    def between(self, start: datetime, end: datetime) -> Sequence[AskedQuestion]:
        """Those asked at or after `start` and before `end`, the oldest first."""
        within = select(QuestionRow).where(QuestionRow.asked_at >= start, QuestionRow.asked_at < end)
        rows = within.order_by(QuestionRow.asked_at, QuestionRow.id)
        return [_question(row) for row in self._session.scalars(rows)]

    def _is_last_put(self, among: ColumnElement[bool]) -> ColumnElement[bool]:
        """Whether a question was not changed afterwards; `among` are those of which a change counts."""
        changes = select(QuestionRow.id).where(among, QuestionRow.id.contains(CHANGED, autoescape=True))
        last: dict[str, str] = {}
        outdated: set[str] = set()
        # Of one question the ids end with the time of the change, in digits of the same number.
        for name in sorted(self._session.scalars(changes)):
            first = name.partition(CHANGED)[0]
            outdated.add(last.get(first, first))
            last[first] = name
        return QuestionRow.id.not_in(outdated)


def _question(row: QuestionRow) -> AskedQuestion:
    return AskedQuestion(
        QuestionId(row.id),
        MemberId(row.asker),
        row.place,
        row.text,
        Language(row.language),
        AnswerStatus(row.status),
        GenerationId(row.generation),
        row.took_ms,
        row.asked_at,
    )
