"""Solmu among people who talk with each other: what a channel's coordinators set, and what Solmu does about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.values import Message
from knowledge.model import Audience, ChannelId, Initiative, Language, Manners
from tests.scenario.bot_process import (
    MEMBERS_QUESTION,
    MEMBERS_QUOTE,
    NOT_FOUND_QUESTION,
    PUBLIC_QUESTION,
    PUBLIC_QUOTE,
    SWEDISH_QUESTION,
)
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.home_tab import modal, store_of
from tests.scenario.talking import ask_in_thread, mention, over_socket, settle, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, StandIn

pytestmark = over_socket
CHANNEL = ChannelId(GENERAL)


@pytest.fixture(autouse=True)
def usual_manners(workplace: Workplace) -> Iterator[None]:
    """What a test sets is gone after it."""
    yield
    behave(workplace, Manners(CHANNEL))


def behave(workplace: Workplace, manners: Manners) -> None:
    """Set a channel's manners, past the form."""
    with store_of(workplace) as store, store() as work:
        work.manners.put(manners)
        work.commit()


def whispers(slack: StandIn, user: str, holds: str) -> list[Message]:
    """What only this person sees in the channel and that holds such an action or text."""
    return [each for each in slack.messages(GENERAL) if each.seen_by == user and holds in shown(each)]


def offered(slack: StandIn, text: str) -> Message:
    """The offer to the member who asks this in the channel."""
    before = len(whispers(slack, MEMBER, "offer_show"))
    slack.post(MEMBER, GENERAL, text)
    return slack.wait_for(lambda: whispers(slack, MEMBER, "offer_show")[before:])[0]


def test_nobody_who_does_not_mention_solmu_is_answered(workplace: Workplace) -> None:
    """As long as coordinators set nothing, people ask each other in peace."""
    slack = workplace.slack
    ts = slack.post(MEMBER, GENERAL, PUBLIC_QUESTION)
    settle(slack)
    assert slack.from_bot(GENERAL, ts) == []


def test_where_all_questions_are_answered_a_question_is(workplace: Workplace) -> None:
    """In its thread and once, also where the bot is mentioned in it afterwards; what is no question is left alone."""
    slack = workplace.slack
    behave(workplace, Manners(CHANNEL, Initiative.ANSWER))
    told = slack.post(MEMBER, GENERAL, "Jäsenmaksu laskutetaan taas tammikuussa.")
    to_somebody = slack.post(MEMBER, GENERAL, f"<@{ADMIN}> {PUBLIC_QUESTION}")
    unknown = slack.post(MEMBER, GENERAL, NOT_FOUND_QUESTION)
    [answer] = ask_in_thread(slack, MEMBER, GENERAL, PUBLIC_QUESTION)
    settle(slack)
    assert PUBLIC_QUOTE in answer.text
    assert [slack.from_bot(GENERAL, ts) for ts in (told, to_somebody, unknown)] == [[], [], []]


def test_questions_in_threads_between_people_are_left_alone(workplace: Workplace) -> None:
    """Whoever asks in a thread asks those who talk there."""
    slack = workplace.slack
    behave(workplace, Manners(CHANNEL, Initiative.ANSWER))
    root = slack.post(ADMIN, GENERAL, "Puhutaan täällä laskuista.")
    slack.post(MEMBER, GENERAL, PUBLIC_QUESTION, root)
    settle(slack)
    assert slack.from_bot(GENERAL, root) == []


def test_only_the_channels_languages_are_minded(workplace: Workplace) -> None:
    """A mention is answered in any."""
    slack = workplace.slack
    behave(workplace, Manners(CHANNEL, Initiative.ANSWER, (Language.FI,)))
    ts = slack.post(MEMBER, GENERAL, SWEDISH_QUESTION)
    settle(slack)
    assert slack.from_bot(GENERAL, ts) == []
    [answer] = ask_in_thread(slack, MEMBER, GENERAL, mention(SWEDISH_QUESTION))
    assert answer.text.startswith("Jag hittade")


