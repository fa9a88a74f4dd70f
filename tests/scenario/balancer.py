"""What stands before several bots that take signed HTTP: each request goes to one of them in turn, if it listens."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from typing import Self


class Balancer:
    """Signed requests are passed on as they are; nobody answers where no bot does. Listens from the start."""

    def __init__(self, ports: Sequence[int]) -> None:
        turn = count()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                first = next(turn)
                for number in range(len(ports)):
                    if _is_passed_on(self, ports[(first + number) % len(ports)], body):
                        return
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def __enter__(self) -> Self:
        """Start to pass on."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _is_passed_on(request: BaseHTTPRequestHandler, port: int, body: bytes) -> bool:
    """Whether a bot answered; one that died over it may have taken it in, as Slack would not know either."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", request.path, body, dict(request.headers))
        told = connection.getresponse()
        answer = told.read()
    except OSError:
        return False
    finally:
        connection.close()
    request.send_response(told.status)
    request.send_header("Content-Length", str(len(answer)))
    request.end_headers()
    request.wfile.write(answer)
    return True
