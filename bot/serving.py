"""How the bot is reached: by Slack over Socket Mode or signed HTTP, and by calendar programs over HTTP."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterable
from typing import Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import SignatureVerifier

from bot.connection import MAKE_ANOTHER, ConnectionFailedError, sentences
from bot.dispatching import Requests
from bot.receiving import Receiver
from bot.shapes import EVENT, flaw
from bot.web_server import TEXT, Pages, WebServer

PATH = "/slack/events"
ACKNOWLEDGING = 8
"""Threads that take in what Slack brings; each only writes it down."""
MOST_WAITING = 4000
"""Envelopes that may come in before the first of them is looked at."""
PIECE = 64 * 1024
_log = logging.getLogger(__name__)


class Intake(Protocol):
    """Takes in what Slack brings."""

    def open(self) -> str:
        """Begin; returns where it listens, in words for the log. Raises SolmuError."""
        ...

    def is_open(self) -> bool:
        """Whether Slack can bring something now."""
        ...

    def close(self) -> None:
        """Take in no more; what is being written down is finished."""
        ...


class SocketIntake:
    """A connection that the bot opens itself."""

    def __init__(self, app: Requests, app_token: str) -> None:
        # The client calls itself once for each envelope and each piece of what has come in meanwhile: a crowd that
        # clicks at the same moment would be too deep for Python's usual limit, and would be lost with the connection.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), MOST_WAITING))
        self._receiver = Receiver(app, app_token, concurrency=ACKNOWLEDGING, receive_buffer_size=PIECE)
        self._client = self._receiver.client

    def open(self) -> str:
        """Connect; raises ConnectionFailedError."""
        try:
            with sentences(self._client.web_client, "SLACK_APP_TOKEN", MAKE_ANOTHER):
                self._client.connect()
        except ConnectionFailedError:
            self._receiver.close()
            raise
        return "Socket Mode"

    def is_open(self) -> bool:
        """Whether the connection stands."""
        return self._client.is_connected()

    def close(self) -> None:
        """Let what is in hand be acknowledged, and disconnect."""
        self._receiver.close()


class HttpIntake:
    """A web server that Slack posts to, with other pages beside."""

    def __init__(self, app: Requests, signing_secret: str, pages: Pages, host: str, port: int) -> None:
        self._slack = SlackRequestHandler(app, path=PATH)  # type: ignore[arg-type]
        self._verifier = SignatureVerifier(signing_secret)
        self._pages = pages
        self._server = WebServer(self._respond, host, port)

    def open(self) -> str:
        """Listen and serve; raises SettingsError where the port is taken."""
        return f"{self._server.open()}{PATH}"

    def is_open(self) -> bool:
        """Whether it listens."""
        return self._server.is_open

    def close(self) -> None:
        """Stop listening, and let requests under way end."""
        self._server.close()

    def _respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if page := self._pages.find(environ):
            return page(environ, start_response)
        body = environ["wsgi.input"].read()
        # Bolt looks at the signature too, but takes the body apart before: nobody else's shall get that far.
        if not self._is_slacks(environ, body):
            start_response("401 Unauthorized", TEXT)
            return [b"Not signed by Slack.\n"]
        if refused := _refused(body, environ.get("CONTENT_TYPE", "")):
            start_response(refused, TEXT)
            return [b"Passed over.\n"]
        environ["wsgi.input"] = io.BytesIO(body)
        return self._slack(environ, start_response)

    def _is_slacks(self, environ: WSGIEnvironment, body: bytes) -> bool:
        stamp, signature = (environ.get(f"HTTP_X_SLACK_{name}", "") for name in ("REQUEST_TIMESTAMP", "SIGNATURE"))
        try:
            return self._verifier.is_valid(body, stamp, signature)
        except (ValueError, TypeError, OverflowError):
            # A time that is no number, a body that is no text, a signature that is no ASCII.
            return False


def _refused(body: bytes, content_type: str) -> str:
    """With which status a signed body is passed over that is no payload; empty where it is one."""
    try:
        payload = parse_body(body.decode(), content_type)
    except (ValueError, RecursionError):
        _log.warning("something signed by Slack is no payload")
        return "400 Bad Request"
    found = flaw(payload)
    if not found:
        return ""
    _log.warning("something signed by Slack is passed over: %s", found)
    # Nobody waits for an event, and Slack would bring it again and again; who clicked is told that it failed.
    is_event = isinstance(payload, dict) and payload.get("type") == EVENT
    return "200 OK" if is_event else "400 Bad Request"


class SocketAndPages:
    """A connection that the bot opens itself, and a web server for whoever is not Slack."""

    def __init__(self, slack: SocketIntake, server: WebServer) -> None:
        self._slack = slack
        self._server = server

    def open(self) -> str:
        """Listen, then connect; raises SettingsError and ConnectionFailedError."""
        address = self._server.open()
        try:
            return f"{self._slack.open()}; calendars are at {address}"
        except ConnectionFailedError:
            self._server.close()
            raise

    def is_open(self) -> bool:
        """Whether the connection stands."""
        return self._slack.is_open()

    def close(self) -> None:
        """Disconnect and stop listening."""
        self._slack.close()
        self._server.close()
