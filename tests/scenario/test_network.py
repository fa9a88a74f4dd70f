"""Who does and who knows what, asked of the real bot: `/verkosto`, `kuka tietää`, and what coordinators see."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator

import pytest

from bot.sandbox.values import Message
from tests.scenario.conftest import Workplace
from tests.scenario.people import OFFER, SECRET, UNNAMED_OFFER, people_in
from tests.scenario.talking import ask_by_command, ask_directly, ask_in_thread, mention, over_socket, shown
from tests.standin import ADMIN, COORDINATOR, EVENTS, GENERAL, GUEST, MEMBER, OFFICE, PARTNERS, QUESTIONS, StandIn

pytestmark = over_socket


@pytest.fixture
def network(workplace: Workplace) -> Iterator[StandIn]:
    """A workspace whose admin is a named member, and whose coordinator one without a name."""
    with people_in(workplace.bot.data_dir):
        yield workplace.slack


def _look(slack: StandIn, user: str, command: str, topic: str, channel: str = EVENTS) -> Message:
    before = len(slack.from_bot(channel))
    attempt = slack.command(user, channel, command, topic)
    assert attempt.acknowledged, attempt.problem
    answer = slack.wait_for(lambda: slack.from_bot(channel)[before:])[0]
    assert answer.seen_by == user
    return answer


def _offered(message: Message) -> list[str]:
    """Whom the message's buttons introduce to."""
    buttons = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert {each["action_id"] for each in buttons} <= {"introduce"}
    return [each["value"] for each in buttons]


@pytest.mark.parametrize(
    ("command", "topic", "heading", "stage"),
    [
        ("/verkosto", "kaatuminen", "Aihe: kaatuminen", "pilotti"),
        ("/natverk", "falldetektering", "Ämne: falldetektering", "pilot"),
        ("/network", "fall prevention", "Topic: fall prevention", "pilot"),
    ],
)
def test_a_topic_lists_organisations_use_cases_and_people(
    network: StandIn, command: str, topic: str, heading: str, stage: str
) -> None:
    """In the command's language, whatever language the use cases and the profiles are in; for the asker alone."""
    answer = _look(network, MEMBER, command, topic)
    assert answer.text == heading
    said = shown(answer)
    for expected in ("Lumiharjun hyvinvointialue", "Kaatumisten ehkäisy", f" – {stage}", "Riikka Ojala", OFFER):
        assert expected in said
    assert _offered(answer) == [f"handle {ADMIN}"]


def test_who_did_not_agree_to_be_named_is_somebody(network: StandIn) -> None:
    """With the organisation that they show and a button, but neither name nor role nor anything else of theirs."""
    answer = _look(network, MEMBER, "/network", "procurement")
    said = shown(answer)
    assert "A member of the network · Puhevako Oy" in said
    assert UNNAMED_OFFER in said
    for hidden in ("Mikael Sund", "säljare", "hemlighet", SECRET):
        assert hidden not in said
    assert _offered(answer) == [f"handle {COORDINATOR}"]


def test_nobody_sees_themself(network: StandIn) -> None:
    """Whoever asks is not offered an introduction to themself."""
    said = shown(_look(network, ADMIN, "/verkosto", "kaatuminen", OFFICE))
    assert "Kaatumisten ehkäisy" in said
    assert "Riikka Ojala" not in said


def test_guests_see_no_people(network: StandIn) -> None:
    """And no use cases of members either: a guest reads public sources only."""
    answer = _look(network, GUEST, "/verkosto", "kaatuminen", PARTNERS)
    assert "En löytänyt aiheesta ”kaatuminen” vielä ketään" in answer.text
    assert _offered(answer) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Kirjoita aihe komennon perään"),
        ("131052-308T kotihoito", "henkilötunnus"),
        ("x" * 300, "Aihe on liian pitkä"),
    ],
    ids=["nothing", "identity code", "long"],
)
def test_what_needs_no_search_is_told_at_once(network: StandIn, text: str, told: str) -> None:
    """In the acknowledgement itself."""
    attempt = network.command(MEMBER, GENERAL, "/verkosto", text)
    assert attempt.answer["response_type"] == "ephemeral"
    assert told in attempt.answer["text"]


@pytest.mark.parametrize("command", ["/verkosto profiili", "/natverk Profil", "/network profile"])
def test_the_command_opens_ones_profile(network: StandIn, command: str) -> None:
    """The form itself opens; nothing is searched for, and nothing is said."""
    name, _, text = command.partition(" ")
    attempt = network.command(MEMBER, GENERAL, name, text)
    assert not attempt.answer
    network.wait_for(lambda: network.server.slack.views.top(MEMBER))
    network.close_modal(MEMBER)


def test_nothing_known_says_what_to_try(network: StandIn) -> None:
    """An empty result is an answer with a next step."""
    answer = _look(network, MEMBER, "/verkosto", "kvanttitietokone")
    assert "Kokeile laajempaa aihetta" in answer.text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Kuka tietää kaatumisen ehkäisystä?", "Nämä ihmiset voivat tietää asiasta:"),
        ("Har någon erfarenhet av falldetektering?", "De här personerna kan veta något om saken:"),
        ("Who knows about fall prevention?", "These people may know about it:"),
    ],
)
def test_who_knows_is_answered_by_people(network: StandIn, question: str, opening: str) -> None:
    """Before use cases, in the question's language."""
    answer = ask_directly(network, MEMBER, question)
    assert answer.text == opening
    said = shown(answer)
    assert said.index("Riikka Ojala") < said.index("Kaatumisten ehkäisy")
    assert f"handle {ADMIN}" in _offered(answer)


