"""The overview of a period, read from what is stored: counts and topics, and no person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.insights.activity import (
    EventFigures,
    InquiryFigures,
    IntroductionFigures,
    event_figures,
    inquiry_figures,
    introduction_figures,
)
from knowledge.insights.anonymity import ENOUGH_PEOPLE, Scrubber
from knowledge.insights.gaps import GapFinder, Gaps
from knowledge.insights.periods import HOME, Period
from knowledge.insights.stale import StaleDocument, stale_documents
from knowledge.insights.tallies import Tally, as_last_put, count, within
from knowledge.members.demand import Demand
from knowledge.members.overview import NetworkOverviews
from knowledge.model import (
    AnswerRating,
    AnswerStatus,
    AskedQuestion,
    Inquiry,
    InquiryState,
    Introduction,
    Verdict,
)
from knowledge.ports import Clock, UnitOfWork, UnitOfWorkFactory

WEEKS = 8
"""How many weeks are counted, the period's the last of them."""
PersonNames = Callable[[], Iterable[str]]
"""What people are called, so that no text shows it."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """Ratings of answers."""

    good: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Insights:
    """Everything of one period.

    `weeks` are WEEKS tallies with their periods, the last of them the period's own.
    `introductions` and `inquiries` are of the period, `lately` is what became of introductions in all the weeks.
    """

    period: Period
    weeks: tuple[tuple[Period, Tally], ...]
    gaps: Gaps
    opinions: Opinions
    stale: tuple[StaleDocument, ...]
    events: EventFigures
    introductions: IntroductionFigures
    lately: IntroductionFigures
    inquiries: InquiryFigures
    demands: tuple[Demand, ...]

    @property
    def tally(self) -> Tally:
        """The period's questions."""
        return self.weeks[-1][1]

    @property
    def before(self) -> Tally:
        """Those of the week before."""
        return self.weeks[-2][1]

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to compare with."""
        return not any(tally.asked for _, tally in self.weeks[:-1])


@dataclass(frozen=True, slots=True)
class _Read:
    """What one look into the store brings."""

    questions: Sequence[AskedQuestion]
    ratings: Sequence[AnswerRating]
    stale: tuple[StaleDocument, ...]
    events: EventFigures
    introductions: Sequence[Introduction]
    inquiries: Sequence[Inquiry]


class InsightReader:
    """Reads overviews anew at every call. `review_years` is the age from which a document should be looked at."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        finder: GapFinder,
        overviews: NetworkOverviews,
        names: PersonNames,
        clock: Clock,
        review_years: float,
    ) -> None:
        self._uow = uow
        self._finder = finder
        self._overviews = overviews
        self._names = names
        self._clock = clock
        self._review_years = review_years

    def of(self, period: Period) -> Insights:
        """The overview of a period; of one that is not over, as far as it has come."""
        now = self._clock()
        periods = period.with_earlier(WEEKS)
        with self._uow.reading() as work:
            read = self._read(work, period, now)
        asked = as_last_put(read.questions)
        unanswered = [each for each in within(asked, period) if each.status is AnswerStatus.NOT_FOUND]
        verdicts = Counter(each.verdict for each in read.ratings)
        demands = [each for each in self._overviews.now().demands if each.seekers >= ENOUGH_PEOPLE]
        return Insights(
            period,
            tuple((each, count(within(asked, each))) for each in periods),
            self._finder.find(unanswered, Scrubber(self._names())),
            Opinions(verdicts[Verdict.GOOD], verdicts[Verdict.BAD]),
            read.stale,
            read.events,
            introduction_figures(read.introductions, period.start, period.end),
            introduction_figures(read.introductions, periods[0].start, period.end),
            inquiry_figures(read.inquiries, period),
            tuple(demands),
        )

    def _read(self, work: UnitOfWork, period: Period, now: datetime) -> _Read:
        questions = work.questions.between(period.with_earlier(WEEKS)[0].start, period.end)
        own = [each.id for each in within(questions, period)]
        ratings, answers = work.ratings.of(own), work.ratings.answers(own)
        today = now.astimezone(HOME).date()
        return _Read(
            questions,
            ratings,
            stale_documents(answers, ratings, work.documents.live(), today, self._review_years),
            event_figures(work, period, now),
            work.introductions.all(),
            work.inquiries.within([each for each in InquiryState if each is not InquiryState.WITHDRAWN]),
        )


def stored_names(uow: UnitOfWorkFactory) -> list[str]:
    """What people are called as far as the store knows: contacts of use cases, and those who were quoted by name."""
    with uow.reading() as work:
        contacts = [use_case.contact for _, use_case in work.documents.live_use_cases()]
        return [*contacts, *(answer.name for answer in work.inquiries.answers())]
