"""Signing up through the real bot: clicks, the organiser's question, the waitlist, who comes, and the Home tab."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.values import TEAM, Message
from knowledge.model import Attendance, Audience, ChannelId, MemberId, OccurrenceId, SignUp, member_id
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.builders import event, sign_up
from tests.scenario.announcing import NOW, announce, change, copies
from tests.scenario.bot_process import BotProcess, copy_index
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.people import people_in
from tests.scenario.talking import shown
from tests.scenario.test_traces import _check, _sent, checks
from tests.standin import ADMIN, COORDINATOR, EVENTS, GUEST, MEMBER, PARTNERS, SWEDISH_MEMBER, StandIn

__all__ = ["checks"]
GOING, MAYBE, NOT_GOING, PEOPLE = "event_going", "event_maybe", "event_not_going", "event_people"
CODE = "131052-308T"


@pytest.fixture(scope="module")
def working(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A bot that looks five times a second what is due."""
    data = copy_index(built_index, tmp_path_factory.mktemp("signing") / "data")
    with StandIn() as slack, BotProcess(data, slack.environment(), SOLMU_DUE_SECONDS="0.2") as bot:
        yield Workplace(slack, bot, "socket")


@pytest.fixture(scope="module")
def shelf(working: Workplace) -> Iterator[Store]:
    """The bot's own database."""
    opened = open_store(Settings(data_dir=working.bot.data_dir).database)
    yield opened
    opened.dispose()


def _person(user: str) -> MemberId:
    return member_id(TEAM, user)


def _said(store: Store, name: str, user: str) -> SignUp | None:
    with store.reading() as work:
        return work.sign_ups.find(OccurrenceId(f"{name}-1"), _person(user))


def _card(slack: StandIn, name: str, channel: str = EVENTS) -> Message:
    return slack.wait_for(lambda: copies(slack, name, channel))[0]


def _click(slack: StandIn, user: str, name: str, action: str, channel: str = EVENTS) -> Message:
    """Click on the card; what the bot then shows to nobody else."""
    before = len(_whispers(slack, user, channel))
    attempt = slack.click(user, channel, _card(slack, name, channel).ts, action)
    assert attempt.acknowledged, attempt.problem
    return slack.wait_for(lambda: _whispers(slack, user, channel)[before:])[0]


def _whispers(slack: StandIn, user: str, channel: str) -> list[Message]:
    return [message for message in slack.from_bot(channel) if message.seen_by == user]


def _letter(slack: StandIn, user: str, words: str) -> Message:
    def found() -> list[Message]:
        return [message for message in slack.from_bot(slack.dm(user)) if words in shown(message)]

    return slack.wait_for(found)[-1]


def _modal(slack: StandIn, user: str, holds: str) -> str:
    def opened() -> str:
        try:
            text = json.dumps(slack.modal(user), ensure_ascii=False)
        except LookupError:
            return ""
        return text if holds in text else ""

    return slack.wait_for(opened)


def _home(slack: StandIn, user: str, holds: Callable[[str], bool]) -> dict[str, Any]:
    def drawn() -> dict[str, Any]:
        try:
            view = slack.home(user)
        except KeyError:
            return {}
        return view if holds(json.dumps(view, ensure_ascii=False)) else {}

    return slack.wait_for(drawn)


def test_a_seat_is_taken_waited_for_offered_and_taken_up(working: Workplace, shelf: Store) -> None:
    """Each hears at once how it stands; who waits is written to when a seat comes free; the card counts along."""
    slack = working.slack
    announce(shelf, "w1", EVENTS, of=event("w1", capacity=1))
    first = _click(slack, MEMBER, "w1", GOING)
    assert first.seen_by == MEMBER
    assert "Olet ilmoittautunut" in shown(first)
    assert "olet jonossa sijalla 1" in shown(_click(slack, ADMIN, "w1", GOING))
    slack.wait_for(lambda: "1/1 · 1 jonossa" in shown(_card(slack, "w1")))
    assert "et pääse" in shown(_click(slack, MEMBER, "w1", NOT_GOING))
    offer = _letter(slack, ADMIN, "sinulle vapautui paikka")
    assert slack.click(ADMIN, slack.dm(ADMIN), offer.ts, GOING).acknowledged
    slack.wait_for(lambda: "1/1" in shown(_card(slack, "w1")) and "jonossa" not in shown(_card(slack, "w1")))
    found = _said(shelf, "w1", ADMIN)
    assert found is not None
    assert found.attendance is Attendance.GOING


