"""Fetching a file that somebody shared in Slack: with the bot's token, from Slack alone, up to a size."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from knowledge.administering.uploads import FileProblem, FileRefusedError

SECONDS = 120.0
SLACK = ".slack.com"
_log = logging.getLogger(__name__)


class Downloads:
    """Fetches through one token; `base_url` is the Web API's, whose own host is trusted too where it is no Slack."""

    def __init__(self, token: str, base_url: str, most_bytes: int) -> None:
        self._token = token
        self._home = urlsplit(base_url)
        self._most_bytes = most_bytes

    def fetch(self, file: Mapping[str, Any]) -> bytes:
        """The bytes of a file as Slack describes it; raises FileRefusedError."""
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if not self._is_slacks(url):
            message = "The file is not kept by Slack, so the token is not sent there."
            raise FileRefusedError(FileProblem.UNREACHABLE, message)
        try:
            return self._fetched(url, is_page=str(file.get("name") or "").casefold().endswith((".htm", ".html")))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            _log.warning("a shared file cannot be fetched (%s)", type(error).__name__)
            message = "Slack does not hand the file out at the moment."
            raise FileRefusedError(FileProblem.UNREACHABLE, message) from error

    def _fetched(self, url: str, *, is_page: bool) -> bytes:
        pieces = bytearray()
        headers = {"Authorization": f"Bearer {self._token}"}
        with httpx.stream("GET", url, headers=headers, timeout=SECONDS, trust_env=False) as response:
            # Without the scope for it, Slack answers with a page to sign in, and no error.
            is_sign_in = response.headers.get("content-type", "").startswith("text/html") and not is_page
            if response.status_code != httpx.codes.OK or is_sign_in:
                message = f"expected the file's bytes, got status {response.status_code}"
                raise FileRefusedError(FileProblem.UNREACHABLE, message)
            for piece in response.iter_bytes():
                pieces += piece
                if len(pieces) > self._most_bytes:
                    message = f"expected at most {self._most_bytes} bytes, got more"
                    raise FileRefusedError(FileProblem.SIZE, message)
        return bytes(pieces)

    def _is_slacks(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if (parts.scheme, parts.netloc) == (self._home.scheme, self._home.netloc):
            return True
        return parts.scheme == "https" and (parts.hostname or "").endswith(SLACK) and parts.port in {None, 443}
