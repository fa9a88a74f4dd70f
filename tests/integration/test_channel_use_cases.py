"""Turns, manners, suggestions and what was asked, over real databases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.channels.asked import Asked
from knowledge.channels.budgets import HOUR, Budgets, Limits, Wait, _earliest
from knowledge.channels.manners import ChannelManners
from knowledge.channels.suggesting import Outcome, Suggestions
from knowledge.members.languages import Languages
from knowledge.members.profiles import NotAllowedError, Profiles
from knowledge.model import (
    Act,
    ActOutcome,
    AnswerStatus,
    Audience,
    ChannelId,
    Initiative,
    Language,
    Manners,
    MemberId,
    QuestionId,
    member_id,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import question
from tests.fakes import NOON, SetClock, SmallEmbedder

AINO, EMIL, STAFF = (member_id("T1", user) for user in ("U1", "U2", "U9"))
C1 = ChannelId("C1")


@pytest.fixture
def budgets(store: Store, clock: SetClock) -> Callable[[int, int], Budgets]:
    """Budgets with these limits for a person and for a channel."""
    return lambda person, channel: Budgets(store, clock, Limits(person, channel))


def ask(budgets: Budgets, number: int, who: MemberId = AINO, where: str = "C1") -> Wait:
    """The turn of a question."""
    return budgets.turn(QuestionId(f"q{number}"), who, where)


def test_questions_within_the_limit_are_answered_at_once(budgets: Callable[[int, int], Budgets]) -> None:
    """The next one waits until the first is an hour old, the one after it until the second is."""
    two = budgets(2, 0)
    assert [ask(two, number).number for number in (1, 2, 3, 4)] == [0, 0, 1, 2]
    assert ask(two, 3) == Wait(NOON + HOUR, 1)
    assert ask(two, 5, EMIL).number == 0


def test_a_turn_stays_the_same_until_it_comes(budgets: Callable[[int, int], Budgets], clock: SetClock) -> None:
    """Asked for again it is no second one; once its time has come nobody waits any more."""
    one = budgets(1, 0)
    ask(one, 1)
    assert ask(one, 2) == ask(one, 2) == Wait(NOON + HOUR, 1)
    clock.advance(hours=1)
    assert ask(one, 2) == Wait(NOON + HOUR, 0)
    assert ask(one, 3) == Wait(NOON + 2 * HOUR, 1)


def test_a_channels_limit_counts_everybody_and_its_own_number_goes_first(
    store: Store, budgets: Callable[[int, int], Budgets]
) -> None:
    """Private questions count for the person alone."""
    with store() as work:
        work.manners.put(Manners(C1, hourly=1))
        work.commit()
    many = budgets(0, 2)
    assert [ask(many, 1).number, ask(many, 2, EMIL).number] == [0, 1]
    assert [ask(many, number, where="C2").number for number in (3, 4, 5)] == [0, 0, 1]
    assert [ask(many, number, where="").number for number in (6, 7, 8, 9)] == [0, 0, 0, 0]


def test_somebody_who_waits_long_keeps_no_others_waiting(budgets: Callable[[int, int], Budgets]) -> None:
    """One person's own limit pushes their questions out, past those of others in the channel."""
    both = budgets(1, 3)
    assert [ask(both, number).number for number in (1, 2, 3)] == [0, 1, 2]
    assert [ask(both, 4, EMIL).number, ask(both, 5, STAFF).number] == [0, 0]


def test_what_nobody_asked_takes_no_turn_that_waits(budgets: Callable[[int, int], Budgets]) -> None:
    """It is told that it would have to wait, and leaves the queue as it was."""
    one = budgets(1, 0)
    ask(one, 1)
    assert one.turn(QuestionId("q2"), AINO, "C1", or_never=True).number == 1
    assert ask(one, 3) == Wait(NOON + HOUR, 1)


