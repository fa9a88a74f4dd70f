"""Asking Slack about people and channels, where no answer is an answer too: what cannot be known counts as outside."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.connection import NETWORK_ERRORS, code_of
from bot.delivery import SlackUnavailableError, is_passing

PAGE = 1000
KEPT_SECONDS = 300.0
"""How long the list of the workspace's people is believed: Slack lets it be read a few times a minute."""
_OUTSIDE = ("is_stranger", "is_restricted", "is_ultra_restricted", "deleted")
_log = logging.getLogger(__name__)


class Lookup:
    """Reads the workspace named `team`. Every method raises SlackUnavailableError where another try can help."""

    def __init__(self, client: WebClient, team: str, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._team = team
        self._now = now
        self._lock = threading.Lock()
        self._insiders: frozenset[str] = frozenset()
        self._read_at = float("-inf")

    def channel(self, channel: str) -> Mapping[str, Any]:
        """What Slack says of a channel; empty where it says nothing."""
        return self._one("conversations.info", "channel", channel=channel)

    def is_insider(self, user: str) -> bool:
        """Whether a person is at this moment of the workspace itself: no guest, nobody from elsewhere."""
        return self._belongs(self._one("users.info", "user", user=user))

    def all_are_insiders(self, channel: str) -> bool:
        """Whether everybody in a channel is; somebody who came lately may not be known yet, and counts as outside."""
        members = set(self._all("conversations.members", "members", channel=channel))
        return bool(members) and members <= self._known_insiders()

    def _known_insiders(self) -> frozenset[str]:
        with self._lock:
            if self._now() - self._read_at > KEPT_SECONDS:
                people = self._all("users.list", "members")
                self._insiders = frozenset(person["id"] for person in people if self._belongs(person))
                self._read_at = self._now()
            return self._insiders

    def _belongs(self, person: Mapping[str, Any]) -> bool:
        return person.get("team_id") == self._team and not any(person.get(name) for name in _OUTSIDE)

    def _one(self, method: str, key: str, **arguments: str) -> Mapping[str, Any]:
        found = self._call(method, arguments).get(key)
        return found if isinstance(found, dict) else {}

    def _all(self, method: str, key: str, **arguments: str) -> Iterator[Any]:
        cursor = ""
        while True:
            page = self._call(method, {**arguments, "limit": str(PAGE)} | ({"cursor": cursor} if cursor else {}))
            yield from page.get(key) or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _call(self, method: str, arguments: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            return self._client.api_call(method, params=dict(arguments)).data  # type: ignore[return-value]
        except SlackApiError as error:
            if is_passing(error):
                raise SlackUnavailableError(method) from error
            _log.warning("%s answered %s; the asker gets public sources only", method, code_of(error))
            return {}
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(method) from error
