"""Channels' manners, turns and wished-for languages, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import time, timedelta

from knowledge.model import (
    AnswerStatus,
    Audience,
    ChannelId,
    Initiative,
    Language,
    Manners,
    MemberId,
    QuestionId,
    QueueSlot,
    member_id,
)
from knowledge.store import Store
from tests.builders import question
from tests.fakes import NOON

AINO, EMIL = member_id("T1", "U1"), member_id("T1", "U2")
CHANNEL = ChannelId("C1")


def _turn(number: int, *, asker: MemberId = AINO, place: str = "C1") -> QueueSlot:
    return QueueSlot(QuestionId(f"q{number}"), asker, place, NOON + timedelta(minutes=number))


def test_a_channel_has_the_usual_manners_until_some_are_set(store: Store) -> None:
    """Solmu waits to be mentioned; what is set is read back whole, and replaced by what is set next."""
    set_ones = Manners(
        CHANNEL, Initiative.OFFER, (Language.SV, Language.EN), Audience.PUBLIC, time(21, 30), time(7), 12
    )
    with store() as work:
        assert work.manners.of(CHANNEL) == Manners(CHANNEL, Initiative.MENTIONED, (), Audience.MEMBERS)
        work.manners.put(Manners(CHANNEL, Initiative.ANSWER))
        assert work.manners.of(CHANNEL).initiative is Initiative.ANSWER
        work.manners.put(set_ones)
        work.commit()
    with store.reading() as work:
        assert work.manners.of(CHANNEL) == set_ones
        assert work.manners.all() == [set_ones]


def test_turns_are_found_by_person_and_by_place(store: Store) -> None:
    """Those due after a moment, the earliest first; the same question takes no second one."""
    with store() as work:
        work.turns.lock()
        for turn in (_turn(2), _turn(1), _turn(3, asker=EMIL), _turn(4, place="C2")):
            work.turns.add(turn)
        work.turns.add(dataclasses.replace(_turn(1), due_at=NOON))
        work.commit()
    with store.reading() as work:
        assert work.turns.of(AINO, NOON) == [_turn(1), _turn(2), _turn(4, place="C2")]
        assert work.turns.at("C1", NOON + timedelta(minutes=1)) == [_turn(2), _turn(3, asker=EMIL)]
        assert work.turns.find(QuestionId("q1")) == _turn(1)
        assert work.turns.find(QuestionId("q9")) is None


def test_turns_are_forgotten_by_age_and_by_person(store: Store) -> None:
    """Nothing else is erased."""
    with store() as work:
        for turn in (_turn(1), _turn(2), _turn(3, asker=EMIL)):
            work.turns.add(turn)
        work.turns.forget(NOON + timedelta(minutes=2))
        assert [turn.question for turn in work.turns.at("C1", NOON)] == ["q2", "q3"]
        work.turns.forget_person(AINO)
        assert [turn.question for turn in work.turns.at("C1", NOON)] == ["q3"]


def test_a_wish_for_a_language_is_kept_replaced_and_forgotten(store: Store) -> None:
    """Whoever wished for none has none."""
    with store() as work:
        assert work.languages.of(AINO) is Language.UNKNOWN
        work.languages.put(AINO, Language.EN)
        work.languages.put(AINO, Language.SV)
        assert (work.languages.of(AINO), work.languages.of(EMIL)) == (Language.SV, Language.UNKNOWN)
        work.languages.forget(AINO)
        assert work.languages.of(AINO) is Language.UNKNOWN


def test_questions_to_which_nothing_was_found_are_listed(store: Store) -> None:
    """The newest first, no older than wanted, and no answered or refused one."""
    with store() as work:
        for number, status in enumerate(("not_found", "answered", "not_found", "refused", "not_found")):
            asked = dataclasses.replace(question(f"q{number}"), status=AnswerStatus(status))
            work.questions.add(dataclasses.replace(asked, asked_at=NOON + timedelta(hours=number)))
        found = work.questions.unanswered(NOON + timedelta(hours=1), 5)
        assert [each.id for each in found] == ["q4", "q2"]
        assert [each.id for each in work.questions.unanswered(NOON, 1)] == ["q4"]


def test_a_changed_question_counts_as_it_was_put_last(store: Store) -> None:
    """One that found its answer once it was corrected is open no more; one that still finds none is there once."""
    told = {
        "message:T1:C1:1.1": "not_found",
        "message:T1:C1:1.1:edited:2.000000": "not_found",
        "message:T1:C1:1.1:edited:3.000000": "answered",
        "message:T1:C1:1.10": "not_found",
        "message:T1:C1:4.1": "not_found",
        "message:T1:C1:4.1:edited:5.000000": "not_found",
    }
    with store() as work:
        for number, (name, status) in enumerate(told.items()):
            asked = dataclasses.replace(question(name), status=AnswerStatus(status), asker=AINO)
            work.questions.add(dataclasses.replace(asked, asked_at=NOON + timedelta(minutes=number)))
        open_ones = [each.id for each in work.questions.unanswered(NOON, 9)]
        own = [each.id for each in work.questions.asked_by(AINO)]
        first = [each.id for each in work.questions.unanswered(NOON, 1)]
    assert open_ones == ["message:T1:C1:4.1:edited:5.000000", "message:T1:C1:1.10"]
    assert own == [open_ones[0], open_ones[1], "message:T1:C1:1.1:edited:3.000000"]
    assert first == open_ones[:1]
