"""The stand-in as one HTTP server on loopback: the Web API, Socket Mode, its own interface and the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from aiohttp import web

from bot.sandbox.actions import Actions
from bot.sandbox.control import Control
from bot.sandbox.courier import Courier
from bot.sandbox.feed import Feed
from bot.sandbox.folder import SAMPLE
from bot.sandbox.signed import SignedHttp
from bot.sandbox.slack import Slack, utc_now
from bot.sandbox.sockets import Sockets
from bot.sandbox.values import Config, Payload
from bot.sandbox.webapi import WebApi
from bot.sandbox.workspace import Clock

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
DOCUMENTS = "/documents"
"""Below which the sample's documents can be opened."""
OWN_NAMES = {"127.0.0.1", "localhost"}
MOST_BYTES = 4 * 1024 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that another site's page makes through a visitor's browser."""
    origin = request.headers.get("Origin")
    if request.url.host not in OWN_NAMES or origin not in {None, str(request.url.origin())}:
        raise web.HTTPForbidden(text="Only pages of the stand-in itself may ask this.")
    return await handler(request)


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    del request
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


class Server:
    """A running stand-in. Make it inside the event loop that will serve it."""

    def __init__(self, config: Config, port: int, suggestions: Sequence[Payload] = (), clock: Clock = utc_now) -> None:
        """Prepare to serve on this port; `suggestions` are questions (`lang`, `question`) that the page offers."""
        self._port = port
        self.url = f"http://{HOST}:{port}"
        self.feed = Feed()
        self.slack = Slack(config, self.url, self.feed.changed, clock)
        self.sockets = Sockets(config.ack_seconds, self.feed.changed)
        signed = SignedHttp(config.bot_url, config.signing_secret, config.ack_seconds)
        self.courier = Courier(
            signed if config.bot_url else self.sockets, config.ack_seconds, config.retry_delays, self.feed.changed
        )
        self.actions = Actions(self.slack, self.courier)
        self.control = Control(
            self.slack, self.actions, self.courier, self.feed, list(suggestions), lambda: bool(self.sockets.count)
        )
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5)

    async def start(self) -> None:
        """Begin to listen; raises OSError where the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()

    async def stop(self) -> None:
        """End every connection."""
        await self.courier.close()
        await self.sockets.drop()
        await self._runner.cleanup()

    def _application(self) -> web.Application:
        api = WebApi(self.slack, f"ws://{HOST}:{self._port}/link")
        app = web.Application(middlewares=[only_from_here], client_max_size=MOST_BYTES)
        app.on_response_prepare.append(_with_headers)
        app.add_routes(
            [
                web.route("*", "/api/{method}", api.call),
                web.post("/response/{key}", api.respond),
                web.post("/upload/{key}", self.slack.files.receive),
                web.get("/files/{id}/{name}", self.slack.files.serve),
                web.get("/download/{id}/{name}", self.slack.files.download),
                web.post("/_standin/upload", self.slack.files.take),
                web.get("/link", self.sockets.serve),
                *self.control.routes(),
                web.get("/", _page),
                web.get("/archives/{channel}/{message}", _page),
                web.static("/page", PAGE),
                web.static(DOCUMENTS, SAMPLE / "documents"),
            ]
        )
        return app


async def _page(request: web.Request) -> web.StreamResponse:
    del request
    return web.FileResponse(PAGE / "index.html")