def test_a_channels_sources_can_be_narrowed(workplace: Workplace) -> None:
    """What its members could see is not shown there any more."""
    slack = workplace.slack
    [answer] = ask_in_thread(slack, MEMBER, GENERAL, mention(MEMBERS_QUESTION))
    assert MEMBERS_QUOTE in answer.text
    behave(workplace, Manners(CHANNEL, audience=Audience.PUBLIC))
    [answer] = ask_in_thread(slack, MEMBER, GENERAL, mention(MEMBERS_QUESTION))
    assert MEMBERS_QUOTE not in shown(answer)


def test_an_answer_is_offered_to_the_asker_alone(workplace: Workplace) -> None:
    """They have it shown to themselves, and the offer is gone; nothing stands in the channel."""
    slack = workplace.slack
    behave(workplace, Manners(CHANNEL, Initiative.OFFER))
    offer = offered(slack, PUBLIC_QUESTION)
    assert "Verkoston säännöt" in shown(offer)
    assert slack.click(MEMBER, GENERAL, offer.ts, "offer_show").acknowledged
    slack.wait_for(lambda: whispers(slack, MEMBER, PUBLIC_QUOTE))
    slack.wait_for(lambda: offer.ts not in {each.ts for each in slack.messages(GENERAL)})


def test_an_offer_is_taken_up_in_the_thread(workplace: Workplace) -> None:
    """For everybody, once however often it is clicked."""
    slack = workplace.slack
    behave(workplace, Manners(CHANNEL, Initiative.OFFER))
    offer = offered(slack, PUBLIC_QUESTION)
    question = [each for each in slack.messages(GENERAL) if each.text == PUBLIC_QUESTION][-1]
    assert slack.click(MEMBER, GENERAL, offer.ts, "offer_answer").acknowledged
    [answer] = slack.wait_for(lambda: slack.from_bot(GENERAL, question.ts))
    assert PUBLIC_QUOTE in answer.text


def test_nothing_is_offered_without_a_sure_answer(workplace: Workplace) -> None:
    """An offer that leads nowhere would only disturb."""
    slack = workplace.slack
    behave(workplace, Manners(CHANNEL, Initiative.OFFER))
    before = len(whispers(slack, MEMBER, "offer_show"))
    slack.post(MEMBER, GENERAL, NOT_FOUND_QUESTION)
    offered(slack, PUBLIC_QUESTION)
    assert len(whispers(slack, MEMBER, "offer_show")) == before + 1


def test_a_coordinator_sets_a_channels_manners(workplace: Workplace) -> None:
    """From `/solmu channels`: a channel is chosen, its form filled in, and the list shows it."""
    slack = workplace.slack
    slack.command(COORDINATOR, GENERAL, "/solmu", "channels")
    modal(slack, COORDINATOR, "draft_ruled")
    slack.click_view(COORDINATOR, "manners_open")
    modal(slack, COORDINATOR, "manners_keep")
    slack.click_view(COORDINATOR, "manners_pick", chosen={"selected_conversation": GENERAL})
    slack.wait_for(lambda: modal(slack, COORDINATOR, "manners_keep")["private_metadata"] == GENERAL)
    assert slack.submit(COORDINATOR, _filled()) == {}
    assert "vastauksia tunnissa enintään 20" in str(modal(slack, COORDINATOR, "manners_keep"))
    slack.close_modal(COORDINATOR)
    with store_of(workplace) as store, store.reading() as work:
        kept = work.manners.of(CHANNEL)
    assert (kept.initiative, kept.languages, kept.hourly) == (Initiative.OFFER, (Language.SV,), 20)
    assert f"{kept.quiet_from:%H:%M}–{kept.quiet_until:%H:%M}" == "18:00–08:00"


def _filled() -> dict[str, Any]:
    values: dict[str, Any] = {
        "initiative": {"selected_option": option("offer")},
        "languages": {"selected_options": [option("sv")]},
        "audience": {"selected_option": option("public")},
        "quiet_from": {"selected_time": "18:00"},
        "quiet_until": {"selected_time": "08:00"},
        "hourly": {"selected_option": option("20")},
    }
    return {f"{name}:{GENERAL}": {"value": value} for name, value in values.items()}
