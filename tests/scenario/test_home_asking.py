"""The Home tab's own fields, and the shortcuts on messages: asking there, choosing a language, adding a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.blocks.inquiries import AGREE
from bot.sandbox.values import Message
from knowledge.model import Audience, Language, SourceId
from tests.scenario.bot_process import MEMBERS_QUESTION, MEMBERS_QUOTE, PUBLIC_QUESTION, PUBLIC_QUOTE
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.home_tab import click_home, home, id_of, modal, store_of
from tests.scenario.talking import over_socket, shown
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, StandIn

pytestmark = over_socket
PAGE = "https://example.org/opas?a=1&b=2"
OTHER_PAGE = "https://example.org/raportti"


@pytest.fixture(autouse=True)
def as_before(workplace: Workplace) -> Iterator[None]:
    """Nobody keeps a wish for a language, and no page stays a source."""
    yield
    with store_of(workplace) as store, store() as work:
        work.languages.forget(id_of(MEMBER))
        for page in (PAGE, OTHER_PAGE):
            found = work.sources.find(page)
            if found is not None:
                work.sources.remove(found.id)
        work.commit()
    for user in (MEMBER, ADMIN, COORDINATOR):
        workplace.slack.close_modal(user)


def directly(slack: StandIn, user: str, holds: str) -> list[Message]:
    """The bot's direct messages to somebody that hold a text."""
    return [each for each in slack.messages(slack.dm(user)) if holds in shown(each)]


def choose(slack: StandIn, user: str, **fields: str) -> dict[str, object]:
    """Submit a window with these options chosen."""
    return slack.submit(user, {name: {"value": {"selected_option": option(value)}} for name, value in fields.items()})


def test_a_question_asked_at_home_is_answered_directly(workplace: Workplace) -> None:
    """The field is empty again, and the question stands among one's own with how it ended."""
    slack = workplace.slack
    slack.open_app(MEMBER)
    home(slack, MEMBER, lambda text: "home_question_0" in text)
    written = {"home_question_0": {"value": {"type": "plain_text_input", "value": MEMBERS_QUESTION}}}
    assert slack.click_view(MEMBER, "home_ask", home=True, values=written).acknowledged
    [answer] = slack.wait_for(lambda: directly(slack, MEMBER, f"Kysyit: {MEMBERS_QUESTION}"))
    assert MEMBERS_QUOTE in answer.text
    home(slack, MEMBER, lambda text: "home_question_1" in text)
    slack.open_app(MEMBER)
    home(slack, MEMBER, lambda text: MEMBERS_QUESTION in text and "vastattu" in text)


def test_the_chosen_language_is_spoken_everywhere(workplace: Workplace) -> None:
    """Without any profile: on the tab, in the help of a command, and in windows."""
    slack = workplace.slack
    slack.open_app(MEMBER)
    home(slack, MEMBER, lambda text: "home_speak" in text and "Kysy Solmulta" in text)
    click_home(slack, MEMBER, "home_speak", "sv")
    home(slack, MEMBER, lambda text: "Fråga Solmu" in text and "Kysy Solmulta" not in text)
    help_text = slack.command(MEMBER, GENERAL, "/kysy").answer["text"]
    assert "Skriv" in help_text
    ts = slack.post(MEMBER, GENERAL, "Katsokaa tätä.")
    slack.message_shortcut(MEMBER, "answer_message", GENERAL, ts)
    assert modal(slack, MEMBER, "answer_message")["title"]["text"] == "Svara på det här"
    with store_of(workplace) as store, store.reading() as work:
        assert work.languages.of(id_of(MEMBER)) is Language.SV


def test_staff_see_more_on_their_tab(workplace: Workplace) -> None:
    """Admins how the index is; whoever is neither sees neither that nor what others could not be answered."""
    slack = workplace.slack
    slack.open_app(ADMIN)
    text = home(slack, ADMIN, lambda text: "Lähteet" in text)
    assert "home_speak" in text
    slack.open_app(MEMBER)
    text = home(slack, MEMBER, lambda text: "home_speak" in text)
    assert "Lähteet" not in text
    assert "Ilman vastausta" not in text


