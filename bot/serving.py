"""How the bot is reached: by Slack over Socket Mode or signed HTTP, and by calendar programs over HTTP."""

from __future__ import annotations

import io
import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import SignatureVerifier
from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

from bot.calendar_door import CalendarDoor
from bot.connection import MAKE_ANOTHER, ConnectionFailedError, sentences
from bot.receiving import look_after
from bot.shapes import EVENT, flaw
from knowledge.errors import SettingsError

PATH = "/slack/events"
HEALTH = "/health"
ACKNOWLEDGING = 8
"""Threads that take in what Slack brings; each only writes it down."""
MOST_WAITING = 4000
"""Envelopes that may come in before the first of them is looked at."""
PIECE = 64 * 1024
LARGEST_BODY = 1024 * 1024
Respond = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
_log = logging.getLogger(__name__)
TEXT = [("Content-Type", "text/plain; charset=utf-8")]


class Intake(Protocol):
    """Takes in what Slack brings."""

    def open(self) -> str:
        """Begin; returns where it listens, in words for the log. Raises SolmuError."""
        ...

    def close(self) -> None:
        """Take in no more; what is being written down is finished."""
        ...


class SocketIntake:
    """A connection that the bot opens itself."""

    def __init__(self, app: App, app_token: str) -> None:
        # The client calls itself once for each envelope and each piece of what has come in meanwhile: a crowd that
        # clicks at the same moment would be too deep for Python's usual limit, and would be lost with the connection.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), MOST_WAITING))
        handler = SocketModeHandler(app, app_token, concurrency=ACKNOWLEDGING, receive_buffer_size=PIECE)
        self._client = handler.client
        look_after(self._client)

    def open(self) -> str:
        """Connect; raises ConnectionFailedError."""
        try:
            with sentences(self._client.web_client, "SLACK_APP_TOKEN", MAKE_ANOTHER):
                self._client.connect()
        except ConnectionFailedError:
            self._client.close()
            raise
        return "Socket Mode"

    def close(self) -> None:
        """Disconnect."""
        self._client.close()


class WebServer:
    """A web server in a thread of its own; put a proxy with TLS before it."""

    def __init__(self, respond: Respond, host: str, port: int) -> None:
        self._respond = respond
        self._host, self._port = host, port

    def open(self) -> str:
        """Listen and serve; returns the address. Raises SettingsError where the port is taken."""
        self._server = create_server(
            self._respond,
            sockets=[self._listen()],
            threads=ACKNOWLEDGING,
            max_request_body_size=LARGEST_BODY,
            ident=None,
        )
        threading.Thread(target=self._server.run, name="http", daemon=True).start()
        return f"http://{self._host}:{self._server.effective_port}"

    def close(self) -> None:
        """Stop listening, and let requests under way end."""
        # In the server's own thread, which waits for this very socket.
        self._server.trigger.pull_trigger(lambda: wasyncore.dispatcher.close(self._server))
        self._server.task_dispatcher.shutdown()

    def _listen(self) -> socket.socket:
        try:
            # One of the host's addresses: "localhost" has two.
            family, kind, _, _, address = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)[0]
            return _bound(socket.socket(family, kind), address)
        except OSError as error:
            message = (
                f"Nothing can listen on {self._host}:{self._port} ({error.strerror}); "
                "stop what uses it, or set SOLMU_HTTP_PORT to another port."
            )
            raise SettingsError(message) from error


class Pages:
    """What a web server answers to whoever is not Slack: whether it is well, and calendars."""

    def __init__(self, calendars: CalendarDoor) -> None:
        self._calendars = calendars

    def find(self, environ: WSGIEnvironment) -> Respond | None:
        """Who answers a request, if anybody here does."""
        if environ["PATH_INFO"] == HEALTH and environ["REQUEST_METHOD"] == "GET":
            return _tell_health
        return self._calendars.respond if self._calendars.is_for(environ["PATH_INFO"]) else None

    def respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer where Slack does not come at all."""
        return (self.find(environ) or _tell_nothing)(environ, start_response)


class HttpIntake:
    """A web server that Slack posts to, with other pages beside."""

    def __init__(self, app: App, signing_secret: str, pages: Pages, host: str, port: int) -> None:
        self._slack = SlackRequestHandler(app, path=PATH)
        self._verifier = SignatureVerifier(signing_secret)
        self._pages = pages
        self._server = WebServer(self._respond, host, port)

    def open(self) -> str:
        """Listen and serve; raises SettingsError where the port is taken."""
        return f"{self._server.open()}{PATH}"

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

    def close(self) -> None:
        """Disconnect and stop listening."""
        self._slack.close()
        self._server.close()


def _tell_health(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", TEXT)
    return [b"ok\n"]


def _tell_nothing(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("404 Not Found", TEXT)
    return [b"Not Found.\n"]


def _bound(listening: socket.socket, address: tuple[Any, ...]) -> socket.socket:
    try:
        # Else a restarted bot would wait a minute for the old one's connections to be forgotten.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError:
        listening.close()
        raise
    return listening
