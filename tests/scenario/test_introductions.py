"""Introductions through the real bot: proposed, answered, made, followed up; and exactly one message of each."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.sandbox.values import TEAM, Access
from knowledge.model import NOBODY, Exclusion, IntroductionState, Outcome
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.scenario.bot_process import BotProcess, copy_index
from tests.scenario.conftest import Workplace
from tests.scenario.introducing import AINO, RIIKKA, VENDOR, Network
from tests.scenario.talking import shown
from tests.scenario.test_traces import _check, _sent, checks
from tests.standin import ADMIN, COORDINATOR, GENERAL, MEMBER, OFFICE, StandIn

__all__ = ["checks"]


@pytest.fixture(scope="module")
def working(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A bot that looks five times a second what is due."""
    data = copy_index(built_index, tmp_path_factory.mktemp("introductions") / "data")
    with StandIn() as slack, BotProcess(data, slack.environment(), SOLMU_DUE_SECONDS="0.2") as bot:
        yield Workplace(slack, bot, "socket")


@contextmanager
def _opened(workplace: Workplace) -> Iterator[Store]:
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    try:
        yield store
    finally:
        store.dispose()


@pytest.fixture
def network(working: Workplace) -> Iterator[Network]:
    """Aino of the county and Riikka of the vendor, who have never been introduced."""
    with _opened(working) as store:
        network = Network(working, store)
        network.join(AINO, RIIKKA)
        yield network


def test_a_round_from_the_proposal_to_the_outcome(network: Network) -> None:
    """Proposed without names and in each one's language; both yes open one conversation; both are asked how it went."""
    slack = network.slack
    assert "etsin nyt pareja" in slack.command(COORDINATOR, OFFICE, "/solmu", "round").answer["text"]
    to_aino = network.wait_for(MEMBER, "keskustelukumppanin")
    to_riikka = network.wait_for(ADMIN, "hittat någon")
    assert "tuotepäällikkö · Puhevako Oy" in shown(to_aino)
    assert "puheentunnistus" in shown(to_aino)
    for message in (to_aino, to_riikka):
        assert not any(name in shown(message) for name in ("Aino", "Riikka", MEMBER, ADMIN))
    network.click(MEMBER, to_aino, "introduction_yes")
    network.wait_for(MEMBER, "Vastasit kyllä")
    assert network.first_messages(network.only_id()) == 0
    network.click(ADMIN, to_riikka, "introduction_yes")
    slack.wait_for(lambda: network.first_messages(network.only_id()))
    first = slack.from_bot(network.group())[-1]
    assert "Aino Lehtola" in first.text
    assert "Riikka Ojala" in first.text
    assert "Kolme kysymystä alkuun" in shown(first)
    network.wait_for(MEMBER, "Avasin teille yhteisen keskustelun")
    network.wait_for(ADMIN, "öppnat en gemensam konversation")
    network.pass_time()
    asked = network.wait_for(MEMBER, "Tapasitteko?")
    assert "Riikka Ojala" in asked.text
    network.wait_for(ADMIN, "Träffades ni?")
    network.click(MEMBER, asked, "introduction_useful")
    network.wait_for(MEMBER, "hieno kuulla")
    assert {side.outcome for side in (network.only().first, network.only().second)} == {Outcome.USEFUL, Outcome.ASKED}
    held = slack.command(ADMIN, OFFICE, "/solmu", "round").answer["text"]
    assert "Medlemmar som deltog: 2. Par som hittades: 1." in held
    assert (len(network.told(MEMBER)), len(network.told(ADMIN))) == (2, 2)
    assert network.first_messages(network.only_id()) == 1


def test_a_no_is_told_kindly_and_by_nobody(network: Network) -> None:
    """Whoever said yes hears that nothing came of it; not who said no, nor that somebody did."""
    to_aino, to_riikka = network.introduce()
    network.click(MEMBER, to_aino, "introduction_yes")
    network.wait_for(MEMBER, "Vastasit kyllä")
    network.click(ADMIN, to_riikka, "introduction_no")
    network.wait_for(ADMIN, "inte den här gången")
    closed = network.wait_for(MEMBER, "ei tällä kertaa toteutunut")
    assert "kieltäyty" not in shown(closed)
    network.wait_for(MEMBER, "ei ole enää voimassa")
    # A click in a message that Slack has not drawn anew yet changes nothing.
    assert network.only().state is IntroductionState.DECLINED
    assert (len(network.told(MEMBER)), len(network.told(ADMIN))) == (2, 1)


def test_a_wish_in_confidence_is_a_no(network: Network) -> None:
    """Not to meet anybody of the organisation again: kept, confirmed to whoever wished, and told to nobody."""
    to_aino, _ = network.introduce()
    network.click(MEMBER, to_aino, "introduction_more", to_aino.blocks[-1]["elements"][2]["options"][-1]["value"])
    network.wait_for(MEMBER, "ketään tästä organisaatiosta")
    network.wait_for(ADMIN, "gäller inte längre")
    with network.store.reading() as work:
        [wish] = work.members.exclusions()
    assert (wish.by, wish.organisation) == (AINO.id, VENDOR.id)
    slack = network.slack
    slack.command(COORDINATOR, OFFICE, "/solmu", f"introduce <@{ADMIN}> <@{MEMBER}>")
    refused = network.wait_for(COORDINATOR, "ei voi juuri nyt esitellä")
    assert "organisaatio" not in shown(refused)


