"""Calendar feeds over HTTP: `/calendar/SECRET.ics`, the same answer to every secret that opens nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from bot.delivery import SlackUnavailableError
from bot.failures import note_failure
from knowledge.events.feeds import Feeds

FOLDER, ENDING = "/calendar/", ".ics"
TEXT = ("Content-Type", "text/plain; charset=utf-8")
CALENDAR = ("Content-Type", "text/calendar; charset=utf-8")
RETRY_SECONDS = "300"
PRIVATE = [
    ("Cache-Control", "private, no-cache"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex"),
]
"""The address is the key: nothing on the way may keep what it opens or pass it on."""
_ENTITY = re.compile(r'(?:W/)?("[^"]*")')


class CalendarDoor:
    """Answers requests for feeds. No secret is ever logged: whoever reads the log could open what it opens."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds

    def is_for(self, path: str) -> bool:
        """Whether a path leads here."""
        return path.startswith(FOLDER)

    def respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The calendar; 304 where the reader has it, 404 where there is none, 503 while Slack cannot be asked."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _plainly(start_response, "405 Method Not Allowed", [("Allow", "GET, HEAD")])
        path = str(environ["PATH_INFO"])
        try:
            content = self._feeds.read(path.removeprefix(FOLDER).removesuffix(ENDING))
        except SlackUnavailableError:
            return _plainly(start_response, "503 Service Unavailable", [("Retry-After", RETRY_SECONDS)])
        except Exception:  # noqa: BLE001 - the server would log the address, which is the secret
            note_failure("a calendar could not be made")
            return _plainly(start_response, "500 Internal Server Error", [])
        if content is None or not path.endswith(ENDING):
            return _plainly(start_response, "404 Not Found", [])
        return _calendar(environ, start_response, content)


def _calendar(environ: WSGIEnvironment, start_response: StartResponse, content: bytes) -> Iterable[bytes]:
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    known = str(environ.get("HTTP_IF_NONE_MATCH", ""))
    if known.strip() == "*" or tag in _ENTITY.findall(known):
        start_response("304 Not Modified", [("ETag", tag), *PRIVATE])
        return []
    size = ("Content-Length", str(len(content)))
    start_response("200 OK", [CALENDAR, size, ("ETag", tag), *PRIVATE])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


def _plainly(start_response: StartResponse, status: str, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    start_response(status, [TEXT, *headers, *PRIVATE])
    return [f"{status.partition(' ')[2]}.\n".encode()]
