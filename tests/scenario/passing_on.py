"""A server on loopback that stands between a bot and its workspace, and passes on what it is told to."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

TOLD_BACK = ("Content-Type", "Retry-After", "x-oauth-scopes", "X-Slack-No-Retry")


class PassingOn(ABC):
    """Listens while it is entered; `port` is known before."""

    def __init__(self) -> None:
        between = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                between.answer(self)

            def do_POST(self) -> None:
                between.answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.port = self._server.server_port

    @abstractmethod
    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Pass a request on, and its answer back."""

    def __enter__(self) -> Self:
        """Start to answer."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def body_of(request: BaseHTTPRequestHandler) -> bytes:
    """What came with a request."""
    return request.rfile.read(int(request.headers.get("Content-Length") or 0))


def ask(port: int, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
    """Ask a server on loopback; raises OSError where none listens, or it dies over it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body or None, dict(headers))
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def tell(request: BaseHTTPRequestHandler, told: HTTPResponse, answer: bytes) -> None:
    """Pass an answer back."""
    request.send_response(told.status)
    for name in TOLD_BACK:
        if value := told.headers.get(name):
            request.send_header(name, value)
    request.send_header("Content-Length", str(len(answer)))
    request.end_headers()
    request.wfile.write(answer)
