"""What people think of answers: one word each, changed as often as they like, with a reason where it is no praise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from knowledge.errors import NotFoundError
from knowledge.model import (
    Answer,
    AnswerRating,
    AskedQuestion,
    Complaint,
    DocumentId,
    GivenAnswer,
    Letter,
    LetterKind,
    MemberId,
    QuestionId,
    Verdict,
)
from knowledge.ports import Clock, Roles, UnitOfWork, UnitOfWorkFactory
from knowledge.privacy import kept

LONGEST_WORDS = 2000
REASONS = tuple(each for each in Complaint if each is not Complaint.NONE)
"""What can be the matter, in the order that people are offered it."""


def given(question: QuestionId, answer: Answer) -> GivenAnswer:
    """What an answer is made of, by which a rating of it can be understood later."""
    passages = tuple(each.passage for each in answer.citations)
    documents = tuple(each.document for each in answer.citations)
    return GivenAnswer(question, passages, documents, answer.reason, answer.evidence)


class Ratings:
    """Keeps ratings. Everybody speaks for themselves alone; admins are told of what is called outdated."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, roles: Roles) -> None:
        self._uow = uow
        self._clock = clock
        self._roles = roles

    def praise(self, question: QuestionId, person: MemberId) -> None:
        """Keep that an answer helped; raises NotFoundError."""
        with self._uow() as work:
            work.questions.get(question)
            work.ratings.rate(AnswerRating(question, person, Verdict.GOOD, Complaint.NONE, "", self._clock()))
            work.commit()

    def object(self, question: QuestionId, person: MemberId) -> AnswerRating:
        """Keep that an answer did not help, with what the person said of it before; raises NotFoundError."""
        with self._uow() as work:
            work.questions.get(question)
            before = _before(work, question, person)
            if before is not None and before.verdict is Verdict.BAD:
                return before
            made = AnswerRating(question, person, Verdict.BAD, Complaint.NONE, "", self._clock())
            work.ratings.rate(made)
            work.commit()
        return made

    def explain(self, question: QuestionId, person: MemberId, complaint: Complaint, words: str) -> AskedQuestion:
        """Keep why it did not; raises IdentityCodeError and NotFoundError, and keeps nothing then."""
        said = kept(words, LONGEST_WORDS)
        admins = self._roles.admins() if complaint is Complaint.OUTDATED else ()
        with self._uow() as work:
            asked = work.questions.get(question)
            work.ratings.rate(AnswerRating(question, person, Verdict.BAD, complaint, said, self._clock()))
            self._tell(work, question, admins)
            work.commit()
        return asked

    def _tell(self, work: UnitOfWork, question: QuestionId, admins: Collection[MemberId]) -> None:
        """Of each document once, however many say so before the letter is forgotten."""
        for document in dict.fromkeys(_cited(work, question)):
            for admin in admins:
                name, kind = f"outdated:{document}:{admin}", LetterKind.OUTDATED
                work.letters.add(Letter(name, admin, kind, document, {}, self._clock()))


def _cited(work: UnitOfWork, question: QuestionId) -> Sequence[DocumentId]:
    try:
        return work.ratings.answer(question).documents
    except NotFoundError:
        return ()


def _before(work: UnitOfWork, question: QuestionId, person: MemberId) -> AnswerRating | None:
    try:
        return work.ratings.rating(question, person)
    except NotFoundError:
        return None
