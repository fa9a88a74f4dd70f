"""Several workspaces before one bot: stand-ins whose ids differ on the way, behind one Web API as Slack's is.

Each stand-in is the same workspace; what stands between gives the ids of all but the first another digit, both ways.
"""

from __future__ import annotations

import json
import re
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler

from bot.sandbox.signed import signature
from bot.sandbox.values import TEAM, Payload
from tests.scenario.passing_on import PassingOn, ask, body_of, tell
from tests.standin import StandIn

_OWN = re.compile(rb"([UCDTBA])0(?=[A-Z]{4})")
PASSED_ON = ("Content-Type", "Authorization")


def named(digit: str, own: str) -> str:
    """What an id, a team or a person, is called outside."""
    return _OWN.sub(rb"\g<1>" + digit.encode(), own.encode()).decode()


def team(digit: str) -> str:
    """The workspace's id outside."""
    return named(digit, TEAM)


def _inside(digit: str, body: bytes) -> bytes:
    return re.sub(rb"([UCDTBA])" + digit.encode() + rb"(?=[A-Z]{4})", rb"\g<1>0", body)


class Between(PassingOn):
    """One server for all: `/api/…` for the bot, `/from/DIGIT` for what each stand-in sends to it."""

    def __init__(self, bot_port: int, secret: str, *, by_socket: bool = False) -> None:
        super().__init__()
        self.by_socket = by_socket
        self.workspaces: dict[str, StandIn] = {}
        self.bot_port, self.secret = bot_port, secret

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Pass a request on, and its answer back."""
        body = body_of(request)
        try:
            if request.path.startswith("/from/"):
                send = self._to_socket if self.by_socket else self._to_bot
                send(request, request.path.removeprefix("/from/"), body)
            else:
                self._to_slack(request, self._meant(request, body), body)
        except OSError:
            # The bot was killed, or does not listen yet: whoever sent it finds nobody either.
            request.close_connection = True

    def _to_bot(self, request: BaseHTTPRequestHandler, digit: str, body: bytes) -> None:
        sent, stamp = named(digit, body.decode()).encode(), str(int(time.time()))
        headers = {
            "Content-Type": request.headers["Content-Type"],
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.secret, stamp, sent),
        }
        headers |= {name: value for name, value in request.headers.items() if name.startswith("X-Slack-Retry")}
        told, answer = ask(self.bot_port, "POST", "/slack/events", sent, headers)
        tell(request, told, _inside(digit, answer))

    def _to_socket(self, request: BaseHTTPRequestHandler, digit: str, body: bytes) -> None:
        kind, payload = _decoded(request.headers["Content-Type"], named(digit, body.decode()))
        attempt = next(iter(self.workspaces.values())).send_raw(kind, payload)
        request.send_response(200 if attempt.acknowledged else 503)
        answer = _inside(digit, json.dumps(attempt.answer).encode()) if attempt.answer else b""
        request.send_header("Content-Length", str(len(answer)))
        request.end_headers()
        request.wfile.write(answer)

    def _meant(self, request: BaseHTTPRequestHandler, body: bytes) -> str:
        header, said = request.headers.get("Authorization", ""), body.decode() + request.path
        for digit, slack in self.workspaces.items():
            if slack.config.bot_token in header or (header.startswith("Basic") and f"{team(digit)}." in said):
                return digit
        return next(iter(self.workspaces))

    def _to_slack(self, request: BaseHTTPRequestHandler, digit: str, body: bytes) -> None:
        path, sent = _inside(digit, request.path.encode()).decode(), _inside(digit, body)
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        told, answer = ask(self.workspaces[digit].port, request.command, path, sent, headers)
        tell(request, told, named(digit, answer.decode()).encode())


def _decoded(content_type: str, body: str) -> tuple[str, Payload]:
    """What was to be posted, as Socket Mode carries it."""
    if content_type.startswith("application/json"):
        return "events_api", json.loads(body)
    form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
    return ("interactive", json.loads(form["payload"])) if "payload" in form else ("slash_commands", form)


class Browser:
    """Whoever installs: keeps the cookie that the page gave, and follows no redirect."""

    def __init__(self, port: int, language: str = "fi-FI,fi;q=0.9") -> None:
        self._port = port
        self._language = language
        self.cookie = ""

    def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        headers = {"Accept-Language": self._language} | ({"Cookie": self.cookie} if self.cookie else {})
        told, body = ask(self._port, "GET", path, b"", headers)
        if given := told.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return told.status, body.decode()

    def begin(self) -> str:
        """Open the page with the button; returns the state that its link carries to Slack."""
        status, page = self.get("/slack/install")
        assert status == 200
        link = re.search(r'href="(https://slack\.com/oauth/v2/authorize[^"]*)"', page)
        assert link is not None, page
        return urllib.parse.parse_qs(urllib.parse.urlsplit(link[1].replace("&amp;", "&")).query)["state"][0]

    def come_back(self, code: str, state: str) -> tuple[int, str]:
        """What Slack sends the browser to."""
        return self.get(f"/slack/oauth_redirect?{urllib.parse.urlencode({'code': code, 'state': state})}")
