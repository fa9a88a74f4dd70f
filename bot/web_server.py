"""A web server, what it answers to whoever is not Slack, and the doors behind which there is more."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

from knowledge.errors import SettingsError

HEALTH = frozenset({"/health", "/healthz"})
AT_ONCE = 8
"""Threads that answer; each only writes down what Slack brings."""
LARGEST_BODY = 1024 * 1024
Respond = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
TEXT = [("Content-Type", "text/plain; charset=utf-8")]


class WebServer:
    """A web server in a thread of its own; put a proxy with TLS before it."""

    def __init__(self, respond: Respond, host: str, port: int, setting: str = "SOLMU_HTTP_PORT") -> None:
        self._respond = respond
        self._host, self._port = host, port
        self._setting = setting
        self.is_open = False

    def open(self) -> str:
        """Listen and serve; returns the address. Raises SettingsError where the port is taken."""
        self._server = create_server(
            self._respond,
            sockets=[self._listen()],
            threads=AT_ONCE,
            max_request_body_size=LARGEST_BODY,
            ident=None,
        )
        threading.Thread(target=self._server.run, name="http", daemon=True).start()
        self.is_open = True
        return f"http://{self._host}:{self._server.effective_port}"

    def close(self) -> None:
        """Stop listening, and let requests under way end."""
        self.is_open = False
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
                f"stop what uses it, or set {self._setting} to another port."
            )
            raise SettingsError(message) from error


class Door(Protocol):
    """Answers requests below some paths."""

    def is_for(self, path: str) -> bool:
        """Whether a path leads here."""
        ...

    def respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request to such a path."""
        ...


class Pages:
    """What a web server answers to whoever is not Slack: whether it is well, and what is behind its doors."""

    def __init__(self, *doors: Door) -> None:
        self._doors = doors

    def find(self, environ: WSGIEnvironment) -> Respond | None:
        """Who answers a request, if anybody here does."""
        if environ["PATH_INFO"] in HEALTH and environ["REQUEST_METHOD"] == "GET":
            return _tell_health
        return next((door.respond for door in self._doors if door.is_for(environ["PATH_INFO"])), None)

    def respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer where Slack does not come at all."""
        return (self.find(environ) or _tell_nothing)(environ, start_response)


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
