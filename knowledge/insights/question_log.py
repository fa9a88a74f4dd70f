"""The question log without persons: a table of what was asked, how it ended, and what the answer was made of.

No id and no name is in it, no time of day, and no order by which one could be told from another. Words of a question
are there only where they were wished for, at least three people have asked the same, it was asked in a channel where
others read it, and its answer was made of nothing that is for coordinators alone; and even then without what tells
who somebody is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.insights.anonymity import Scrubber
from knowledge.insights.gaps import GapFinder, TopicGroup
from knowledge.insights.overview import PersonNames
from knowledge.insights.periods import HOME, Period
from knowledge.insights.tallies import as_last_put
from knowledge.insights.texts import TEXTS
from knowledge.members.spreadsheet import write_rows
from knowledge.model import (
    AskedQuestion,
    Audience,
    Document,
    Language,
    PassageId,
    QuestionId,
    Verdict,
)
from knowledge.ports import UnitOfWork, UnitOfWorkFactory
from knowledge.texts import FALLBACK

COLUMNS = ("day", "language", "topic", "text", "outcome", "audience", "sources", "good", "bad")
LONGEST_TEXT = 500
_CHANNEL, _COMMAND = "C", "command:"
"""How the ids of channels begin, and those of questions that only their asker saw answered."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the answers: the documents that each cites, and its ratings by verdict."""

    cited: Mapping[QuestionId, Sequence[Document]]
    ratings: Mapping[QuestionId, Counter[Verdict]]


class QuestionLog:
    """Writes the log anew at every call."""

    def __init__(self, uow: UnitOfWorkFactory, finder: GapFinder, names: PersonNames) -> None:
        self._uow = uow
        self._finder = finder
        self._names = names

    def as_table(self, last: Period, weeks: int, language: Language, *, with_texts: bool) -> bytes:
        """The questions of so many weeks up to this one; see `knowledge.members.spreadsheet` for the table's form."""
        periods = last.with_earlier(weeks)
        with self._uow.reading() as work:
            asked = as_last_put(work.questions.between(periods[0].start, last.end))
            known = _known(work, [each.id for each in asked])
        scrubber = Scrubber(self._names())
        rows = [
            self._row(question, group, known, scrubber, language, with_text=with_texts)
            for group in self._finder.groups(asked, scrubber)
            for question in group.questions
        ]
        heads = [TEXTS.get(f"insights.column.{column}", language) for column in COLUMNS]
        # By their content: whoever knows when something was asked shall not find it by its place.
        return write_rows([heads, *sorted(rows)])

    def _row(
        self,
        question: AskedQuestion,
        group: TopicGroup,
        known: _Known,
        scrubber: Scrubber,
        language: Language,
        *,
        with_text: bool,
    ) -> list[str]:
        cited = known.cited.get(question.id, ())
        ratings = known.ratings.get(question.id, Counter())
        may_be_read = group.names and is_open(question) and _audience(cited) is not Audience.COORDINATORS
        shown = scrubber.clean(question.text)[:LONGEST_TEXT] if with_text and may_be_read else ""
        return [
            question.asked_at.astimezone(HOME).date().isoformat(),
            question.language.value,
            group.names.get(FALLBACK if language is Language.UNKNOWN else language, ""),
            shown,
            TEXTS.get(f"insights.outcome.{question.status.value}", language),
            TEXTS.get(f"insights.audience.{_audience(cited).value}", language) if cited else "",
            "; ".join(dict.fromkeys(scrubber.clean(each.title) for each in cited)),
            str(ratings[Verdict.GOOD]),
            str(ratings[Verdict.BAD]),
        ]


def is_open(question: AskedQuestion) -> bool:
    """Whether it was asked where others read it: in a channel, and not by a command."""
    return question.place.startswith(_CHANNEL) and not question.id.startswith(_COMMAND)


def _known(work: UnitOfWork, questions: Sequence[QuestionId]) -> _Known:
    answers = work.ratings.answers(questions)
    passages: set[PassageId] = {passage for answer in answers.values() for passage in answer.passages}
    found = work.documents.passages(passages)
    cited = {
        question: [found[passage][1] for passage in answer.passages if passage in found]
        for question, answer in answers.items()
    }
    ratings: dict[QuestionId, Counter[Verdict]] = {}
    for rating in work.ratings.of(questions):
        ratings.setdefault(rating.question, Counter())[rating.verdict] += 1
    return _Known(cited, ratings)


def _audience(cited: Sequence[Document]) -> Audience:
    """The narrowest of those for whom the cited documents are."""
    order = (Audience.PUBLIC, Audience.MEMBERS, Audience.COORDINATORS)
    return max((each.audience for each in cited), key=order.index, default=Audience.PUBLIC)
