"""How often Slack lets an app call a method: tiers per minute, and one message a second in each channel."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

from bot.sandbox.values import Payload
from bot.sandbox.workspace import Clock

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute in each of Slack's tiers; all of a minute's calls may come at once."""
METHODS = {
    "chat.appendStream": 4,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.startStream": 2,
    "chat.stopStream": 2,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.join": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "reactions.add": 3,
    "reactions.remove": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
POSTING = "chat.postMessage"
BURST = 5
"""Messages that may come to one channel at once, before it is one a second."""


class Bucket:
    """Holds `most` calls and fills at `each_second`."""

    def __init__(self, most: float, each_second: float, now: datetime) -> None:
        """Start full."""
        self._most, self._rate = most, each_second
        self._left, self._at = most, now

    def take(self, now: datetime) -> int:
        """Take one call, and return 0; where none is left, the whole seconds until there is one."""
        self._left = min(self._most, self._left + self._rate * (now - self._at).total_seconds())
        self._at = now
        if self._left < 1:
            return max(1, math.ceil((1 - self._left) / self._rate))
        self._left -= 1
        return 0


class Rates:
    """Counts calls against Slack's limits while `enforced`."""

    def __init__(self, clock: Clock, *, enforced: bool) -> None:
        """Start with every bucket full."""
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}
        self.enforced = enforced

    def wait(self, method: str, arguments: Payload) -> int:
        """The seconds after which this call may be made, 0 where it may be made now; then it is counted."""
        if not self.enforced:
            return 0
        now = self._clock()
        return max((bucket.take(now) for bucket in self._of(method, arguments, now)), default=0)

    def _of(self, method: str, arguments: Payload, now: datetime) -> Iterator[Bucket]:
        if method in METHODS:
            each_minute = TIERS[METHODS[method]]
            yield self._buckets.setdefault(method, Bucket(each_minute, each_minute / 60, now))
        elif method == POSTING:
            yield self._buckets.setdefault(f"{method} {arguments.get('channel')}", Bucket(BURST, 1, now))
