"""Calendars through the real bot: a button and its file, and an address that a calendar program reads."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import Message as Headers

import pytest

from bot.blocks.cards import CALENDAR, GOING
from bot.sandbox.values import TEAM, Message, Payload
from knowledge.events.schedule import occurrences_of
from knowledge.model import (
    Announcement,
    AnnouncementId,
    AnnouncementKind,
    Audience,
    ChannelId,
    Frequency,
    Language,
    Recurrence,
    Wording,
    member_id,
)
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.builders import announcement, event
from tests.calendar_reading import events_in, read, unrolled
from tests.scenario.bot_process import NOW
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import option
from tests.scenario.talking import over_socket, shown
from tests.standin import COORDINATOR, EVENTS, GENERAL, GUEST, MEMBER, PARTNERS, SWEDISH_MEMBER, StandIn

YEAR = datetime.now(UTC).year + 1
STARTS = datetime(YEAR, 5, 5, 8, 30)  # noqa: DTZ001 - a time on the wall
TITLE = "Kevään <tekoälyaamut>"
SERIES = AnnouncementId("calendar-series")
PUBLIC = AnnouncementId("calendar-public")


@pytest.fixture
def events(workplace: Workplace) -> Iterator[StandIn]:
    """A series for members in one channel, and an event for everybody in another; both stand there."""
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    weeks = Recurrence(Frequency.WEEKLY, 1, date(YEAR, 5, 26))
    series = event(SERIES, starts=STARTS, ends=STARTS + timedelta(hours=1), recurrence=weeks, capacity=0)
    single = event(PUBLIC, starts=STARTS, ends=STARTS + timedelta(hours=1), capacity=0)
    told = [
        (series, _out(SERIES, EVENTS, TITLE, topics=("kuvantaminen",))),
        (single, _out(PUBLIC, PARTNERS, "Avoimet ovet", audience=Audience.PUBLIC, topics=())),
    ]
    before = [len(workplace.slack.from_bot(channel)) for channel in (EVENTS, PARTNERS)]
    with store() as work:
        for of, made in told:
            work.announcements.put(made)
            work.events.put(of)
            for each in occurrences_of(of, NOW):
                work.events.put_occurrence(each)
        work.commit()
    slack = workplace.slack
    for channel, count in zip((EVENTS, PARTNERS), before, strict=True):
        slack.wait_for(lambda channel=channel, count=count: slack.from_bot(channel)[count:])  # type: ignore[misc]
    yield slack
    with store() as work:
        work.announcements.remove(SERIES)
        work.announcements.remove(PUBLIC)
        for user in (MEMBER, GUEST, SWEDISH_MEMBER, COORDINATOR):
            work.sign_ups.forget(member_id(TEAM, user))
        work.commit()
    store.dispose()


def _out(name: str, channel: str, title: str, **changes: object) -> Announcement:
    wordings = (Wording(Language.FI, title, "Tervetuloa."),)
    channels = (ChannelId(channel),)
    return announcement(name, kind=AnnouncementKind.EVENT, wordings=wordings, channels=channels, **changes)


def _files(slack: StandIn, user: str) -> list[Message]:
    return [each for each in slack.messages(slack.dm(user)) if each.files]


def _content(slack: StandIn, file: Payload) -> bytes:
    content = slack.server.slack.files.find(file["id"]).content
    assert content is not None
    return content


def _click(slack: StandIn, user: str, channel: str, action: str) -> str:
    """Click a button on the last card of a channel; returns the answer that only the clicker sees."""
    card = next(each for each in reversed(slack.from_bot(channel)) if not each.seen_by)
    before = len(slack.messages(channel))
    assert slack.click(user, channel, card.ts, action).acknowledged
    answers = slack.wait_for(lambda: [each for each in slack.messages(channel)[before:] if each.seen_by == user])
    return shown(answers[-1])


def _subscribe(slack: StandIn, user: str, what: str, command: str = "/tapahtuma", word: str = "kalenteri") -> str:
    """Ask for an address; returns it."""
    assert slack.command(user, GENERAL, command, word).acknowledged
    slack.wait_for(lambda: _modal(slack, user, "calendar_what"))
    chosen = {"calendar_what": {"value": {"selected_option": option(what)}}}
    assert slack.submit(user, chosen) == {}
    [address] = re.findall(r"http://127\.0\.0\.1:\d+/calendar/[\w-]{43}\.ics", str(slack.modal(user)["blocks"]))
    slack.close_modal(user)
    return str(address)


def _modal(slack: StandIn, user: str, block: str) -> bool:
    try:
        return any(each.get("block_id") == block for each in slack.modal(user)["blocks"])
    except LookupError:
        return False


def _get(address: str, method: str = "GET", **headers: str) -> tuple[int, Headers, bytes]:
    """Status, headers and body."""
    request = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310 - on loopback
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 - as above
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@over_socket
def test_a_button_brings_the_file(workplace: Workplace, events: StandIn) -> None:
    """Directly, and only to the one who clicked: this time of a series, and all of it."""
    before, logged = len(_files(events, MEMBER)), len(workplace.bot.logged())
    assert "Lähetin kalenteritiedoston sinulle yksityisviestinä." in _click(events, MEMBER, EVENTS, CALENDAR)
    [message] = _files(events, MEMBER)[before:]
    names = [each["name"] for each in message.files]
    assert names == [f"kevään-tekoälyaamut-{YEAR}-05-05.ics", "kevään-tekoälyaamut-kaikki-kerrat.ics"]
    assert "”Kevään &lt;tekoälyaamut&gt;”: tiedostossa" in message.text
    one, whole = (_content(events, each) for each in message.files)
    assert len(unrolled(one)) == 1
    assert len(unrolled(whole)) == 4
    assert read(whole).method.value == "REQUEST"
    assert events_in(whole)[0].uid.value == f"{SERIES}@solmu"
    assert events_in(one)[0].uid.value.startswith(f"{SERIES}-"), "the date by itself has a name of its own"
    assert {each["mimetype"] for each in message.files} == {"text/calendar"}
    assert "Traceback" not in workplace.bot.logged()[logged:]


@over_socket
def test_a_guest_gets_what_is_public(workplace: Workplace, events: StandIn) -> None:
    """In the shared channel; an event for members is not there for them, whatever they send."""
    assert workplace.slack is events
    before = len(_files(events, GUEST))
    assert "Lähetin kalenteritiedoston" in _click(events, GUEST, PARTNERS, CALENDAR)
    [message] = _files(events, GUEST)[before:]
    assert [each["name"] for each in message.files] == [f"avoimet-ovet-{YEAR}-05-05.ics"]
    answer = _click(events, GUEST, EVENTS, CALENDAR)
    assert "ei ole avoinna sinulle" in answer
    assert len(_files(events, GUEST)) == before + 1


def test_a_calendar_program_reads_a_secret_address(workplace: Workplace, events: StandIn) -> None:
    """Over HTTP, whatever way Slack comes in; shown once, told in no log, and dead once it is revoked."""
    address = _subscribe(events, MEMBER, "all")
    assert address.startswith(f"{workplace.web}/calendar/")
    status, headers, body = _get(address)
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert len(unrolled(body)) == 4
    assert {each.uid.value for each in events_in(body)} == {f"{SERIES}@solmu", f"{PUBLIC}@solmu"}
    assert _get(address, **{"If-None-Match": headers["ETag"]})[::2] == (304, b"")
    assert _get(address, "HEAD")[::2] == (200, b"")
    assert _get(address.replace("/calendar/", "/calendar/x"))[0] == 404
    assert _get(f"{workplace.web}/health")[::2] == (200, b"ok\n")

    events.command(MEMBER, GENERAL, "/tapahtuma", "kalenteri")
    events.wait_for(lambda: _modal(events, MEMBER, "calendar_what"))
    assert address not in str(events.modal(MEMBER))
    [line] = [each for each in events.modal(MEMBER)["blocks"] if "accessory" in each]
    assert line["text"]["text"].startswith("Kaikki tapahtumat, tilattu ")
    assert events.click_view(MEMBER, "calendar_revoke", line["block_id"]).acknowledged
    events.wait_for(lambda: not [each for each in events.modal(MEMBER)["blocks"] if "accessory" in each])
    events.close_modal(MEMBER)
    assert _get(address)[0] == 404
    assert address.rpartition("/")[2].removesuffix(".ics") not in workplace.bot.logged()


@over_socket
def test_own_events_come_with_a_sign_up(workplace: Workplace, events: StandIn) -> None:
    """The feed follows what one says; a topic's holds its events; in Swedish it bears a Swedish name."""
    assert workplace.slack is events
    own = _subscribe(events, SWEDISH_MEMBER, "own", "/evenemang", "kalender")
    assert unrolled(_get(own)[2]) == {}
    _click(events, SWEDISH_MEMBER, EVENTS, GOING)
    assert len(unrolled(_get(own)[2])) == 1
    topic = _subscribe(events, SWEDISH_MEMBER, "topic:kuvantaminen", "/event", "calendar")
    assert {each.uid.value for each in events_in(_get(topic)[2])} == {f"{SERIES}@solmu"}


