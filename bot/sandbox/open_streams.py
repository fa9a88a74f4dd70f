"""Which messages are being streamed: Slack ends a stream some minutes after it began, whatever comes to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sandbox.workspace import Clock

LIFE = timedelta(minutes=5)


class OpenStreams:
    """The streams that are not over, by channel and ts."""

    def __init__(self, clock: Clock) -> None:
        """Start with none."""
        self._clock = clock
        self._until: dict[tuple[str, str], datetime] = {}

    def open(self, channel: str, ts: str) -> None:
        """A message begins to grow."""
        self._until[channel, ts] = self._clock() + LIFE

    def is_open(self, channel: str, ts: str) -> bool:
        """Whether a message grows still."""
        until = self._until.get((channel, ts))
        return until is not None and until > self._clock()

    def close(self, channel: str, ts: str) -> None:
        """A message is whole."""
        self._until.pop((channel, ts), None)

    def end_all(self) -> int:
        """Let every stream die as after too long a time; tells how many there were."""
        ended = sum(self.is_open(*each) for each in list(self._until))
        self._until.clear()
        return ended
