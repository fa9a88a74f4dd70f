"""The time zones of people, as Slack knows them; one that is not known for now is empty."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.delivery import SlackUnavailableError
from knowledge.model import MemberId

KEPT_SECONDS = 6 * 3600.0
"""How long a zone is believed: people travel, but Slack does not let everybody be asked about every minute."""


class ZoneTeller(Protocol):
    """Whoever knows the zones of people."""

    def zone_of(self, user: str) -> str:
        """The name of a person's zone, or nothing; raises SlackUnavailableError."""
        ...


class Zones:
    """Asks once, and remembers."""

    def __init__(self, lookup: ZoneTeller, now: Callable[[], float] = time.monotonic) -> None:
        self._lookup = lookup
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[MemberId, tuple[float, str]] = {}

    def of(self, person: MemberId) -> str:
        """The name of somebody's zone, such as Europe/Helsinki."""
        with self._lock:
            told_at, zone = self._known.get(person, (float("-inf"), ""))
        if self._now() - told_at < KEPT_SECONDS:
            return zone
        try:
            zone = _known(self._lookup.zone_of(person))
        except SlackUnavailableError:
            # What was told long ago is better than nothing.
            return zone
        with self._lock:
            self._known[person] = self._now(), zone
        return zone


def _known(zone: str) -> str:
    """The zone, if this machine has it too."""
    try:
        return ZoneInfo(zone).key if zone else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