def test_in_a_channel_only_the_named_are_named(network: StandIn) -> None:
    """Everybody reads it there: nobody without a name appears, and no buttons do."""
    [named] = ask_in_thread(network, MEMBER, QUESTIONS, mention("Kuka tietää kaatumisen ehkäisystä?"))
    assert "Riikka Ojala" in shown(named)
    [unnamed] = ask_in_thread(network, MEMBER, QUESTIONS, mention("Kuka tietää hankinnoista?"))
    assert "Puhevako" not in shown(unnamed)
    assert _offered(named) == _offered(unnamed) == []


def test_a_guest_is_told_of_no_people(network: StandIn) -> None:
    """Also where the channel is shared with another workspace."""
    [answer] = ask_in_thread(network, GUEST, PARTNERS, mention("Kuka tietää kaatumisen ehkäisystä?"))
    assert "Riikka" not in shown(answer)
    assert "Lumiharjun" not in shown(answer)


def test_nobody_knowing_is_said(network: StandIn) -> None:
    """Rather than passing something else off as an answer."""
    answer = ask_directly(network, MEMBER, "Kuka tietää kvanttitietokoneista?")
    assert answer.text.startswith("En tiedä vielä ketään")


def test_an_answer_offers_contact_to_those_behind_its_use_cases(network: StandIn) -> None:
    """To the asker alone; in a channel the use cases stand without it."""
    question = "Millä sänkyanturilla varoitetaan, kun asukas on nousemassa vuoteesta?"
    answer = ask_by_command(network, MEMBER, EVENTS, question)
    assert "jollekulle organisaatiosta Lumiharjun hyvinvointialue" in shown(answer)
    assert _offered(answer) == [f"handle {ADMIN}"]
    [in_channel] = ask_in_thread(network, MEMBER, QUESTIONS, mention(question))
    assert "Kaatumisten ehkäisy" in shown(in_channel)
    assert _offered(in_channel) == []


@pytest.mark.parametrize("text", ["network", "network csv"])
def test_members_do_not_see_the_overview(network: StandIn, text: str) -> None:
    """It is for coordinators and admins."""
    before = len(network.calls("files.getUploadURLExternal"))
    attempt = network.command(MEMBER, GENERAL, "/solmu", text)
    assert "on koordinaattoreille ja ylläpitäjille" in attempt.answer["text"]
    assert len(network.calls("files.getUploadURLExternal")) == before


@pytest.mark.parametrize(
    ("user", "told", "unnamed"),
    [
        (
            COORDINATOR,
            "Medlemmar 2, med i presentationerna 2, på paus 0.",
            "En medlem som inte visar sitt namn · Puhevako Oy",
        ),
        (ADMIN, "Jäseniä 2, esittelyissä mukana 2, tauolla 0.", "Jäsen, joka ei näytä nimeään · Puhevako Oy"),
    ],
)
def test_those_who_look_after_the_network_see_how_it_fares(
    network: StandIn, user: str, told: str, unnamed: str
) -> None:
    """Who was never introduced, as far as they agreed to be shown, in the language of whoever looks."""
    answer = _look(network, user, "/solmu", "network", OFFICE)
    assert answer.text == told
    said = shown(answer)
    assert "Riikka Ojala · kehittämispäällikkö · Lumiharjun hyvinvointialue" in said
    assert unnamed in said
    assert SECRET not in said


def test_the_overview_comes_as_a_table(network: StandIn) -> None:
    """A file in the admin's own direct messages, which a spreadsheet program opens."""
    answer = _look(network, ADMIN, "/solmu", "network csv", OFFICE)
    assert answer.text == "Lähetin taulukon sinulle yksityisviestinä."
    sent = [file for each in network.messages(network.dm(ADMIN)) for file in each.files]
    [file] = [each for each in sent if each["name"] == "verkoston-tila.csv"]
    assert file["mimetype"] == "text/csv"
    content = network.server.slack.files.find(file["id"]).content
    assert content is not None
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Osa;Kohde;Organisaatio;Päivä;Etsijöitä")
    assert "Vielä ilman esittelyä;Riikka Ojala;Lumiharjun hyvinvointialue;2026-03-12;;;;;;;;;" in lines
    assert SECRET not in content.decode()
    with urllib.request.urlopen(file["url_private"]) as reply:  # noqa: S310 - on loopback
        assert reply.read() == content


@pytest.mark.parametrize(
    ("command", "text", "told"),
    [("/verkosto", "kartta", "Lähetin kartan"), ("/natverk", "Karta hoito", "Jag skickade kartan")],
)
def test_the_map_comes_as_a_picture(network: StandIn, command: str, text: str, told: str) -> None:
    """In the asker's own messages, whole or about one topic; the answer under the command says so."""
    assert told in _look(network, MEMBER, command, text).text
    message = [each for each in network.messages(network.dm(MEMBER)) if each.files][-1]
    content = network.server.slack.files.find(message.files[0]["id"]).content
    assert content is not None
    assert content.startswith(b"\x89PNG")
    assert len(content) > 10_000


def test_a_map_of_nothing_says_so(network: StandIn) -> None:
    """A topic that no use case has."""
    assert "ei löytynyt" in _look(network, MEMBER, "/verkosto", "kartta kvanttitietokone").text
