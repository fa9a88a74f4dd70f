"""The overview of a week over a real store: what it counts, what it tells, and what it never does."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.insights.activity import EventFigures, InquiryFigures, IntroductionFigures
from knowledge.insights.gaps import GapFinder
from knowledge.insights.naming import TopicNames
from knowledge.insights.overview import InsightReader, Insights, stored_names
from knowledge.insights.periods import Period
from knowledge.insights.picture import draw_insights
from knowledge.insights.question_log import QuestionLog
from knowledge.insights.stale import Why
from knowledge.insights.tallies import Tally
from knowledge.insights.weekly import WeeklyInsights, period_of
from knowledge.insights.wording import parts, summary
from knowledge.introductions.schedule import read_schedule
from knowledge.members.demand import Demands
from knowledge.members.overview import NetworkOverviews
from knowledge.members.topics import Topics
from knowledge.model import (
    AnnouncementKind,
    AnswerStatus,
    Audience,
    Complaint,
    InquiryState,
    IntroductionState,
    Language,
    LetterKind,
    MemberId,
    Outcome,
    QuestionId,
    Side,
    Verdict,
)
from knowledge.searching.synonyms import Synonyms, parse_groups
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests import builders
from tests.fakes import NOON, SetClock, SmallEmbedder
from tests.inquiring import given_answer, inquiry, rating

THIS_WEEK = Period(date(2026, 3, 12))
SYNONYMS = Synonyms(parse_groups(["sanelu\tdiktering\tdictation"], "test"))
PNG = b"\x89PNG"
UNANSWERED = "Kuinka kauan sanelun äänite säilytetään?"
SECRET = "Paljonko matkabudjetti on?"


class World:
    """A store with questions; everything that reads them is made with a small model."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = SetClock()
        embedder = SmallEmbedder()
        topics = Topics(embedder, SYNONYMS)
        self.finder = GapFinder(topics, embedder, TopicNames(SYNONYMS))
        overviews = NetworkOverviews(store, Demands(topics, embedder), embedder, self.clock)
        self.reader = InsightReader(store, self.finder, overviews, lambda: ["Riikka Ojala"], self.clock, 3)

    def ask(self, name: str, user: str, text: str, *, days_ago: int = 0, **changes: object) -> QuestionId:
        """A question that found no answer, unless something else is told."""
        values = {"asker": MemberId(f"T1:{user}"), "status": AnswerStatus.NOT_FOUND} | changes
        at = NOON - timedelta(days=days_ago)
        asked = dataclasses.replace(builders.question(name, text), asked_at=at, **values)  # type: ignore[arg-type]
        with self.store() as work:
            work.questions.add(asked)
            work.commit()
        return asked.id

    def now(self) -> Insights:
        """The week as it is now."""
        return self.reader.of(THIS_WEEK)

    def log(self, *, texts: bool) -> list[dict[str, str]]:
        """The rows of the question log, in English."""
        made = QuestionLog(self.store, self.finder, lambda: ["Riikka Ojala"])
        table = made.as_table(THIS_WEEK, 8, Language.EN, with_texts=texts).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(table, newline=""), delimiter=";"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Nobody has asked anything yet."""
    store = open_store(Settings(data_dir=tmp_path).database)
    yield World(store)
    store.dispose()


def _cite(world: World, question: QuestionId, audience: Audience, title: str) -> None:
    """Have the answer to a question be made of a document."""
    source = builders.source(list(Audience).index(audience) + 1, audience)
    document = builders.document(f"{audience}.md", of=source, title=title, published=date(2022, 1, 1))
    with world.store() as work:
        work.sources.add(source)
        work.documents.put(builders.content(document, "Budjetti on 31 000 euroa."), NOON)
        passages = tuple(each.id for each in work.documents.of_document(document.id))
        work.ratings.record(given_answer(question, passages=passages, documents=(document.id,)))
        work.commit()


def test_an_empty_week_reads_well(world: World) -> None:
    """Nothing is divided by nothing, and the picture can be drawn."""
    insights = world.now()
    assert insights.is_first
    assert insights.tally == Tally()
    assert summary(insights, Language.EN) == "Nobody asked Solmu anything this week."
    assert parts(insights, Language.FI) == []
    assert draw_insights(insights, Language.EN).startswith(PNG)


def test_one_persons_week_tells_no_topic(world: World) -> None:
    """Neither what they asked nor that it was one; there is nothing to compare with yet."""
    for number in range(4):
        world.ask(f"q{number}", "U1", UNANSWERED)
    insights = world.now()
    told = str(parts(insights, Language.EN))
    assert insights.tally == Tally(not_found=4, people=1)
    assert (insights.gaps.topics, insights.gaps.other) == ((), 4)
    assert "Fewer than three people asked" in told
    assert "first" in told
    assert "sanelu" not in told
    assert "dictation" not in told


def test_a_week_is_compared_with_the_one_before(world: World) -> None:
    """What was asked before it, and after it, is in other weeks; the eighth is the last that is counted."""
    world.ask("new", "U1", UNANSWERED)
    world.ask("edge", "U2", UNANSWERED, days_ago=6, status=AnswerStatus.ANSWERED)
    world.ask("last week", "U1", UNANSWERED, days_ago=7)
    world.ask("old", "U1", UNANSWERED, days_ago=55)
    world.ask("older", "U1", UNANSWERED, days_ago=56)
    world.ask("tomorrow", "U1", UNANSWERED, days_ago=-1)
    insights = world.now()
    assert [tally.asked for _, tally in insights.weeks] == [1, 0, 0, 0, 0, 0, 1, 2]
    assert (insights.tally, insights.before) == (Tally(1, 1, people=2), Tally(not_found=1, people=1))
    assert "Questions in the week before: 1, not found 1." in str(parts(insights, Language.EN))


def test_topics_are_told_of_three_and_by_no_words_of_one(world: World) -> None:
    """Only questions without an answer count, and names of people are in no topic."""
    for user in ("U1", "U2", "U3"):
        world.ask(f"open {user}", user, UNANSWERED)
        world.ask(f"person {user}", user, "Riikka Ojala 131052-308T")
        world.ask(f"answered {user}", user, "Missä tutka on?", status=AnswerStatus.ANSWERED)
    world.ask("alone", "U4", "Onko lämpökamera sallittu?")
    insights = world.now()
    [gap] = insights.gaps.topics
    assert (gap.questions, gap.people, insights.gaps.other) == (3, 3, 4)
    told = str(parts(insights, Language.FI)).casefold()
    assert "sanelu" in told
    for hidden in ("ojala", "131052", "lämpökamera", "kuinka kauan"):
        assert hidden not in told


def test_documents_ratings_and_meetings_are_counted(world: World) -> None:
    """An old document that was called outdated, events with sign-ups, introductions and inquiries."""
    asked = world.ask("q", "U1", SECRET, status=AnswerStatus.ANSWERED)
    _cite(world, asked, Audience.COORDINATORS, "Talousarvio")
    useful = Side(MemberId("T1:U1"), outcome=Outcome.USEFUL)
    starts = NOON - timedelta(days=1)
    with world.store() as work:
        bad = rating("q", verdict=Verdict.BAD, complaint=Complaint.OUTDATED)
        work.ratings.rate(bad)
        work.announcements.put(builders.announcement(kind=AnnouncementKind.EVENT))
        work.events.put(builders.event())
        work.events.put_occurrence(builders.occurrence(starts_at=starts, ends_at=starts + timedelta(hours=1)))
        later = NOON + timedelta(days=3)
        work.events.put_occurrence(builders.occurrence("o2", starts_at=later, ends_at=later + timedelta(hours=1)))
        for number, (user, occurrence) in enumerate([("U1", "o1"), ("U2", "o1"), ("U1", "o2")], 1):
            work.sign_ups.put(builders.sign_up(user, to=occurrence, number=number, since=NOON))
        work.organisations.put(builders.organisation())
        for user in ("U1", "U2"):
            work.members.put(builders.member(user))
        made = builders.introduction("i1", state=IntroductionState.MADE, proposed_at=NOON)
        work.introductions.put(dataclasses.replace(made, first=useful))
        work.inquiries.add(inquiry(ts="1.0", state=InquiryState.CLOSED, accepted="1.1", made_at=NOON))
        work.inquiries.add(inquiry("i2", ts="2.2", made_at=NOON))
        work.inquiries.add(inquiry("i4", ts="", accepted="7.1", state=InquiryState.CURATED, made_at=NOON))
        work.inquiries.add(inquiry("i3", state=InquiryState.WITHDRAWN, made_at=NOON))
        work.commit()
    insights = world.now()
    [stale] = insights.stale
    assert (stale.title, stale.why, stale.cited) == ("Talousarvio", Why.CALLED_OUTDATED, 1)
    assert (insights.opinions.good, insights.opinions.bad) == (0, 1)
    assert insights.events == EventFigures(held=1, came=2, signed_up=3, coming=1, booked=1)
    assert insights.introductions == IntroductionFigures(proposed=1, made=1, met=1, useful=1)
    assert insights.inquiries == InquiryFigures(asked=2, open=1, helped=1)
    assert draw_insights(insights, Language.SV).startswith(PNG)


def test_the_same_week_is_the_same_picture(world: World) -> None:
    """Nothing of the moment of drawing is in it; each language has its own."""
    world.ask("q", "U1", UNANSWERED)
    insights = world.now()
    finnish, again, swedish = (draw_insights(insights, each) for each in (Language.FI, Language.FI, Language.SV))
    assert finnish == again
    assert finnish != swedish


def test_the_log_has_no_persons_and_no_times(world: World) -> None:
    """One row for each question: day, language, outcome, sources and opinions; words only where they are wished for."""
    for user in ("U1", "U2", "U3"):
        world.ask(f"message:T1:C1:{user}", user, f"{UNANSWERED} Kysyy Riikka Ojala.")
    asked = world.ask("message:T1:C1:9", "U4", SECRET, status=AnswerStatus.ANSWERED, days_ago=1)
    _cite(world, asked, Audience.COORDINATORS, "=Talousarvio")
    with world.store() as work:
        work.ratings.rate(rating(asked, person=MemberId("T1:U5")))
        work.commit()
    rows = world.log(texts=False)
    assert len(rows) == 4
    assert rows[0] == {
        "Day": "2026-03-11",
        "Language": "fi",
        "Topic": "",
        "Question": "",
        "Outcome": "answered",
        "Audience of sources": "coordinators",
        "Sources": "'=Talousarvio",
        "Helped": "1",
        "Did not help": "0",
    }
    assert {row["Question"] for row in rows} == {""}
    assert rows[1]["Topic"].startswith("dictation")
    whole = str(rows) + str(world.log(texts=True))
    for hidden in ("U1", "U5", "T1", "12:00", "Riikka", "Ojala", "C1", SECRET):
        assert hidden not in whole


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [
        ({"place": "C1"}, True),
        ({"place": "D1"}, False),
        ({"place": "G1"}, False),
    ],
)
def test_only_what_was_asked_in_channels_is_quoted(world: World, changes: dict[str, str], *, is_shown: bool) -> None:
    """Never what somebody asked privately, be it ever so common."""
    for user in ("U1", "U2", "U3"):
        world.ask(f"message:{user}", user, UNANSWERED, **changes)
    assert [row["Question"] for row in world.log(texts=True)] == [UNANSWERED if is_shown else ""] * 3
    world.ask("command:T1:1", "U4", UNANSWERED)
    assert [row["Question"] for row in world.log(texts=True)].count("") == (1 if is_shown else 4)


def test_what_coordinators_sources_answered_is_not_quoted(world: World) -> None:
    """The question would tell what is in them; two people's question is not quoted either."""
    for user in ("U1", "U2", "U3"):
        asked = world.ask(f"message:{user}", user, SECRET, status=AnswerStatus.ANSWERED)
    world.ask("message:a", "U1", UNANSWERED)
    world.ask("message:b", "U2", UNANSWERED)
    with world.store() as work:
        assert work.ratings.answers([asked]) == {}
    assert [row["Question"] for row in world.log(texts=True)].count(SECRET) == 3
    _cite(world, asked, Audience.COORDINATORS, "Talousarvio")
    quoted = [row["Question"] for row in world.log(texts=True)]
    assert (quoted.count(SECRET), quoted.count(UNANSWERED)) == (2, 0)


