"""Questions about documents of one's own, whole answers to them, and what is good about each answer."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from knowledge.answering.answerer import Answerer
from knowledge.errors import SolmuError
from knowledge.evaluation.collection import Collection
from knowledge.language.detecting import detect_language
from knowledge.model import Answer, AnswerStatus, Audience, DocumentId, Language
from knowledge.ports import UnitOfWorkFactory


class OwnQuestionsError(SolmuError):
    """The questions, or what was recorded of them, cannot be read."""


class Merit(enum.StrEnum):
    """What can be good about an answer; REFUSED where nothing answers the question, the others where something does."""

    ANSWERED = "answered"
    """Its quotes are taken for an answer."""
    CITED = "cited"
    """The document that answers is among the sources."""
    QUOTED = "quoted"
    """The answer stands in one of the quotes."""
    FIRST = "first"
    """The answer stands in the first quote."""
    REFUSED = "refused"
    """Its quotes, if any, are not taken for an answer."""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question, the name of the document that answers it and its words; both empty where nothing answers."""

    id: str
    language: Language
    text: str
    document: str
    expected: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer, and the names of the documents that are cited."""

    question: OwnQuestion
    answer: Answer
    cited: tuple[str, ...]

    @property
    def merits(self) -> frozenset[Merit]:
        """Everything good about the answer."""
        is_answered = self.answer.status is AnswerStatus.ANSWERED
        if not self.question.document:
            return frozenset() if is_answered else frozenset({Merit.REFUSED})
        expected = plain_words(self.question.expected)
        holding = [expected in plain_words(citation.quote) for citation in self.answer.citations]
        true = {
            Merit.ANSWERED: is_answered,
            Merit.CITED: self.question.document in self.cited,
            Merit.QUOTED: any(holding),
            Merit.FIRST: any(holding[:1]),
        }
        return frozenset(merit for merit, holds in true.items() if holds)


def plain_words(text: str) -> str:
    """The words alone: bold signs and the borders of table cells are no part of an answer."""
    return " ".join(re.sub(r"[*_|#>`]", " ", text).split()).casefold()


def read_questions(path: Path) -> list[OwnQuestion]:
    """One JSON object a line: `id`, `lang`, `question`, and `document` and `answer` or null.

    Raises OwnQuestionsError.
    """
    return [_question(path, number, line) for number, line in enumerate(_text(path).splitlines(), 1)]


def ask_own(questions: Sequence[OwnQuestion], answerer: Answerer, uow: UnitOfWorkFactory) -> Iterator[Asked]:
    """Ask every question as a member would."""
    with uow.reading() as work:
        names = {document.id: PurePath(document.key).name for document in work.documents.live()}
    for question in questions:
        yield _ask(question, answerer, names)


def told_questions(collection: Collection) -> list[OwnQuestion]:
    """The questions of a set that tells the words of their answers."""
    return [
        OwnQuestion(line.id, detect_language(line.text), line.text, min(collection.relevant[line.id]), line.answer)
        for line in collection.questions
        if line.answer
    ]


def read_record(path: Path) -> dict[str, frozenset[Merit]]:
    """The merits that were recorded, by question; raises OwnQuestionsError."""
    try:
        recorded: Mapping[str, str] = json.loads(_text(path))
        return {number: frozenset(map(Merit, merits.split())) for number, merits in recorded.items()}
    except (ValueError, AttributeError) as error:
        message = f"{path} is no record of answers' merits."
        raise OwnQuestionsError(message) from error


def write_record(path: Path, asked: Sequence[Asked]) -> None:
    """Record the merits, one question a line, so that a change shows which ones moved."""
    record = {each.question.id: " ".join(merit for merit in Merit if merit in each.merits) for each in asked}
    path.write_text(json.dumps(record, indent=0) + "\n", encoding="utf-8")


def _question(path: Path, number: int, line: str) -> OwnQuestion:
    try:
        read: dict[str, Any] = json.loads(line)
        language = Language(read["lang"])
        return OwnQuestion(read["id"], language, read["question"], read["document"] or "", read["answer"] or "")
    except (ValueError, KeyError, TypeError) as error:
        message = f"Line {number} of {path} is no question with `id`, `lang`, `question`, `document` and `answer`."
        raise OwnQuestionsError(message) from error


def _ask(question: OwnQuestion, answerer: Answerer, names: Mapping[DocumentId, str]) -> Asked:
    answer = answerer.ask(question.text, audience=Audience.MEMBERS)
    return Asked(question, answer, tuple(names[citation.document] for citation in answer.citations))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise OwnQuestionsError(message) from error