def test_what_nobody_answers_expires(network: Network) -> None:
    """The proposals are taken back; whoever did say yes is told."""
    _, to_riikka = network.introduce()
    network.click(ADMIN, to_riikka, "introduction_yes")
    network.wait_for(ADMIN, "Du svarade ja")
    network.pass_time()
    network.wait_for(MEMBER, "ei ole enää voimassa")
    network.wait_for(ADMIN, "blev inte av")
    assert network.only().state is IntroductionState.EXPIRED
    assert (len(network.told(MEMBER)), len(network.told(ADMIN))) == (1, 2)


def test_a_click_after_the_other_left_closes_the_message(network: Network) -> None:
    """Nothing of the introduction is left, and the message says so."""
    _, to_riikka = network.introduce()
    network.join(RIIKKA)
    network.click(ADMIN, to_riikka, "introduction_yes")
    network.wait_for(ADMIN, "gäller inte längre")


def test_leaving_midway_is_told_to_the_other(network: Network) -> None:
    """From the button on the Home tab: nothing of the leaver is left, and the other's message says it is over."""
    slack = network.slack
    _, to_riikka = network.introduce()
    network.click(ADMIN, to_riikka, "introduction_yes")
    network.wait_for(ADMIN, "Du svarade ja")
    slack.open_app(MEMBER)
    slack.wait_for(lambda: MEMBER in slack.server.slack.views.homes)
    slack.wait_for(lambda: "profile_leave" in json.dumps(slack.home(MEMBER)))
    slack.click_view(MEMBER, "profile_leave", home=True)
    slack.wait_for(lambda: "profile_leave" not in json.dumps(slack.home(MEMBER)))
    network.wait_for(ADMIN, "gäller inte längre")
    network.wait_for(ADMIN, "blev inte av")
    with network.store.reading() as work:
        assert [each.id for each in work.members.all()] == [RIIKKA.id]
        assert list(work.introductions.all()) == []


def test_whoever_becomes_a_guest_is_in_the_network_no_more(network: Network) -> None:
    """At once: the other is told, and on their Home tab they can delete the profile. A member again, all is back."""
    slack = network.slack
    _, to_riikka = network.introduce()
    network.click(ADMIN, to_riikka, "introduction_yes")
    network.wait_for(ADMIN, "Du svarade ja")
    try:
        slack.set_access(MEMBER, Access.GUEST)
        network.wait_for(MEMBER, "ei ole enää voimassa")
        network.wait_for(ADMIN, "blev inte av")
        slack.open_app(MEMBER)
        slack.wait_for(
            lambda: "Olet nyt tässä työtilassa vieraana" in json.dumps(slack.home(MEMBER), ensure_ascii=False)
        )
        assert "profile_leave" in json.dumps(slack.home(MEMBER))
        assert "profile_edit" not in json.dumps(slack.home(MEMBER))
    finally:
        slack.set_access(MEMBER, Access.MEMBER)
    slack.wait_for(lambda: network.profiles() == [AINO, RIIKKA])


def test_a_button_anywhere_asks_for_an_introduction(network: Network) -> None:
    """Its value is the handle of whom one wants; by an id nobody is asked. The same click twice is one."""
    for at, wanted in (("1.5", RIIKKA.id), ("2.5", RIIKKA.handle), ("2.5", RIIKKA.handle)):
        clicked = {"type": "button", "action_id": "introduce", "block_id": "b", "value": wanted, "action_ts": at}
        click = {"type": "block_actions", "user": {"id": MEMBER}, "team": {"id": TEAM}, "actions": [clicked]}
        assert network.slack.send_raw("interactive", click | {"container": {"type": "message"}}).acknowledged
    network.wait_for(MEMBER, "Kysyin puolestasi")
    proposal = network.wait_for(ADMIN, "lära känna dig")
    assert "Aino Lehtola" in shown(proposal)
    assert network.only().asked_by == AINO.id


def test_others_cannot_bring_people_together(network: Network) -> None:
    """Only coordinators and admins; and only two people at once, told in their language."""
    slack = network.slack
    for text in ("round", f"introduce <@{ADMIN}> <@{COORDINATOR}>"):
        assert "vain koordinaattoreille" in slack.command(MEMBER, GENERAL, "/solmu", text).answer["text"]
    assert "Skriv två personer" in slack.command(ADMIN, OFFICE, "/solmu", f"introduce <@{MEMBER}>").answer["text"]
    with network.store.reading() as work:
        assert list(work.introductions.all()) == []


