"""What somebody may see of announcements, for programs that ask again and again: believed for some minutes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from bot.roles import Insiders
from knowledge.model import Audience, MemberId
from knowledge.ports import Roles
from knowledge.roles import widest_audience

KEPT_SECONDS = 300.0


class Seeing:
    """Guests and people from elsewhere see what is public. Every method raises SlackUnavailableError."""

    def __init__(
        self, lookup: Insiders, roles: Roles, *, kept: float = 0.0, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._lookup = lookup
        self._roles = roles
        self._kept = kept
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[MemberId, tuple[float, Audience]] = {}

    def audience_of(self, person: MemberId) -> Audience:
        """The widest audience that somebody belongs to, as it was at most `kept` seconds ago."""
        with self._lock:
            told_at, audience = self._known.get(person, (float("-inf"), Audience.PUBLIC))
        if self._now() - told_at < self._kept:
            return audience
        audience = self._asked(person)
        with self._lock:
            self._known[person] = self._now(), audience
        return audience

    def _asked(self, person: MemberId) -> Audience:
        if not self._lookup.is_insider(person):
            return Audience.PUBLIC
        return widest_audience(self._roles, person)
