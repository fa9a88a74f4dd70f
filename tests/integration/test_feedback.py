"""Feedback after an event: who is asked when, what is kept, and what coordinators read of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.blocks.feedback import feedback_table, summary_message
from bot.letters.feedback import FeedbackLetters
from knowledge.events.feedback import BadWordsError, Feedbacks, NotThereError
from knowledge.model import (
    AnnouncementKind,
    Attendance,
    Language,
    Letter,
    LetterKind,
    Material,
    MemberId,
    OccurrenceId,
)
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests import builders
from tests.fakes import SetClock

ENDS = builders.occurrence().ends_at
"""9 December, half past nine in Helsinki."""
HELD = OccurrenceId("o1")
ONE, TWO, MAYBE = (MemberId(f"T1:U{number}") for number in (1, 2, 3))


class World:
    """An event that two people went to and one perhaps did."""

    def __init__(self, store: Store, ends: datetime = ENDS) -> None:
        self.store = store
        self.clock = SetClock(ends + timedelta(hours=2))
        self.feedbacks = Feedbacks(store, self.clock, lambda _: "")
        material = Material("Kalvot", "https://example.org/kalvot")
        with store() as work:
            work.announcements.put(builders.announcement(kind=AnnouncementKind.EVENT))
            work.events.put(builders.event(materials=(material,)))
            work.events.put_occurrence(builders.occurrence(starts_at=ends - timedelta(hours=1), ends_at=ends))
            work.sign_ups.put(builders.sign_up("U1"))
            work.sign_ups.put(builders.sign_up("U2", number=2))
            work.sign_ups.put(builders.sign_up("U3", number=3, attendance=Attendance.MAYBE))
            work.commit()

    def letters(self, person: MemberId) -> list[Letter]:
        """What somebody is asked once the chore has run."""
        self.feedbacks.write_requests()
        with self.store.reading() as work:
            return [each for each in work.letters.of(person) if each.kind is LetterKind.FEEDBACK]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty one."""
    made = open_store(Settings(data_dir=tmp_path).database)
    yield made
    made.dispose()


def test_those_who_were_there_are_asked_once_two_hours_later(store: Store) -> None:
    """Not a minute earlier, not whoever said maybe, and not again by another process or on another day."""
    world = World(store)
    world.clock.advance(minutes=-1)
    assert world.letters(ONE) == []
    world.clock.advance(minutes=1)
    (letter,) = world.letters(ONE)
    assert letter.due_at == ENDS + timedelta(hours=2)
    assert world.letters(MAYBE) == []
    world.clock.advance(hours=20)
    Feedbacks(store, world.clock, lambda _: "").write_requests()
    assert world.letters(ONE) == [letter]


def test_in_quiet_hours_the_question_waits_for_nine(store: Store) -> None:
    """An event that ends at eight in the evening is asked about at nine in the morning: 07:00 UTC."""
    world = World(store, ENDS.replace(hour=18, minute=0))
    world.clock.now = ENDS.replace(hour=20, minute=0)
    (letter,) = world.letters(ONE)
    assert letter.due_at == datetime(2026, 12, 10, 7, 0, tzinfo=ENDS.tzinfo)


def test_a_rating_is_kept_and_can_be_changed(store: Store) -> None:
    """The latest word of each counts; a new rating keeps the words."""
    world = World(store)
    world.feedbacks.rate(HELD, ONE, 2)
    world.feedbacks.comment(HELD, ONE, 3, "  Selkeä esitys.  ")
    world.feedbacks.rate(HELD, ONE, 1)
    summary = world.feedbacks.summary(HELD)
    assert (summary.going, dict(summary.counts), summary.rows) == (2, {1: 1}, [(1, "Selkeä esitys.")])


def test_only_those_who_were_there_speak_and_only_afterwards(store: Store) -> None:
    """Neither whoever said maybe, nor a stranger, nor anybody before the end."""
    world = World(store)
    for person in (MAYBE, MemberId("T1:U9")):
        with pytest.raises(NotThereError):
            world.feedbacks.rate(HELD, person, 3)
    world.clock.now = ENDS - timedelta(minutes=1)
    with pytest.raises(NotThereError):
        world.feedbacks.rate(HELD, ONE, 3)


def test_words_with_an_identity_code_are_not_kept(store: Store) -> None:
    """Nothing of them, the rating neither."""
    world = World(store)
    with pytest.raises(BadWordsError):
        world.feedbacks.comment(HELD, ONE, 3, "Asiakas 131052-308T oli mukana.")
    assert world.feedbacks.summary(HELD).rows == []


def test_coordinators_read_counts_and_words_without_names(store: Store) -> None:
    """Ordered by rating and words, so that no place tells who was first."""
    world = World(store)
    world.feedbacks.comment(HELD, TWO, 3, "Hyvä.")
    world.feedbacks.comment(HELD, ONE, 1, "<!channel> liian pitkä")
    summary = world.feedbacks.summary(HELD)
    assert summary.rows == [(1, "<!channel> liian pitkä"), (3, "Hyvä.")]
    message = json.dumps(summary_message(summary, Language.FI).blocks, ensure_ascii=False)
    assert "Palautetta antoi 2, ilmoittautuneita oli 2." in message
    assert "<!channel>" not in message
    table = feedback_table(summary, Language.FI).decode("utf-8-sig")
    assert "Hyvä." in table
    assert not {"U1", "U2"} & set(table.split())


def test_the_message_holds_three_buttons_and_the_materials(store: Store) -> None:
    """Whoever has answered already is not asked by a letter that was on its way."""
    world = World(store)
    (letter,) = world.letters(ONE)
    sent = FeedbackLetters(world.feedbacks).write(letter, Language.FI)
    assert sent is not None
    text = json.dumps(sent.blocks, ensure_ascii=False)
    assert [f"feedback_rate_{each}" in text for each in (1, 2, 3)] == [True] * 3
    assert "https://example.org/kalvot" in text
    world.feedbacks.rate(HELD, ONE, 3)
    assert FeedbackLetters(world.feedbacks).write(letter, Language.FI) is None
