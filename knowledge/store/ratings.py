"""What answers were made of, and what people think of them, in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from pydantic import TypeAdapter
from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import (
    AnswerRating,
    CitedChange,
    Complaint,
    DocumentId,
    GivenAnswer,
    MemberId,
    PassageId,
    QuestionId,
    Verdict,
)
from knowledge.store.administration_tables import CitedPassageRow
from knowledge.store.chunks import chunks
from knowledge.store.inquiry_tables import AnswerRatingRow, GivenAnswerRow
from knowledge.store.tables import DocumentRow, PassageRow
from knowledge.store.upserting import upsert

_PLAIN = TypeAdapter(GivenAnswer)


class SqlRatings:
    """See `knowledge.ports.RatingRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, answer: GivenAnswer) -> None:
        """Store, or replace what is stored of the same question."""
        values = {"question": answer.question, "data": _PLAIN.dump_python(answer, mode="json")}
        upsert(self._session, GivenAnswerRow, values)
        self._session.execute(delete(CitedPassageRow).where(CitedPassageRow.question == answer.question))
        cited = [{"question": answer.question, "passage": each, "is_told": False} for each in set(answer.passages)]
        if cited:
            self._session.execute(insert(CitedPassageRow), cited)

    def take_changed(self) -> Sequence[CitedChange]:
        """The documents whose cited passages are there no longer, each cited passage told once for all time."""
        gone = select(PassageRow.id).where(PassageRow.retired_at.is_not(None))
        untold = CitedPassageRow.is_told.is_(False) & CitedPassageRow.passage.in_(gone)
        is_gone = DocumentRow.retired_at.is_not(None)
        found = (
            select(DocumentRow.id, DocumentRow.title, is_gone, func.count(CitedPassageRow.question.distinct()))
            .join(PassageRow, PassageRow.document == DocumentRow.id)
            .join(CitedPassageRow, CitedPassageRow.passage == PassageRow.id)
            .where(untold)
            .group_by(DocumentRow.id, DocumentRow.title, is_gone)
            .order_by(DocumentRow.title, DocumentRow.id)
        )
        changed = [
            CitedChange(DocumentId(each), title, lost, count)
            for each, title, lost, count in self._session.execute(found)
        ]
        self._session.execute(
            update(CitedPassageRow).where(untold).values(is_told=True).execution_options(synchronize_session=False)
        )
        return [*changed, *self._take_erased()]

    def _take_erased(self) -> Sequence[CitedChange]:
        """As `take_changed`, of passages of which nothing is known any more, not even their document's title."""
        untold = CitedPassageRow.is_told.is_(False) & ~exists().where(PassageRow.id == CitedPassageRow.passage)
        told = update(CitedPassageRow).where(untold).values(is_told=True)
        taken = self._session.execute(
            told.returning(CitedPassageRow.question, CitedPassageRow.passage).execution_options(
                synchronize_session=False
            )
        ).all()
        citing: defaultdict[DocumentId, set[str]] = defaultdict(set)
        answers = self.answers({QuestionId(question) for question, _ in taken})
        for question, passage in taken:
            answer = answers[QuestionId(question)]
            at = answer.passages.index(PassageId(passage))
            citing[answer.documents[at]].add(question)
        return [CitedChange(each, "", is_gone=True, questions=len(citing[each])) for each in sorted(citing)]

    def answer(self, question: QuestionId) -> GivenAnswer:
        """What the answer was made of; raises NotFoundError."""
        row = self._session.get(GivenAnswerRow, question)
        if row is None:
            message = f"There is no answer to question {question}."
            raise NotFoundError(message)
        return _PLAIN.validate_python(row.data)

    def answers(self, questions: Collection[QuestionId]) -> Mapping[QuestionId, GivenAnswer]:
        """Those of them that there are."""
        rows = (
            row
            for some in chunks(questions)
            for row in self._session.scalars(select(GivenAnswerRow).where(GivenAnswerRow.question.in_(some)))
        )
        return {QuestionId(row.question): _PLAIN.validate_python(row.data) for row in rows}

    def rate(self, rating: AnswerRating) -> None:
        """Store, or replace the person's rating of the same answer."""
        plain = {"verdict": rating.verdict.value, "complaint": rating.complaint.value}
        upsert(self._session, AnswerRatingRow, asdict(rating) | plain)

    def rating(self, question: QuestionId, person: MemberId) -> AnswerRating:
        """One person's; raises NotFoundError."""
        row = self._session.get(AnswerRatingRow, (question, person), populate_existing=True)
        if row is None:
            message = f"{person} has not rated the answer to {question}."
            raise NotFoundError(message)
        return _rating(row)

    def of(self, questions: Collection[QuestionId]) -> Sequence[AnswerRating]:
        """What anybody thinks of the answers to these questions."""
        return [
            _rating(row)
            for some in chunks(questions)
            for row in self._session.scalars(select(AnswerRatingRow).where(AnswerRatingRow.question.in_(some)))
        ]

    def all(self) -> Sequence[AnswerRating]:
        """Every rating, the oldest first."""
        rows = select(AnswerRatingRow).order_by(AnswerRatingRow.at, AnswerRatingRow.question, AnswerRatingRow.person)
        return [_rating(row) for row in self._session.scalars(rows.execution_options(populate_existing=True))]

    def forget(self, person: MemberId) -> None:
        """Erase what somebody thought."""
        self._session.execute(delete(AnswerRatingRow).where(AnswerRatingRow.person == person))


def _rating(row: AnswerRatingRow) -> AnswerRating:
    return AnswerRating(
        QuestionId(row.question),
        MemberId(row.person),
        Verdict(row.verdict),
        Complaint(row.complaint),
        row.words,
        row.at,
    )
