"""Documents that answers were made of, and that somebody should look at: by what is known of them, or by people."""

from __future__ import annotations

import enum
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.answering.versions import is_newer_version
from knowledge.model import AnswerRating, Complaint, Document, DocumentId, DocumentKind, GivenAnswer, QuestionId

MOST = 8
"""Documents that are told of: those most cited in answers."""
DAYS_A_YEAR = 365.25
_WORD = re.compile(r"[^\W\d]+")


class Why(enum.StrEnum):
    """Why a document should be looked at. The first that is true is told."""

    CALLED_OUTDATED = "called_outdated"
    SUPERSEDED = "superseded"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class StaleDocument:
    """A document that so many answers cited. `published` is its day, None where unknown.

    `newer` is the title of what replaced one that is SUPERSEDED, empty otherwise.
    """

    title: str
    url: str
    why: Why
    cited: int
    published: date | None
    newer: str = ""


def stale_documents(
    answers: Mapping[QuestionId, GivenAnswer],
    ratings: Iterable[AnswerRating],
    live: Sequence[Document],
    today: date,
    years: float,
) -> tuple[StaleDocument, ...]:
    """Those among the cited documents that are there still, the most urgent and the most cited first."""
    cited = Counter(document for answer in answers.values() for document in set(answer.documents))
    shelf = _Shelf(live)
    replaced = {each.id: shelf.newer(each) for each in live if cited[each.id]}
    called = _called_outdated(answers, ratings, replaced)
    found = []
    for document in live:
        if cited[document.id] and document.kind is not DocumentKind.CURATED:
            newer = replaced[document.id]
            is_old = document.published is not None and (today - document.published).days > years * DAYS_A_YEAR
            why = _why(is_called=document.id in called, is_superseded=bool(newer), is_old=is_old)
            if why is not None:
                made = StaleDocument(document.title, document.url, why, cited[document.id], document.published, newer)
                found.append(made)
    order = list(Why)
    return tuple(sorted(found, key=lambda each: (order.index(each.why), -each.cited, each.title))[:MOST])


def _why(*, is_called: bool, is_superseded: bool, is_old: bool) -> Why | None:
    reasons = {Why.CALLED_OUTDATED: is_called, Why.SUPERSEDED: is_superseded, Why.OLD: is_old}
    return next((why for why, holds in reasons.items() if holds), None)


def _called_outdated(
    answers: Mapping[QuestionId, GivenAnswer], ratings: Iterable[AnswerRating], replaced: Mapping[DocumentId, str]
) -> frozenset[DocumentId]:
    """Those cited in an answer that somebody called outdated: where some of them were replaced, it is about those."""
    said = {each.question for each in ratings if each.complaint is Complaint.OUTDATED} & answers.keys()
    meant: set[DocumentId] = set()
    for question in said:
        documents = answers[question].documents
        meant.update([each for each in documents if replaced.get(each)] or documents)
    return frozenset(meant)


class _Shelf:
    """Documents by the words of their titles: each is held only against those that share one."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._by_word: defaultdict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for word in set(_WORD.findall(document.title.casefold())):
                self._by_word[word].append(document)

    def newer(self, document: Document) -> str:
        """The title of the newest version of the document, empty where it is itself the newest."""
        words = set(_WORD.findall(document.title.casefold()))
        near = {other.id: other for word in words for other in self._by_word[word]}
        newer = [other for other in near.values() if is_newer_version(other, document)]
        dated = [(other.published, other.title) for other in newer if other.published is not None]
        return max(dated)[1] if dated else ""
