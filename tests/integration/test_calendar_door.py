"""The door of calendars: whoever has the secret is served, whoever has not learns nothing, and no log tells it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest

from bot.calendar_door import CalendarDoor
from bot.delivery import SlackUnavailableError
from bot.seeing import Seeing
from knowledge.events.feeds import Feeds
from knowledge.model import Audience, FeedScope, Language, MemberId, member_id, user_of
from knowledge.roles import FixedRoles
from knowledge.store import open_store
from tests.fakes import SetClock

U1 = MemberId("T1:U1")


@dataclass
class Reply:
    """What came back."""

    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Sight:
    """What people may see: told by hand."""

    told: Callable[[MemberId], Audience] = lambda _: Audience.MEMBERS

    def __call__(self, person: MemberId) -> Audience:
        """As it was set."""
        return self.told(person)


@pytest.fixture
def sight() -> Sight:
    """Everybody is a member."""
    return Sight()


@pytest.fixture
def feeds(tmp_path: Path, clock: SetClock, sight: Sight) -> Iterator[Feeds]:
    """Feeds over a database."""
    store = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    yield Feeds(store, clock, sight, lambda _: Language.FI)
    store.dispose()


def ask(feeds: Feeds, path: str, method: str = "GET", **headers: str) -> Reply:
    """A request to the door."""
    environ: dict[str, str] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": path, "REQUEST_METHOD": method, **headers}
    reply = Reply()

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        reply.status, reply.headers = status, dict(headers)
        return lambda _: None

    reply.body = b"".join(CalendarDoor(feeds).respond(environ, start))
    return reply


def test_a_secret_opens_its_calendar(feeds: Feeds) -> None:
    """With what a calendar program needs, and nothing may be kept or passed on by what lies between."""
    token = feeds.make(U1, FeedScope.ALL)
    reply = ask(feeds, f"/calendar/{token}.ics")
    assert reply.status == "200 OK"
    assert reply.body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert reply.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    head = ask(feeds, f"/calendar/{token}.ics", "HEAD")
    assert (head.status, head.headers, head.body) == (reply.status, reply.headers, b"")


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_reader_has_is_not_sent_again(feeds: Feeds, form: str) -> None:
    """However it names what it has."""
    path = f"/calendar/{feeds.make(U1, FeedScope.ALL)}.ics"
    tag = ask(feeds, path).headers["ETag"]
    again = ask(feeds, path, HTTP_IF_NONE_MATCH=form.format(tag))
    assert (again.status, again.body, again.headers["ETag"]) == ("304 Not Modified", b"", tag)
    assert ask(feeds, path, HTTP_IF_NONE_MATCH='"other"').status == "200 OK"


@pytest.mark.parametrize("name", ["x.ics", ".ics", "", "a/b.ics", "\xe4\x00.ics", "x" * 5000 + ".ics", "{}", "{}.ical"])
def test_every_other_address_gets_one_answer(feeds: Feeds, name: str) -> None:
    """Never made, revoked, or no address at all: nobody can tell which."""
    token = feeds.make(U1, FeedScope.ALL)
    revoked = feeds.make(U1, FeedScope.OWN)
    feeds.revoke(U1, next(each.token_hash for each in feeds.of(U1) if each.scope is FeedScope.OWN))
    wrong, gone = ask(feeds, f"/calendar/{name.format(token)}"), ask(feeds, f"/calendar/{revoked}.ics")
    assert (wrong.status, wrong.headers, wrong.body) == (gone.status, gone.headers, gone.body)
    assert gone.status == "404 Not Found"


def test_nothing_can_be_written(feeds: Feeds) -> None:
    """Only looked at."""
    assert ask(feeds, "/calendar/x.ics", "POST").status == "405 Method Not Allowed"


def test_while_slack_is_away_the_reader_comes_again(feeds: Feeds, sight: Sight) -> None:
    """What somebody may see is not known then: rather nothing, and no calendar is emptied."""

    def away(_: MemberId) -> Audience:
        raise SlackUnavailableError

    token = feeds.make(U1, FeedScope.ALL)
    sight.told = away
    reply = ask(feeds, f"/calendar/{token}.ics")
    assert (reply.status, reply.headers["Retry-After"]) == ("503 Service Unavailable", "300")


def test_a_failure_tells_no_secret(feeds: Feeds, sight: Sight, caplog: pytest.LogCaptureFixture) -> None:
    """Neither to whoever asks nor in the log."""

    def broken(_: MemberId) -> Audience:
        raise RuntimeError

    token = feeds.make(U1, FeedScope.ALL)
    sight.told = broken
    with caplog.at_level(logging.DEBUG):
        reply = ask(feeds, f"/calendar/{token}.ics")
    assert reply.status == "500 Internal Server Error"
    assert "a calendar could not be made" in caplog.text
    assert token not in caplog.text + reply.body.decode()


class People:
    """Slack, as far as is asked here."""

    def __init__(self) -> None:
        self.insiders = {"U1", "U2"}
        self.asked = 0

    def is_insider(self, user: str) -> bool:
        """Whether they are of the workspace."""
        self.asked += 1
        return user_of(MemberId(user)) in self.insiders


def test_what_somebody_may_see_is_believed_for_minutes() -> None:
    """Programs ask all day; whoever leaves sees no more than is public soon after."""
    people, now = People(), [0.0]
    seeing = Seeing(people, FixedRoles([member_id("T1", "U2")]), kept=300, now=lambda: now[0])
    first, second, guest = (member_id("T1", user) for user in ("U1", "U2", "U9"))
    assert [seeing.audience_of(each) for each in (first, second, guest)] == [
        Audience.MEMBERS,
        Audience.COORDINATORS,
        Audience.PUBLIC,
    ]
    people.insiders.clear()
    now[0] = 299.0
    assert seeing.audience_of(second) is Audience.COORDINATORS
    assert people.asked == 3
    now[0] = 300.0
    assert seeing.audience_of(second) is Audience.PUBLIC
