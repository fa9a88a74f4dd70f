"""Sending through a bad line: whatever Slack or the network does, one message stands there in the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from bot.connection import ConnectionFailedError, granted_scopes, identify, open_client
from bot.delivery import Delivery, Outgoing, Place, SlackUnavailableError, UndeliverableError, UnfitMessageError
from bot.settings import SlackSettings
from tests.standin import BOT, GENERAL, MEMBER, QUESTIONS, StandIn

MESSAGE = Outgoing("Vastaus", [{"type": "section", "text": {"type": "plain_text", "text": "Vastaus"}}])
MARK = "message:1"


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace without a bot process."""
    with StandIn() as standin:
        yield standin


def _settings(url: str, token: str) -> SlackSettings:
    return SlackSettings(bot_token=SecretStr(token), app_token=SecretStr("xapp-1"), api_url=url)


def _delivery(slack: StandIn) -> Delivery:
    """The bot's own client; it does not sleep between its tries."""
    return Delivery(open_client(_settings(f"{slack.url}/api/", slack.config.bot_token)), sleep=lambda _: None)


def _root(slack: StandIn) -> Place:
    ts = slack.post(MEMBER, QUESTIONS, "Kysymys")
    return Place(QUESTIONS, ts, since=ts)


@pytest.mark.parametrize(
    "fault",
    [
        {"reset": True},
        {"reset": True, "accepted": True},
        {"status": 500},
        {"status": 503, "accepted": True},
        {"status": 503, "times": 2},
        {"error": "internal_error"},
        {"status": 429, "retry_after": 1},
    ],
    ids=str,
)
def test_one_message_stands_there(slack: StandIn, fault: dict[str, Any]) -> None:
    """Lost before or after Slack took it, refused for now, or limited: it is posted once, and its ts returned."""
    place = _root(slack)
    slack.fault("chat.postMessage", **fault)
    ts = _delivery(slack).post(place, MESSAGE, MARK, doubtful=False)
    assert [message.ts for message in slack.from_bot(QUESTIONS)] == [ts]


def test_a_doubtful_message_is_looked_up_first(slack: StandIn) -> None:
    """Another life may have posted it: in a thread, and in a conversation of its own, also behind many others."""
    direct = Place(slack.dm(MEMBER), since=slack.post(MEMBER, slack.dm(MEMBER), "Hei"))
    for place in (_root(slack), direct):
        first = _delivery(slack).post(place, MESSAGE, MARK, doubtful=True)
        for number in range(120):
            slack.post(MEMBER, place.channel, f"{number}", place.thread)
        assert _delivery(slack).post(place, MESSAGE, MARK, doubtful=True) == first
        other = _delivery(slack).post(place, MESSAGE, "message:2", doubtful=True)
        assert [message.ts for message in slack.from_bot(place.channel)] == [first, other]


def test_what_cannot_be_looked_up_is_posted(slack: StandIn) -> None:
    """Rather twice than never: the bot may not read there, or the thread is gone."""
    place = _root(slack)
    slack.fault("conversations.replies", error="missing_scope")
    _delivery(slack).post(place, MESSAGE, MARK, doubtful=True)
    assert len(slack.from_bot(QUESTIONS)) == 1


@pytest.mark.parametrize(
    "fault", [{"reset": True}, {"status": 502}, {"error": "fatal_error"}, {"status": 429, "retry_after": 3600}], ids=str
)
@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.replies"])
def test_an_unavailable_slack_is_told(slack: StandIn, method: str, fault: dict[str, Any]) -> None:
    """After a few tries, and at once where it says to wait long; the question then waits without a thread."""
    place = _root(slack)
    slack.fault(method, times=9, **fault)
    with pytest.raises(SlackUnavailableError):
        _delivery(slack).post(place, MESSAGE, MARK, doubtful=True)
    assert len(slack.calls(method)) == (3 if method == "chat.postMessage" and "retry_after" not in fault else 1)


@pytest.mark.parametrize(
    ("error", "kind"),
    [("channel_not_found", UndeliverableError), ("is_archived", UndeliverableError), ("msg_blocks_too_long", None)],
)
def test_a_lasting_refusal_is_told_at_once(slack: StandIn, error: str, kind: type[Exception] | None) -> None:
    """Another try would only be refused again; where the message itself is at fault, another one can go."""
    slack.fault("chat.postMessage", error=error)
    with pytest.raises(kind or UnfitMessageError, match=error) as raised:
        _delivery(slack).post(_root(slack), MESSAGE, MARK, doubtful=False)
    assert isinstance(raised.value, UnfitMessageError) is (kind is None)
    assert len(slack.calls("chat.postMessage")) == 1


