"""The two addresses by which a workspace's admin installs Solmu: the page with the button, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.adapter.wsgi.http_response import WsgiHttpResponse
from slack_bolt.request import BoltRequest
from slack_bolt.response import BoltResponse

from bot.failures import note_failure
from bot.install_pages import Page, language_of, page_html
from bot.oauth_flow import INSTALL, RETURN, InstallFlow
from knowledge.model import Language

GUARDED = [
    # Its address carries a code, which no other page may be told.
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
]


class InstallDoor:
    """Answers requests for them. No code or state is ever logged."""

    def __init__(self, flow: InstallFlow, renderer: Renderer) -> None:
        self._flow = flow
        self._renderer = renderer

    def is_for(self, path: str) -> bool:
        """Whether a path leads here."""
        return path in {INSTALL, RETURN}

    def respond(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The page, or what came of the installation."""
        if environ["REQUEST_METHOD"] != "GET":
            start_response("405 Method Not Allowed", [("Allow", "GET"), *GUARDED])
            return [b"Method Not Allowed.\n"]
        asked = WsgiHttpRequest(environ)
        request = BoltRequest(body="", query=asked.query_string, headers=asked.get_headers())
        told = self._answer(asked.path, request)
        response = WsgiHttpResponse(status=told.status, headers=told.headers, body=told.body)
        start_response(response.status, [*response.get_headers(), *GUARDED])
        return response.get_body()

    def _answer(self, path: str, request: BoltRequest) -> BoltResponse:
        try:
            handle = self._flow.handle_installation if path == INSTALL else self._flow.handle_callback
            return handle(request)
        except Exception:  # noqa: BLE001 - the server would log the address, which carries a code
            reference = note_failure("an installation failed")
            body = self._renderer.render(request, Page.FAILED, reference)
            return BoltResponse(status=502, headers={"Content-Type": "text/html; charset=utf-8"}, body=body)


class Renderer:
    """Pages in the language of whoever reads them."""

    def __init__(self, fallback: Language) -> None:
        self._fallback = fallback

    def render(self, request: BoltRequest, page: Page, about: str) -> str:
        """The page's HTML."""
        accepted = " ".join(request.headers.get("accept-language", ()))
        return page_html(page, about, language_of(accepted, self._fallback))
