"""What stands before several bots that take signed HTTP: each request goes to one of them in turn, if it listens."""

from __future__ import annotations

from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from itertools import count

from tests.scenario.passing_on import PassingOn, ask, body_of, tell


class Balancer(PassingOn):
    """Signed requests are passed on as they are; nobody answers where no bot does."""

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__()
        self._ports = ports
        self._turn = count()
        self.url = f"http://127.0.0.1:{self.port}/slack/events"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """By the next bot that is there; one that died over it may have taken it in, as Slack would not know either."""
        body, first = body_of(request), next(self._turn)
        for number in range(len(self._ports)):
            port = self._ports[(first + number) % len(self._ports)]
            try:
                told, answer = ask(port, "POST", request.path, body, dict(request.headers))
            except OSError:
                continue
            tell(request, told, answer)
            return
        request.close_connection = True