def _response_url(slack: StandIn) -> str:
    return slack.server.slack.response_urls.new(GENERAL, MEMBER)


@pytest.mark.parametrize(
    "fault", [{"reset": True}, {"status": 500}, {"status": 503, "times": 2}, {"status": 429, "retry_after": 1}], ids=str
)
def test_a_commands_answer_gets_through(slack: StandIn, fault: dict[str, Any]) -> None:
    """Once, where Slack did not take it the first time."""
    slack.fault("response_url", **fault)
    _delivery(slack).respond(_response_url(slack), MESSAGE)
    assert [(message.text, message.seen_by) for message in slack.from_bot(GENERAL)] == [("Vastaus", MEMBER)]


def test_a_commands_answer_is_rather_sent_twice_than_never(slack: StandIn) -> None:
    """It cannot be looked up whether Slack took it."""
    slack.fault("response_url", reset=True, accepted=True)
    _delivery(slack).respond(_response_url(slack), MESSAGE)
    assert len(slack.from_bot(GENERAL)) == 2


def test_an_address_that_is_gone_is_told_at_once(slack: StandIn) -> None:
    """After thirty minutes, or five answers, nothing more can be said there."""
    url = _response_url(slack)
    for _ in range(5):
        _delivery(slack).respond(url, MESSAGE)
    with pytest.raises(UndeliverableError, match="used_url"):
        _delivery(slack).respond(url, MESSAGE)
    with pytest.raises(UndeliverableError, match="invalid_url"):
        _delivery(slack).respond(f"{slack.url}/response/unknown", MESSAGE)
    assert len(slack.calls("response_url")) == 7


def test_blocks_that_a_command_cannot_show_are_told(slack: StandIn) -> None:
    """So that the asker gets a sentence instead."""
    with pytest.raises(UnfitMessageError, match="invalid_blocks"):
        _delivery(slack).respond(_response_url(slack), Outgoing("Hei", [{"type": "banner"}]))


def test_a_status_costs_an_answer_nothing(slack: StandIn) -> None:
    """It is shown where that is easy: no limit is waited out for it, and no failure matters."""
    place = _root(slack)
    slack.fault("assistant.threads.setStatus", status=429, retry_after=30)
    slack.fault("assistant.threads.setStatus", reset=True)
    for _ in range(3):
        _delivery(slack).show_working(place, "etsii vastausta…")
    outcomes = [call.outcome for call in slack.calls("assistant.threads.setStatus")]
    assert outcomes == ["429", "reset", "ok"]


def test_a_message_is_replaced(slack: StandIn) -> None:
    """Where it can be; where it is gone, that is told."""
    delivery, place = _delivery(slack), _root(slack)
    ts = delivery.post(place, MESSAGE, MARK, doubtful=False)
    delivery.update(place, ts, Outgoing("Uusi", MESSAGE.blocks))
    assert [message.text for message in slack.from_bot(QUESTIONS)] == ["Uusi"]
    with pytest.raises(UndeliverableError, match="message_not_found"):
        delivery.update(place, "1.1", MESSAGE)
    slack.fault("chat.update", status=500)
    with pytest.raises(SlackUnavailableError):
        delivery.update(place, ts, MESSAGE)


class _Proxy(BaseHTTPRequestHandler):
    """Answers everything with a page of its own."""

    def do_POST(self) -> None:
        self.send_response(int(self.path.split("/")[1]))
        self.end_headers()
        self.wfile.write(b"<html>Bad gateway</html>")

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def proxy() -> Iterator[str]:
    """The address of something on the way that is not Slack; the path's first part is the status it answers with."""
    with HTTPServer(("127.0.0.1", 0), _Proxy) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [200, 502])
def test_a_page_of_a_proxy_counts_as_unavailable(proxy: str, status: int) -> None:
    """It is no JSON, and no answer of Slack's: another try later can help."""
    delivery = Delivery(open_client(_settings(f"{proxy}/{status}/", "xoxb-1")), sleep=lambda _: None)
    place = Place("C1", "1.1", since="1.1")
    delivery.show_working(place, "etsii")
    with pytest.raises(SlackUnavailableError):
        delivery.post(place, MESSAGE, MARK, doubtful=False)
    with pytest.raises(SlackUnavailableError):
        delivery.open_direct("U1")
    with pytest.raises(ConnectionFailedError, match=f"Slack answered {status}; try again"):
        identify(open_client(_settings(f"{proxy}/{status}/", "xoxb-1")))


def test_the_bot_knows_itself(slack: StandIn) -> None:
    """Who it is, and what it may do, as Slack tells."""
    client = open_client(_settings(f"{slack.url}/api/", slack.config.bot_token))
    assert identify(client).user == BOT
    assert "chat:write" in granted_scopes(client)
