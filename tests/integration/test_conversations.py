"""Whether somebody is talking to Solmu, and what they mean, with a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answering.conversations import Conversations
from knowledge.members.profiles import Profiles
from knowledge.model import ChannelId, Language, MemberId, QuestionId
from knowledge.store import Store, open_store
from tests.builders import turn
from tests.fakes import SetClock, SmallEmbedder

HERE = ChannelId("C1")
ASKER, OTHER = MemberId("T1:U1"), MemberId("T1:U2")
ASKED = "Missä puheentunnistus on käytössä Uudellamaalla?"
FIRST = turn(1, ASKED)
LATER = "1700000500.000100"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty one."""
    opened = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    yield opened
    opened.dispose()


@pytest.fixture
def conversations(store: Store, clock: SetClock) -> Conversations:
    """With one question that was answered at noon."""
    found = Conversations(store, clock)
    found.remember(FIRST)
    return found


def _hears(conversations: Conversations, who: MemberId = ASKER, *, is_for_others: bool = False) -> bool:
    return conversations.hears(HERE, FIRST.thread, who, is_for_others=is_for_others)


def test_the_asker_goes_on_talking(conversations: Conversations, clock: SetClock) -> None:
    """Without naming Solmu again, for a quarter of an hour from the last answer."""
    clock.advance(minutes=15)
    assert _hears(conversations)
    clock.advance(seconds=1)
    assert not _hears(conversations)


def test_another_persons_message_ends_it(conversations: Conversations) -> None:
    """From then on people are talking to each other; a question that names Solmu begins anew, with its asker."""
    assert not _hears(conversations, OTHER)
    assert not _hears(conversations)
    conversations.remember(turn(2, thread=FIRST.thread, asker="U2"))
    assert _hears(conversations, OTHER)
    assert not _hears(conversations)
    assert not _hears(conversations, OTHER)


def test_what_is_said_to_somebody_else_ends_it_too(conversations: Conversations) -> None:
    """Whoever names another person has turned to them."""
    assert not _hears(conversations, is_for_others=True)
    assert not _hears(conversations)


def test_threads_without_solmu_are_none_of_its_business(conversations: Conversations) -> None:
    """Nor is the same thread of another channel."""
    assert not conversations.hears(HERE, "1.1", ASKER, is_for_others=False)
    assert not conversations.hears(ChannelId("C2"), FIRST.thread, ASKER, is_for_others=False)


def test_a_follow_up_is_understood_in_its_thread(conversations: Conversations, clock: SetClock) -> None:
    """After the questions before it there, however old; those that came later do not matter."""
    clock.advance(days=1)
    for ts, meant in ((LATER, "Missä puheentunnistus on käytössä Pirkanmaalla?"), ("1.1", "Entä Pirkanmaalla?")):
        assert conversations.understand("Entä Pirkanmaalla?", HERE, FIRST.thread, ts, ASKER).text == meant


def test_a_new_thread_goes_on_only_at_once(conversations: Conversations, clock: SetClock) -> None:
    """With the same person's question of a moment ago."""

    def meant(who: MemberId) -> str:
        return conversations.understand("Entä Pirkanmaalla?", HERE, LATER, LATER, who).text

    assert meant(ASKER) == "Missä puheentunnistus on käytössä Pirkanmaalla?"
    assert meant(OTHER) == "Entä Pirkanmaalla?"
    clock.advance(minutes=16)
    assert meant(ASKER) == "Entä Pirkanmaalla?"


def test_a_changed_question_does_not_take_the_word_again(conversations: Conversations) -> None:
    """Where people have begun to talk to each other, they go on."""
    assert not _hears(conversations, OTHER)
    conversations.remember(replace(FIRST, edited="9.9"))
    assert not _hears(conversations)


def test_whoever_leaves_takes_their_questions_along(store: Store, clock: SetClock) -> None:
    """Leaving erases what is remembered of conversations, of that person only."""
    conversations = Conversations(store, clock)
    for each in (FIRST, turn(2, asker="U2")):
        conversations.remember(each)
    profiles = Profiles(store, SmallEmbedder(), clock, Language.FI, farewells=(conversations.forget,))
    profiles.leave(ASKER)
    assert conversations.find(HERE, FIRST.ts) is None
    assert conversations.find(HERE, turn(2).ts) is not None


def test_an_answer_is_noted_and_kept(conversations: Conversations, clock: SetClock) -> None:
    """When a question is remembered again its answer stays; one that is not remembered has none."""
    now = clock.advance(minutes=5)
    conversations.answered(FIRST.id, HERE, FIRST.ts, "9.9")
    conversations.answered(QuestionId("message:T1:C1:2"), HERE, LATER, "9.9")
    found = conversations.find(HERE, FIRST.ts)
    assert found is not None
    assert (found.answer, found.at) == ("9.9", now)
    conversations.remember(replace(turn(1, "Toisin"), answer=""))
    found = conversations.find(HERE, FIRST.ts)
    assert found is not None
    assert (found.answer, found.text) == ("9.9", "Toisin")
    assert conversations.find(HERE, LATER) is None


def test_a_deleted_question_keeps_its_place_only(conversations: Conversations) -> None:
    """What it said is gone; nothing follows from it, and nobody is talking any more."""
    conversations.forget_words(FIRST)
    found = conversations.find(HERE, FIRST.ts)
    assert found is not None
    assert (found.text, found.answer) == ("", FIRST.answer)
    assert conversations.understand("Entä Pirkanmaalla?", HERE, FIRST.thread, LATER, ASKER).text == "Entä Pirkanmaalla?"
    assert not _hears(conversations)


def test_conversations_are_forgotten(conversations: Conversations, clock: SetClock) -> None:
    """After a week, and with the person."""
    clock.advance(days=7)
    conversations.forget_old()
    assert conversations.find(HERE, FIRST.ts) == FIRST
    clock.advance(seconds=1)
    conversations.forget_old()
    assert conversations.find(HERE, FIRST.ts) is None
    conversations.remember(FIRST)
    conversations.forget(OTHER)
    assert conversations.find(HERE, FIRST.ts) is not None
    conversations.forget(ASKER)
    assert conversations.find(HERE, FIRST.ts) is None
