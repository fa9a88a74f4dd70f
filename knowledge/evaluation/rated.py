"""Rated answers as a question set: what helped can be asked again after every change, complaints are there to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import NotFoundError
from knowledge.model import AnswerRating, AskedQuestion, DocumentId, GivenAnswer, QuestionId, Reason, Verdict
from knowledge.ports import UnitOfWork, UnitOfWorkFactory

CORPUS, QUERIES, JUDGEMENTS, COMPLAINTS = "corpus.jsonl", "queries.jsonl", "qrels.tsv", "complaints.jsonl"


@dataclass(frozen=True, slots=True)
class Rated:
    """A question with its answer and what people think of it."""

    question: AskedQuestion
    answer: GivenAnswer
    ratings: Sequence[AnswerRating]

    @property
    def is_praised(self) -> bool:
        """Whether it helped everybody who said anything, and cited something."""
        return bool(self.answer.documents) and all(each.verdict is Verdict.GOOD for each in self.ratings)


def write_rated(uow: UnitOfWorkFactory, folder: Path) -> Mapping[str, int]:
    """Write the set into the folder, in the form that `evaluate` reads; returns how many there are of what.

    A question is taken in with the documents that its answer cited, as far as they are there still. Nobody is named:
    instead of their ids, which tell the conversation and the second, questions have numbers of this set alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with uow.reading() as work:
        # By their ids, neighbours would be of one conversation.
        rated = sorted(_rated(work), key=lambda each: each.question.text)
        corpus = [_document(work, each.id, each.title) for each in work.documents.live()]
    live = {str(each["id"]) for each in corpus}
    praised = [each for each in rated if each.is_praised and live.intersection(each.answer.documents)]
    number = {each.question.id: f"q{place}" for place, each in enumerate(rated, 1)}
    complaints = [line for each in rated for line in _complaints(each, number[each.question.id])]
    judged = [
        (number[each.question.id], name) for each in praised for name in _unique(each.answer.documents) if name in live
    ]
    _write(folder / CORPUS, corpus)
    _write(folder / QUERIES, [{"id": number[each.question.id], "text": each.question.text} for each in praised])
    _write(folder / COMPLAINTS, complaints)
    lines = (f"{question}\t{document}\t1\n" for question, document in judged)
    (folder / JUDGEMENTS).write_text("".join(lines), encoding="utf-8")
    return {"documents": len(corpus), "questions": len(praised), "complaints": len(complaints)}


def _rated(work: UnitOfWork) -> Iterable[Rated]:
    by_question: dict[QuestionId, list[AnswerRating]] = {}
    for rating in work.ratings.all():
        by_question.setdefault(rating.question, []).append(rating)
    for name, ratings in by_question.items():
        question = work.questions.get(name)
        # Of a question that held a personal identity code nothing was kept.
        if question.text:
            yield Rated(question, _answer(work, name), ratings)


def _answer(work: UnitOfWork, question: QuestionId) -> GivenAnswer:
    try:
        return work.ratings.answer(question)
    except NotFoundError:
        return GivenAnswer(question, (), (), Reason.NONE, 0.0)


def _document(work: UnitOfWork, document: DocumentId, title: str) -> dict[str, Any]:
    text = "\n\n".join(each.text for each in work.documents.of_document(document))
    return {"id": document, "title": title, "text": text}


def _complaints(rated: Rated, number: str) -> Iterable[dict[str, Any]]:
    for each in rated.ratings:
        if each.verdict is Verdict.BAD:
            yield {
                "id": number,
                "text": rated.question.text,
                "status": rated.question.status.value,
                "complaint": each.complaint.value,
                "words": each.words,
                "passages": list(rated.answer.passages),
                "documents": list(rated.answer.documents),
                "generation": rated.question.generation,
                "day": each.at.date().isoformat(),
            }


def _unique(documents: Iterable[DocumentId]) -> list[DocumentId]:
    return list(dict.fromkeys(documents))


def _write(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