def test_a_click_brought_twice_counts_once(working: Workplace, shelf: Store) -> None:
    """The same payload again takes no second seat and no place on the list."""
    slack = working.slack
    announce(shelf, "t1", EVENTS, of=event("t1", capacity=1))
    _click(slack, MEMBER, "t1", GOING)
    payload = next(each.payload for each in reversed(slack.deliveries()) if "t1-1" in json.dumps(each.payload))
    assert slack.send_raw("interactive", payload).acknowledged
    with shelf.reading() as work:
        assert [each.number for each in work.sign_ups.of(OccurrenceId("t1-1"))] == [1]


def test_who_may_not_see_an_event_cannot_come(working: Workplace, shelf: Store) -> None:
    """A guest in a channel that is shared is refused in a sentence, whatever the card says; a member is not."""
    slack = working.slack
    announce(shelf, "g1", PARTNERS, of=event("g1"))
    _card(slack, "g1", PARTNERS)
    change(shelf, "g1", audience=Audience.MEMBERS, channels=(ChannelId(PARTNERS), ChannelId(EVENTS)))
    assert "rajatulle joukolle" in shown(_click(slack, GUEST, "g1", GOING, PARTNERS))
    assert _said(shelf, "g1", GUEST) is None
    assert "Olet ilmoittautunut" in shown(_click(slack, MEMBER, "g1", GOING, PARTNERS))


def test_the_organisers_question_is_asked_first(working: Workplace, shelf: Store) -> None:
    """An identity code in the answer is refused and kept nowhere; seats are counted when the form is sent."""
    slack = working.slack
    announce(shelf, "q1", EVENTS, of=event("q1", capacity=1, question="Onko ruokavaliota? <!channel>"))
    card = _card(slack, "q1")
    assert slack.click(MEMBER, EVENTS, card.ts, GOING).acknowledged
    _modal(slack, MEMBER, "Onko ruokavaliota?")
    assert _said(shelf, "q1", MEMBER) is None
    errors = slack.submit(MEMBER, {"event_answer": {"value": {"value": f"Hetu {CODE}"}}})
    assert "henkilötunnus" in errors["event_answer"]
    assert CODE.encode() not in (working.bot.data_dir / "solmu.sqlite").read_bytes()
    with shelf() as work:
        work.sign_ups.put(sign_up(to="q1-1", person=_person(ADMIN)))
        work.commit()
    assert slack.submit(MEMBER, {"event_answer": {"value": {"value": "Gluteeniton"}}}) == {}
    assert "jonossa sijalla 1" in _modal(slack, MEMBER, "sijalla")
    found = _said(shelf, "q1", MEMBER)
    assert found is not None
    assert (found.attendance, found.answer) == (Attendance.WAITING, "Gluteeniton")
    slack.close_modal(MEMBER)
    assert "sijalla 1" in shown(_click(slack, MEMBER, "q1", GOING))


def test_only_those_who_agreed_are_named(working: Workplace, shelf: Store) -> None:
    """With their organisation only where they show it; the others are counted. A tick is kept at once."""
    slack = working.slack
    announce(shelf, "n1", EVENTS, of=event("n1", capacity=0))
    with people_in(working.bot.data_dir):
        told = _click(slack, ADMIN, "n1", GOING)
        assert "Kukaan tulijoista" in shown(_click(slack, MEMBER, "n1", PEOPLE))
        ticked = {"selected_options": [option("visible")]}
        assert slack.click(ADMIN, EVENTS, told.ts, "event_wishes", chosen=ticked).acknowledged
        _click(slack, MEMBER, "n1", GOING)
        seen = shown(_click(slack, MEMBER, "n1", PEOPLE))
        found = _said(shelf, "n1", ADMIN)
    assert "Riikka Ojala, Lumiharjun hyvinvointialue" in seen
    assert "Muita tulijoita: 1" in seen
    assert found is not None
    assert (found.is_visible, found.wants_to_meet) == (True, False)


