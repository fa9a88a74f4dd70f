"""What a process manager and a monitor ask over HTTP: is it alive, does it take questions, what are its figures.

On an address of its own, so that a proxy that shows calendars to the world does not show figures.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from wsgiref.types import StartResponse, WSGIEnvironment

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.registry import Collector

from bot.metrics import REGISTRY
from bot.web_server import TEXT, WebServer
from knowledge.settings import Settings

ALIVE, READY, METRICS = "/healthz", "/readyz", "/metrics"
LONGEST_LOOK = 3.0
"""Seconds after which something that does not answer counts as not ready."""
Check = Callable[[], bool]
_log = logging.getLogger(__name__)


class Readiness:
    """Whether questions are taken; each check has the name that is told where it fails."""

    def __init__(self, checks: Mapping[str, Check], longest_look: float = LONGEST_LOOK) -> None:
        self._checks = checks
        self._longest_look = longest_look
        self._looking = ThreadPoolExecutor(len(checks), "readiness")

    def reasons(self) -> list[str]:
        """The names of what is not ready; empty where questions are taken."""
        asked = {name: self._looking.submit(check) for name, check in self._checks.items()}
        return [name for name, found in asked.items() if not self._is_good(name, found.result)]

    def close(self) -> None:
        """Look no more."""
        self._looking.shutdown(wait=False, cancel_futures=True)

    def _is_good(self, name: str, result: Callable[[float], bool]) -> bool:
        try:
            return result(self._longest_look)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not ready
            _log.warning("%s is not ready (%s)", name, type(error).__name__)
            return False


class OperationsPages:
    """A WSGI application."""

    def __init__(self, readiness: Readiness, gauges: Collector) -> None:
        self._readiness = readiness
        self._gauges = CollectorRegistry()
        self._gauges.register(gauges)
        self._pages = {ALIVE: self._alive, READY: self._ready, METRICS: self._metrics}

    def respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        page = self._pages.get(environ["PATH_INFO"])
        if page is None or environ["REQUEST_METHOD"] != "GET":
            start_response("404 Not Found", TEXT)
            return [b"Not Found.\n"]
        return page(start_response)

    @staticmethod
    def _alive(start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", TEXT)
        return [b"ok\n"]

    def _ready(self, start_response: StartResponse) -> Iterable[bytes]:
        reasons = self._readiness.reasons()
        start_response("503 Service Unavailable" if reasons else "200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"ready": not reasons, "not_ready": reasons}).encode() + b"\n"]

    def _metrics(self, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
        return [generate_latest(REGISTRY), generate_latest(self._gauges)]


class Operations:
    """The pages and their server; no port is opened where none is set."""

    def __init__(self, settings: Settings, readiness: Readiness, gauges: Collector) -> None:
        self._readiness = readiness
        pages = OperationsPages(readiness, gauges)
        host, port = settings.operations_host, settings.operations_port
        self._server = WebServer(pages.respond, host, port, "SOLMU_OPERATIONS_PORT") if port else None

    def open(self) -> None:
        """Listen; raises SettingsError where the port is taken."""
        if self._server is not None:
            _log.info("health and figures are at %s", self._server.open())

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
        self._readiness.close()
