"""A web server on loopback that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Page:
    """An answer. `pieces` are sent one after another, until they end or the other side hangs up."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None


@dataclass(slots=True)
class Site:
    """What the server has: pages by path, and the requests so far as path and headers in lower case."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Site]:
    """A site without pages yet."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            _answer(self, site.pages.get(self.path, Page(status=404)))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            """Tests speak for themselves."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def _answer(handler: BaseHTTPRequestHandler, page: Page) -> None:
    handler.send_response(page.status)
    headers = dict(page.headers) if page.pieces else {"Content-Length": str(len(page.body)), **page.headers}
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    try:
        for piece in page.pieces() if page.pieces else (page.body,):
            handler.wfile.write(piece)
            handler.wfile.flush()
    except (BrokenPipeError, ConnectionResetError):
        return