def test_kills_lose_nothing_and_repeat_nothing(network: Network) -> None:
    """Killed after each kind of message arrived at Slack, before the bot heard so: each stands there once."""
    slack, workplace = network.slack, network.workplace

    def kill_once(arrived: Callable[[], object]) -> None:
        slack.wait_for(arrived)
        workplace.bot.kill()
        workplace.bot.start()
        workplace.bot.wait_until("takes in questions")

    slack.fault("chat.postMessage", accepted=True, delay=2.0)
    slack.command(COORDINATOR, OFFICE, "/solmu", f"introduce <@{MEMBER}> <@{ADMIN}>")
    kill_once(lambda: network.told(MEMBER) or network.told(ADMIN))
    to_aino, to_riikka = network.wait_for(MEMBER, "kannattaisi"), network.wait_for(ADMIN, "lära känna")
    network.click(MEMBER, to_aino, "introduction_yes")
    network.wait_for(MEMBER, "Vastasit kyllä")
    slack.fault("chat.postMessage", accepted=True, delay=2.0)
    network.click(ADMIN, to_riikka, "introduction_yes")
    kill_once(lambda: network.first_messages(network.only_id()))
    network.wait_for(MEMBER, "Avasin teille")
    slack.fault("chat.postMessage", accepted=True, delay=2.0)
    network.pass_time()
    kill_once(lambda: len(network.told(MEMBER)) + len(network.told(ADMIN)) > 2)
    network.wait_for(MEMBER, "Tapasitteko?")
    network.wait_for(ADMIN, "Träffades ni?")
    assert (len(network.told(MEMBER)), len(network.told(ADMIN))) == (2, 2)
    assert network.first_messages(network.only_id()) == 1


def test_every_payload_is_valid_and_harmless(network: Network, checks: Path, tmp_path: Path) -> None:
    """All that was sent in this file keeps Slack's types and limits, and calls nobody; so do hostile profiles."""
    hostile = "<!channel> <@U0ADMIN001> <https://evil.example|docs> & " + "pitkä " * 100
    network.join(
        dataclasses.replace(AINO, role=hostile, topics=(hostile,), offers=hostile, seeks=hostile),
        dataclasses.replace(RIIKKA, topics=(hostile,), offers=hostile, seeks=hostile),
    )
    to_aino, to_riikka = network.introduce()
    for user, message in ((MEMBER, to_aino), (ADMIN, to_riikka)):
        network.click(user, message, "introduction_yes")
    network.slack.wait_for(lambda: network.first_messages(network.only_id()))
    lines = _sent(network.slack)
    assert {line["method"] for line in lines} >= {"chat.postMessage", "chat.update", "conversations.open"}
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert list(_check(checks / "validate" / "validate.py", file)) == []


@pytest.mark.parametrize(
    ("user", "command", "opening"),
    [(MEMBER, "/verkosto minulle", "tekevät tai etsivät samaa"), (ADMIN, "/natverk mig", "gör eller söker samma sak")],
)
def test_whoever_asks_sees_who_does_the_same_and_why(network: Network, user: str, command: str, opening: str) -> None:
    """Quoted from both sides, with an offer to be introduced; nobody else sees it."""
    slack, (name, _, text) = network.slack, command.partition(" ")
    before = len(slack.from_bot(GENERAL))
    slack.command(user, GENERAL, name, text)
    answer = slack.wait_for(lambda: slack.from_bot(GENERAL)[before:])[0]
    assert answer.seen_by == user
    assert opening in answer.text
    ours, theirs = (AINO, RIIKKA) if user == MEMBER else (RIIKKA, AINO)
    assert any(words in shown(answer) for words in (*ours.topics, ours.offers, ours.seeks))
    assert theirs.role in shown(answer)
    assert f'"value": "{theirs.handle}"' in json.dumps(answer.blocks)


def test_whoever_has_no_profile_is_offered_one(network: Network) -> None:
    """The buttons that begin it come along."""
    slack, before = network.slack, len(network.slack.from_bot(OFFICE))
    slack.command(COORDINATOR, OFFICE, "/verkosto", "minulle")
    answer = slack.wait_for(lambda: slack.from_bot(OFFICE)[before:])[0]
    assert "Tarvitsen ensin profiilisi" in answer.text
    assert "profile_edit" in json.dumps(answer.blocks)


def test_wishes_in_confidence_hold_both_ways(network: Network) -> None:
    """Whom one does not want to meet is not told of, nor is one told to them; the answer is that of having nobody."""
    with network.store() as work:
        work.members.exclude(Exclusion(AINO.id, NOBODY, VENDOR.id, for_all=False, until=date.max))
        work.commit()
    slack = network.slack
    for user in (MEMBER, ADMIN):
        before = len(slack.from_bot(GENERAL))
        slack.command(user, GENERAL, "/verkosto", "minulle")
        slack.wait_for(lambda seen=before: len(slack.from_bot(GENERAL)) > seen)
        assert "En löytänyt vielä ketään" in slack.from_bot(GENERAL)[-1].text