@pytest.mark.parametrize(
    ("name", "user", "channel", "advice"),
    [
        ("w1", COORDINATOR, EVENTS, "tee profiili ja rastita"),
        ("w2", GUEST, PARTNERS, "vain tämän työtilan omille jäsenille"),
    ],
)
def test_a_wish_to_meet_somebody_says_what_it_needs(
    working: Workplace, shelf: Store, name: str, user: str, channel: str, advice: str
) -> None:
    """A profile for whoever may have one; a guest is not sent to make one."""
    slack = working.slack
    announce(shelf, name, channel, of=event(name))
    told = _click(slack, user, name, GOING, channel)
    ticked = {"selected_options": [option("meet")]}
    assert slack.click(user, channel, told.ts, "event_wishes", chosen=ticked).acknowledged
    slack.wait_for(lambda: any(advice in shown(each) for each in _whispers(slack, user, channel)))


def test_own_events_stand_on_the_home_tab(working: Workplace, shelf: Store) -> None:
    """With their state, and a button that changes it there and then; what is over or left is not listed."""
    slack = working.slack
    announce(shelf, "h1", EVENTS, of=event("h1"))
    _click(slack, SWEDISH_MEMBER, "h1", MAYBE)
    slack.open_app(SWEDISH_MEMBER)
    _home(slack, SWEDISH_MEMBER, lambda text: "tulet ehkä" in text)
    assert slack.click_view(SWEDISH_MEMBER, GOING, home=True).acknowledged
    _home(slack, SWEDISH_MEMBER, lambda text: "Olet ilmoittautunut" in text)
    assert slack.click_view(SWEDISH_MEMBER, NOT_GOING, home=True).acknowledged
    _home(slack, SWEDISH_MEMBER, lambda text: "Omat tapahtumasi" not in text)


def test_coordinators_get_everybody_as_a_table(working: Workplace, shelf: Store) -> None:
    """Names, replies, answers and places, as cells that no program takes for a formula; nobody else gets it."""
    slack, name = working.slack, OccurrenceId("a1-1")
    announce(shelf, "a1", EVENTS, of=event("a1", capacity=1))
    _card(slack, "a1")
    with shelf() as work:
        work.sign_ups.put(sign_up(to=name, person=_person(ADMIN), answer="=1+1"))
        waiting = {"attendance": Attendance.WAITING, "number": 2, "since": NOW + timedelta(hours=1)}
        work.sign_ups.put(sign_up(to=name, person=_person(MEMBER), **waiting))
        work.commit()
    clicks = [each.payload for each in slack.deliveries() if each.kind == "interactive"]
    payload = _as_attendance(clicks[-1], name)
    assert slack.send_raw("interactive", payload | {"user": {"id": MEMBER, "team_id": TEAM}}).acknowledged
    _letter(slack, MEMBER, "vain koordinaattorit")
    assert slack.send_raw("interactive", payload | {"user": {"id": COORDINATOR, "team_id": TEAM}}).acknowledged
    _letter(slack, COORDINATOR, "Lähetin ilmoittautuneiden luettelon")
    [message] = [each for each in slack.messages(slack.dm(COORDINATOR)) if each.files]
    content = slack.server.slack.files.find(message.files[0]["id"]).content
    assert content is not None
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Nimi", "Riikka Ojala", "Aino Lehtola"]
    assert [row[2] for row in rows[1:]] == ["tulossa", "jonossa"]
    assert (rows[1][4], rows[2][5]) == ("'=1+1", "1")


def _as_attendance(clicked: dict[str, Any], name: str) -> dict[str, Any]:
    """A click on the coordinators' button, in a place that cannot be answered."""
    action = {"action_id": "event_attendance", "block_id": "b", "type": "button", "value": name, "action_ts": "1.1"}
    return clicked | {"actions": [action], "response_url": "", "type": "block_actions"}


def test_what_was_sent_is_valid_and_harmless(working: Workplace, checks: Path, tmp_path: Path) -> None:
    """Everything above keeps Slack's types and limits, and calls nobody."""
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in _sent(working.slack)))
    assert list(_check(checks / "validate" / "validate.py", file)) == []