@over_socket
def test_wishes_about_reminders_are_kept(workplace: Workplace, events: StandIn) -> None:
    """From the Home tab; the form shows them again."""
    assert workplace.slack is events
    events.open_app(COORDINATOR)
    events.wait_for(lambda: "reminder_open" in str(_home(events, COORDINATOR)))
    events.click_view(COORDINATOR, "reminder_open", home=True)
    events.wait_for(lambda: _modal(events, COORDINATOR, "reminder_mode"))
    filled = {
        "reminder_mode": {"value": {"selected_option": option("own")}},
        "reminder_offsets": {"value": {"selected_options": [option("60")]}},
        "reminder_quiet_from": {"value": {"selected_time": "22:30"}},
        "reminder_quiet_until": {"value": {"selected_time": "06:00"}},
    }
    assert events.submit(COORDINATOR, filled) == {}
    events.click_view(COORDINATOR, "reminder_open", home=True)
    events.wait_for(lambda: _modal(events, COORDINATOR, "reminder_mode"))
    fields = {each["block_id"]: each["element"] for each in events.modal(COORDINATOR)["blocks"] if "element" in each}
    assert fields["reminder_mode"]["initial_option"]["value"] == "own"
    assert [each["value"] for each in fields["reminder_offsets"]["initial_options"]] == ["60"]
    assert fields["reminder_quiet_from"]["initial_time"] == "22:30"
    events.close_modal(COORDINATOR)


def _home(slack: StandIn, user: str) -> Payload:
    try:
        return slack.home(user)
    except KeyError:
        return {}