def test_turns_taken_at_the_same_moment_keep_the_limit(budgets: Callable[[int, int], Budgets]) -> None:
    """Of twelve at once three are answered now, three in an hour, and so on."""
    three = budgets(3, 0)
    with ThreadPoolExecutor(6) as pool:
        waits = list(pool.map(lambda number: ask(three, number), range(12)))
    hours = sorted((wait.due_at - NOON) // HOUR for wait in waits)
    assert hours == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


@given(st.lists(st.integers(0, 90), max_size=30), st.integers(1, 4))
def test_no_hour_ever_holds_more_than_the_limit(minutes: list[int], most: int) -> None:
    """However the questions come, and each gets the first moment that is left."""
    taken = []
    for minute in sorted(minutes):
        now = NOON + timedelta(minutes=minute)
        turn = _earliest(now, [(taken, most)])
        assert turn >= now
        taken.append(turn)
    for end in taken:
        assert sum(end - HOUR < each <= end for each in taken) <= most


def test_old_turns_and_a_persons_turns_are_forgotten(
    store: Store, budgets: Callable[[int, int], Budgets], clock: SetClock
) -> None:
    """Nothing of who asked when is kept longer than it counts."""
    some = budgets(9, 0)
    for number, who in ((1, AINO), (2, EMIL)):
        ask(some, number, who)
    some.forget_person(AINO)
    clock.advance(hours=1)
    ask(some, 3)
    clock.advance(hours=1, minutes=1)
    some.forget()
    with store.reading() as work:
        assert [turn.question for turn in work.turns.at("C1", NOON - HOUR)] == ["q3"]


def test_only_staff_set_manners(store: Store) -> None:
    """And what they set tells what to do about a question that nobody asks Solmu, by Finnish time."""
    manners = ChannelManners(store, SetClock(), FixedRoles([STAFF]))
    wanted = Manners(C1, Initiative.ANSWER, (Language.FI,), Audience.PUBLIC, time(15), time(16))
    with pytest.raises(NotAllowedError):
        manners.set(wanted, AINO)
    assert manners.all() == []
    manners.set(wanted, STAFF)
    assert manners.all() == [wanted]
    # 12 UTC is 14 in Finland in March.
    assert manners.initiative(C1, Language.FI, NOON) is Initiative.ANSWER
    assert manners.initiative(C1, Language.SV, NOON) is Initiative.MENTIONED
    assert manners.initiative(C1, Language.FI, NOON + HOUR) is Initiative.MENTIONED
    assert manners.initiative(ChannelId("C2"), Language.FI, NOON) is Initiative.MENTIONED


def test_an_audience_is_narrowed_and_never_widened(store: Store) -> None:
    """What everybody in the channel may see sets the limit."""
    manners = ChannelManners(store, SetClock(), FixedRoles([STAFF]))
    assert manners.narrowed(C1, Audience.PUBLIC) is Audience.PUBLIC
    assert manners.narrowed(C1, Audience.MEMBERS) is Audience.MEMBERS
    manners.set(Manners(C1, audience=Audience.PUBLIC), STAFF)
    assert manners.narrowed(C1, Audience.MEMBERS) is Audience.PUBLIC


def test_a_page_is_added_once_and_by_admins_only(store: Store, clock: SetClock) -> None:
    """Others, coordinators too, suggest it; admins hear of it once, and no more once it is a source."""
    suggestions = Suggestions(store, clock, FixedRoles([EMIL], [STAFF]))
    for person in (AINO, EMIL):
        assert not suggestions.may_add(person)
        with pytest.raises(NotAllowedError):
            suggestions.add("https://a.example", Audience.PUBLIC, person)
    assert [suggestions.suggest("https://a.example", EMIL) for _ in range(2)] == [Outcome.SUGGESTED] * 2
    with store.reading() as work:
        assert [letter.to for letter in work.letters.due(NOON, 9)] == [STAFF]
    assert suggestions.add("https://a.example", Audience.PUBLIC, STAFF) is Outcome.ADDED
    assert suggestions.add("https://a.example", Audience.MEMBERS, STAFF) is Outcome.KNOWN
    assert suggestions.suggest("https://a.example", EMIL) is Outcome.KNOWN
    with store.reading() as work:
        assert [(each.location, each.audience) for each in work.sources.all()] == [
            ("https://a.example", Audience.PUBLIC)
        ]
        assert work.letters.due(NOON, 9) == []
        asked_for = work.runs.latest()
        noted = [(each.who, each.outcome) for each in work.audit.of([Act.SOURCE_ADD])]
    # The register of personal data finds who asked for a run by their id in Slack.
    assert asked_for is not None
    assert asked_for.requested_by == "U9"
    assert noted == [(AINO, ActOutcome.REFUSED), (EMIL, ActOutcome.REFUSED), (STAFF, ActOutcome.DONE)]


def test_nobody_learns_that_a_page_is_a_source_for_coordinators(store: Store, clock: SetClock) -> None:
    """Others suggest it as any other page; nobody is troubled with that."""
    suggestions = Suggestions(store, clock, FixedRoles([EMIL], [STAFF]))
    suggestions.add("https://a.example", Audience.COORDINATORS, STAFF)
    assert suggestions.suggest("https://a.example", AINO) is suggestions.suggest("https://b.example", AINO)
    with store.reading() as work:
        assert [letter.details["url"] for letter in work.letters.due(NOON, 9)] == ["https://b.example"]
    assert [suggestions.is_known_to("https://a.example", each) for each in (AINO, EMIL, STAFF)] == [False, True, True]
    assert suggestions.suggest("https://a.example", EMIL) is Outcome.KNOWN


def test_a_page_that_nobody_can_add_is_not_said_to_be_suggested(store: Store, clock: SetClock) -> None:
    """Coordinators could not add it either."""
    suggestions = Suggestions(store, clock, FixedRoles([STAFF]))
    assert suggestions.suggest("https://a.example", EMIL) is Outcome.UNHEARD
    with store.reading() as work:
        assert work.letters.due(NOON, 9) == []


def test_unanswered_questions_are_told_without_people(store: Store, clock: SetClock) -> None:
    """The most asked first; one that seems to name somebody, and one that is old, are left out."""
    texts = (
        "Paljonko pilotti maksoi?",
        "paljonko pilotti maksoi",
        "Mitä Maija Meikäläinen sanoi?",
        "Kuka vastaa numerosta 040 123 4567?",
        "Onko sopimus julkinen?",
    )
    with store() as work:
        for number, text in enumerate(texts):
            asked = dataclasses.replace(question(f"q{number}", text), asker=AINO, asked_at=NOON)
            work.questions.add(dataclasses.replace(asked, status=AnswerStatus.NOT_FOUND))
        old = dataclasses.replace(question("old", "Vanha?"), asked_at=NOON - timedelta(days=31), asker=AINO)
        work.questions.add(dataclasses.replace(old, status=AnswerStatus.NOT_FOUND))
        work.commit()
    asked_lately = Asked(store, clock)
    assert {each.text.casefold().rstrip("?"): each.times for each in asked_lately.unanswered(str)} == {
        "paljonko pilotti maksoi": 2,
        "onko sopimus julkinen": 1,
    }
    assert asked_lately.unanswered(str)[0].times == 2
    assert {each.text for each in asked_lately.by(AINO)} == set(texts)
    assert asked_lately.by(EMIL) == []


def test_what_was_refused_is_not_among_somebodys_questions(store: Store, clock: SetClock) -> None:
    """Neither a greeting nor a cry for help is shown again; what found an answer and what found none is."""
    told = {"Moi!": "refused", "En jaksa enää elää.": "refused", "Milloin?": "answered", "Missä?": "not_found"}
    with store() as work:
        for text, status in told.items():
            asked = dataclasses.replace(question(text, text), asker=AINO, asked_at=NOON, status=AnswerStatus(status))
            work.questions.add(asked)
        work.commit()
    assert {each.text for each in Asked(store, clock).by(AINO)} == {"Milloin?", "Missä?"}


def test_a_chosen_language_goes_before_the_profiles(store: Store, clock: SetClock) -> None:
    """With or without a profile; where it is forgotten, the usual one is spoken again."""
    profiles = Profiles(store, SmallEmbedder(), clock, Language.EN)
    languages = Languages(store)
    assert profiles.language_of(AINO) is Language.EN
    languages.choose(AINO, Language.SV)
    assert (profiles.language_of(AINO), profiles.language_of(EMIL)) == (Language.SV, Language.EN)
    languages.forget(AINO)
    assert profiles.language_of(AINO) is Language.EN
