"""The door for signed HTTP: what comes in without Slack's signature goes no further."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.sandbox.signed import signature
from tests.scenario.conftest import Workplace
from tests.scenario.talking import over_http, settle
from tests.standin import GENERAL, MEMBER

pytestmark = over_http
EVENT = {
    "type": "event_callback",
    "team_id": "T0VALOKEHA",
    "event_id": "Ev1",
    "event": {
        "type": "message",
        "channel": "D0MEMBER01",
        "channel_type": "im",
        "user": MEMBER,
        "ts": "1700000000.000100",
        "text": "Milloin jäsenmaksu laskutetaan?",
    },
}


def _send(
    workplace: Workplace,
    body: bytes,
    *,
    secret: str = "",
    age: int = 0,
    method: str = "POST",
    path: str = "",
    **headers: str,
) -> tuple[int, str]:
    """Status and text of the reply to a request, signed with the workspace's secret unless another is given."""
    address = urlsplit(workplace.slack.config.bot_url)
    stamp = str(int(time.time()) - age)
    signed = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(secret or workplace.slack.config.signing_secret, stamp, body),
    }
    connection = HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        connection.request(method, path or address.path, body, signed | headers)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_slacks_own_signature_opens(workplace: Workplace) -> None:
    """The same request without a fault is taken."""
    body = _json(EVENT | {"event": EVENT["event"] | {"subtype": "channel_join"}})  # type: ignore[operator]
    assert _send(workplace, body)[0] == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"secret": "another"},
        {"age": 400},
        {"age": -400},
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Signature": "v0=\xe4"},
    ],
    ids=["secret", "old", "future", "short", "none", "no time", "word", "huge time", "no ASCII"],
)
def test_a_bad_signature_is_refused(workplace: Workplace, fault: dict[str, Any]) -> None:
    """A wrong secret, an old or future time, and headers that make no sense: 401, and nobody is answered."""
    posts = len(workplace.slack.calls("chat.postMessage"))
    assert _send(workplace, _json(EVENT), **fault)[0] == 401
    settle(workplace.slack)
    assert len(workplace.slack.calls("chat.postMessage")) == posts + 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"type": ', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":' * 100_000, "application/json"),
        (b"payload=%7B%22", "application/x-www-form-urlencoded"),
        (b"", "application/json"),
        (b"null", "application/json"),
        (b"[1]", "application/json"),
        (b'"text"', "application/json"),
    ],
    ids=["cut", "no text", "deep list", "deep object", "cut form", "empty", "null", "list", "word"],
)
def test_unsigned_nonsense_is_refused_quietly(workplace: Workplace, body: bytes, kind: str) -> None:
    """Anybody on the internet can send it: a refusal, and no traceback in the log."""
    before = len(workplace.bot.logged())
    assert _send(workplace, body, secret="another", **{"Content-Type": kind})[0] == 401
    assert "Traceback" not in workplace.bot.logged()[before:]


def test_too_large_a_body_is_refused(workplace: Workplace) -> None:
    """Before it is kept in memory."""
    try:
        status, _ = _send(workplace, b"x" * 2_000_000)
    except (BrokenPipeError, ConnectionResetError):
        # It stopped listening while this was still sending.
        return
    assert status == 413


def test_slack_may_verify_the_address(workplace: Workplace) -> None:
    """When the address is entered on the app's page."""
    status, text = _send(workplace, _json({"type": "url_verification", "challenge": "abc"}))
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    "body",
    [
        EVENT | {"event": {"type": "team_join", "user": {"id": MEMBER}}},
        EVENT | {"event": {"type": "message", "channel_type": "im"}},
        EVENT | {"event": {"type": "message"}},
        EVENT | {"event": {"type": "app_mention"}},
        EVENT | {"event": {"type": "app_home_opened"}},
    ],
    ids=["unknown", "no author", "no channel", "empty mention", "empty home"],
)
def test_what_nobody_listens_to_is_acknowledged(workplace: Workplace, body: dict[str, Any]) -> None:
    """Otherwise Slack would bring it again, and in the end cut the bot off."""
    assert _send(workplace, _json(body))[0] == 200


def test_an_unknown_command_is_acknowledged(workplace: Workplace) -> None:
    """It is another app's, or one that is no longer there."""
    assert workplace.slack.command(MEMBER, GENERAL, "/tuntematon", "moi").acknowledged


def test_health_is_told_and_nothing_else_is_served(workplace: Workplace) -> None:
    """For whatever watches over the process."""
    assert _send(workplace, b"", method="GET", path="/health") == (200, "ok\n")
    assert _send(workplace, b"", method="GET")[0] == 404
    assert _send(workplace, b"", path="/")[0] == 404
    assert _send(workplace, b"", path="/health")[0] == 404
