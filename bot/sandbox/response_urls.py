"""The addresses under which a bot may answer a command or a click: five times within thirty minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.sandbox.workspace import ApiError, Clock

LIFE = timedelta(minutes=30)
USES = 5


@dataclass(frozen=True, slots=True)
class ResponseUrl:
    """Where an answer goes: a channel, the person who asked, and the message acted on (`ts`, or empty)."""

    channel: str
    user: str
    ts: str
    thread: str
    until: datetime
    uses_left: int = USES


class ResponseUrls:
    """Every address given out so far."""

    def __init__(self, base: str, clock: Clock) -> None:
        """Give out addresses below `base`."""
        self._base = base
        self._clock = clock
        self._known: dict[str, ResponseUrl] = {}

    def new(self, channel: str, user: str, ts: str = "", thread: str = "") -> str:
        """An address that answers this person in this channel, about the message `ts` where there is one."""
        key = secrets.token_urlsafe(18)
        self._known[key] = ResponseUrl(channel, user, ts, thread, self._clock() + LIFE)
        return f"{self._base}/response/{key}"

    def use(self, key: str) -> ResponseUrl:
        """The target of an address, one use fewer; raises ApiError where it is unknown, used up or too old."""
        target = self._known.get(key)
        if target is None:
            raise ApiError("invalid_url")
        if target.uses_left < 1 or self._clock() > target.until:
            raise ApiError("used_url" if target.uses_left < 1 else "expired_url")
        self._known[key] = replace(target, uses_left=target.uses_left - 1)
        return target