def test_names_that_are_stored_are_known(world: World) -> None:
    """Contacts of use cases."""
    source = builders.source()
    with world.store() as work:
        work.sources.add(source)
        work.documents.put(builders.content(builders.document(of=source), "Pilotti.", case=True), NOON)
        work.commit()
    assert "Maija Meikäläinen" in stored_names(world.store)


def test_the_weekly_letter_is_written_once(world: World) -> None:
    """For each coordinator at its time, however many processes look and however often; about the days before."""
    people = [MemberId("T1:UCOORD"), MemberId("T1:USECOND")]
    world.clock.now = NOON.replace(day=16, hour=6, minute=0)  # Monday, eight in Finland
    weekly = [WeeklyInsights(world.store, world.clock, read_schedule("mon 08:00"), lambda: people) for _ in range(2)]
    assert [each.write_due() for each in (*weekly, *weekly)] == [2, 0, 0, 0]
    with world.store.reading() as work:
        [letter] = work.letters.of(people[0])
    assert letter.kind is LetterKind.INSIGHTS
    assert period_of(letter) == Period(date(2026, 3, 15))
    world.clock.advance(hours=3)
    assert weekly[0].write_due() == 0
    world.clock.advance(days=7)
    assert weekly[0].write_due() == 2


@pytest.mark.parametrize(("schedule", "hour"), [("off", 6), ("mon 08:00", 5)])
def test_no_letter_comes_before_its_time_or_where_none_is_wished(world: World, schedule: str, hour: int) -> None:
    """Off is off."""
    world.clock.now = NOON.replace(day=16, hour=hour)
    assert (
        WeeklyInsights(world.store, world.clock, read_schedule(schedule), lambda: [MemberId("T1:U1")]).write_due() == 0
    )
