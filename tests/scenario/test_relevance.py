"""Questions about events, letters about topics, and feedback, through the real bot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.blocks.cards import GOING
from bot.sandbox.values import TEAM, Message
from knowledge.model import Consent, Language, OccurrenceId, ReminderWishes, Wording, member_id
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.builders import event, member, occurrence, organisation, sign_up
from tests.scenario.announcing import NOW, announce
from tests.scenario.bot_process import BotProcess, copy_index
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.talking import ask_directly, ask_in_thread, mention, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, QUESTIONS, StandIn

AINO, RIIKKA = member_id(TEAM, MEMBER), member_id(TEAM, ADMIN)


@pytest.fixture(scope="module")
def working(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A bot that looks five times a second what is due."""
    data = copy_index(built_index, tmp_path_factory.mktemp("relevance") / "data")
    with StandIn() as slack, BotProcess(data, slack.environment(), SOLMU_DUE_SECONDS="0.2") as bot:
        yield Workplace(slack, bot, "socket")


@pytest.fixture(scope="module")
def shelf(working: Workplace) -> Iterator[Store]:
    """The bot's own database, in which nobody has quiet hours, whatever time it is."""
    opened = open_store(Settings(data_dir=working.bot.data_dir).database)
    with opened() as work:
        for person in (AINO, RIIKKA):
            usual = ReminderWishes(person, (), is_own=True)
            work.letters.put_wishes(ReminderWishes(person, (), is_own=True, quiet_until=usual.quiet_from))
        work.commit()
    yield opened
    opened.dispose()


def _letter(slack: StandIn, user: str, part: str) -> Message:
    """A direct message that holds something, waited for."""

    def found() -> list[Message]:
        return [each for each in slack.from_bot(slack.dm(user)) if part in shown(each)]

    return slack.wait_for(found)[0]


def test_a_question_is_answered_by_an_event_that_one_can_sign_up_to(working: Workplace, shelf: Store) -> None:
    """The answer holds the button; who clicked it is told afterwards that they go, in private alone."""
    slack = working.slack
    announce(shelf, "q1", GENERAL)
    answer = ask_directly(slack, MEMBER, "Milloin on seuraava tekoälyaamu?")
    assert "Seuraavaksi tulossa:" in answer.text
    assert "Tekoälyaamu" in answer.text
    assert slack.click(MEMBER, slack.dm(MEMBER), answer.ts, GOING).acknowledged
    own = ask_directly(slack, MEMBER, "Mihin olen ilmoittautunut?")
    assert "Olet ilmoittautunut." in shown(own)
    swedish = ask_directly(slack, MEMBER, "När är nästa AI-morgon?")
    assert "AI-morgon" in swedish.text
    [public] = ask_in_thread(slack, MEMBER, QUESTIONS, mention("Mihin olen ilmoittautunut?"))
    assert "vain kahden kesken" in public.text


def test_a_member_hears_what_fits_their_topics(working: Workplace, shelf: Store) -> None:
    """Who allowed it gets one letter with the topic; who did not gets none."""
    slack = working.slack
    with shelf() as work:
        work.organisations.put(organisation())
        topics = ("etäkuntoutus",)
        work.members.put(member(ADMIN, id=RIIKKA, topics=topics, languages=(Language.FI,)))
        consents = frozenset(Consent) - {Consent.EVENTS}
        work.members.put(member(COORDINATOR, id=member_id(TEAM, COORDINATOR), topics=topics, consents=consents))
        work.commit()
    told = (Wording(Language.FI, "Kuntoutuksen iltapäivä", ""),)
    announce(shelf, "r1", GENERAL, wordings=told, topics=("etäkuntoutus",), publish_at=NOW - timedelta(hours=3))
    message = _letter(slack, ADMIN, "Aiheesi: etäkuntoutus")
    assert "Kuntoutuksen iltapäivä" in shown(message)
    assert not [each for each in slack.from_bot(slack.dm(COORDINATOR)) if "Aiheesi" in shown(each)]


def test_feedback_is_asked_given_and_summed_up(working: Workplace, shelf: Store) -> None:
    """A click and words are kept; a personal identity code is refused in the form."""
    slack = working.slack
    announce(shelf, "f1", GENERAL, of=event("f1"), wordings=(Wording(Language.FI, "Palautepäivä", ""),))
    ended = NOW - timedelta(hours=2, minutes=5)
    with shelf() as work:
        times = {"starts_at": ended - timedelta(hours=1), "ends_at": ended}
        work.events.put_occurrence(occurrence("f1-0", of="f1", **times))
        work.sign_ups.put(sign_up(to="f1-0", person=AINO))
        work.commit()
    asked = _letter(slack, MEMBER, "feedback_rate_3")
    assert "Palautepäivä" in shown(asked)
    assert slack.click(MEMBER, slack.dm(MEMBER), asked.ts, "feedback_rate_3").acknowledged
    slack.wait_for(lambda: _ratings(shelf) == [(3, "")])
    assert slack.click(MEMBER, slack.dm(MEMBER), asked.ts, "feedback_words").acknowledged
    slack.wait_for(lambda: _has_form(slack))
    refused = slack.submit(MEMBER, _words("Potilas 131052-308T"))
    assert "henkilötunnus" in refused["words"]
    assert slack.submit(MEMBER, _words("Selkeä.")) == {}
    assert _ratings(shelf) == [(2, "Selkeä.")]


def _has_form(slack: StandIn) -> bool:
    try:
        return slack.modal(MEMBER)["callback_id"] == "feedback_keep"
    except LookupError:
        return False


def _words(text: str) -> dict[str, dict[str, object]]:
    return {"rating": {"value": {"selected_option": option("2")}}, "words": {"value": {"value": text}}}


def _ratings(shelf: Store) -> list[tuple[int, str]]:
    with shelf.reading() as work:
        return [(each.rating, each.words) for each in work.sign_ups.ratings(OccurrenceId("f1-0"))]