def test_a_message_is_answered_in_its_thread_or_privately(workplace: Workplace) -> None:
    """By whoever chooses the shortcut on it, who may put the question better first."""
    slack = workplace.slack
    ts = slack.post(ADMIN, GENERAL, PUBLIC_QUESTION)
    slack.message_shortcut(MEMBER, "answer_message", GENERAL, ts)
    modal(slack, MEMBER, "answer_message")
    assert choose(slack, MEMBER, where="in_thread") == {}
    [answer] = slack.wait_for(lambda: slack.from_bot(GENERAL, ts))
    assert PUBLIC_QUOTE in answer.text
    assert f"Kysyit: {PUBLIC_QUESTION}" in shown(answer)
    before = len(directly(slack, MEMBER, MEMBERS_QUOTE))
    slack.message_shortcut(MEMBER, "answer_message", GENERAL, ts)
    modal(slack, MEMBER, "answer_message")
    better = {"question_text": {"value": {"value": MEMBERS_QUESTION}}}
    private = {"where": {"value": {"selected_option": option("privately")}}}
    assert slack.submit(MEMBER, better | private) == {}
    slack.wait_for(lambda: directly(slack, MEMBER, MEMBERS_QUOTE)[before:])
    assert len(slack.from_bot(GENERAL, ts)) == 1


def test_an_admin_makes_a_source_of_a_page(workplace: Workplace) -> None:
    """With the readers that they choose, and an indexing run is asked for."""
    slack = workplace.slack
    ts = slack.post(MEMBER, GENERAL, f"Hyvä opas: <{PAGE.replace('&', '&amp;')}|täällä>")
    slack.message_shortcut(ADMIN, "add_knowledge", GENERAL, ts)
    modal(slack, ADMIN, "add_knowledge")
    assert choose(slack, ADMIN, page="0", audience="coordinators") == {}
    assert "Lisätty" in str(modal(slack, ADMIN, "channels_told"))
    with store_of(workplace) as store, store.reading() as work:
        source = work.sources.find(PAGE)
        run = work.runs.latest()
    assert source is not None
    assert source.audience is Audience.COORDINATORS
    assert run is not None
    assert run.requested_by == ADMIN


def test_a_member_suggests_a_page_to_the_admins(workplace: Workplace) -> None:
    """Who suggests it is not told; the admin adds it from the letter."""
    slack = workplace.slack
    ts = slack.post(MEMBER, GENERAL, f"Lukekaa <{OTHER_PAGE}>")
    slack.message_shortcut(MEMBER, "add_knowledge", GENERAL, ts)
    modal(slack, MEMBER, "add_knowledge")
    assert choose(slack, MEMBER, page="0") == {}
    assert "Kiitos" in str(modal(slack, MEMBER, "channels_told"))
    [letter] = slack.wait_for(lambda: directly(slack, ADMIN, OTHER_PAGE))
    assert MEMBER not in shown(letter)
    slack.click(ADMIN, slack.dm(ADMIN), letter.ts, "add_suggested")
    modal(slack, ADMIN, "add_knowledge")
    assert choose(slack, ADMIN, page="0", audience="public") == {}
    modal(slack, ADMIN, "channels_told")
    with store_of(workplace) as store, store.reading() as work:
        found = work.sources.find(OTHER_PAGE)
    assert found is not None
    assert found.id != SourceId("")
    assert found.audience is Audience.PUBLIC


def test_a_message_without_a_link_is_proposed_to_its_author(workplace: Workplace) -> None:
    """Who proposes it is not told; once the author agrees, it waits for coordinators."""
    slack = workplace.slack
    words = "Meillä hankintaan meni yhdeksän kuukautta."
    ts = slack.post(MEMBER, GENERAL, words)
    slack.message_shortcut(COORDINATOR, "add_knowledge", GENERAL, ts)
    assert words in str(modal(slack, COORDINATOR, "nominate_note"))
    question = {"note_question": {"value": {"value": "Kuinka kauan hankinta kestää?"}}}
    assert slack.submit(COORDINATOR, question) == {}
    assert "Kysyn nyt luvan" in str(modal(slack, COORDINATOR, "knowing_context"))
    [letter] = slack.wait_for(lambda: directly(slack, MEMBER, "Annatko luvan?"))
    assert words in shown(letter)
    assert COORDINATOR not in shown(letter)
    slack.click(MEMBER, slack.dm(MEMBER), letter.ts, AGREE)
    slack.wait_for(lambda: directly(slack, COORDINATOR, "odottaa hyväksyntää"))


def test_a_message_without_words_adds_nothing(workplace: Workplace) -> None:
    """It is said what can be added."""
    slack = workplace.slack
    ts = slack.post(MEMBER, GENERAL, f"<@{COORDINATOR}>")
    slack.message_shortcut(COORDINATOR, "add_knowledge", GENERAL, ts)
    assert "ei ole linkkiä" in str(modal(slack, COORDINATOR, "channels_told"))
