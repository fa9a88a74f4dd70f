"""Streams, by which answers are seen while they are written: begun as often as Slack lets, and found again if left.

A stream gets its mark only when it is whole. One that was left half-way is an own message without a mark below the
question: whoever answers the question again makes the answer of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.connection import code_of, hurried, seconds_to_wait
from bot.delivery import LIMITED, Delivery, Place, is_passing
from bot.locks import Locks
from bot.marks import mark_of
from bot.pacing import Pace, Rests

MOST_BEGUN, EACH_SECONDS = 20, 3.0
"""Streams that Slack lets an app begin in a minute."""
RESTING = 60.0
"""Seconds without a new stream where Slack does not take one."""
_BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom an answer is written; a stream in a channel has to say so."""

    user: str
    team: str


class Streams:
    """Opens streams as often as Slack lets, and knows which ones this process has begun.

    `me` is the bot's own user. Without `is_written` none is begun: every answer is there at once.
    """

    def __init__(
        self,
        client: WebClient,
        delivery: Delivery,
        me: str,
        *,
        is_written: bool,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.client = client
        self.hurried = hurried(client)
        self.delivery = delivery
        self.now = now
        self.sleep = sleep
        self._me = me
        self._is_written = is_written
        self._pace = Pace(MOST_BEGUN, EACH_SECONDS, now)
        self._rests = Rests(now)
        self._own: set[tuple[str, str]] = set()
        # Shared out by place: that one stream begins slowly keeps few others waiting.
        self._locks = Locks()

    def may_begin(self) -> bool:
        """Whether one more stream may begin now; then it is counted."""
        if not self._is_written or self._rests.rests(_BEGIN) or self._pace.wait():
            return False
        self._pace.take()
        return True

    def rest(self, error: SlackApiError) -> None:
        """Begin none for a while where Slack wishes so, or takes none."""
        if code_of(error) in LIMITED:
            self._rests.rest(_BEGIN, seconds_to_wait(error.response))
        elif not is_passing(error):
            self._rests.rest(_BEGIN, RESTING)

    def begin(self, place: Place, reader: Reader, text: str) -> str:
        """Begin a stream with a first text; returns its ts. Raises as the client does."""
        with self._locks.of((place.channel, place.thread)):
            answer = self.hurried.chat_startStream(
                channel=place.channel,
                thread_ts=place.thread,
                recipient_user_id=reader.user,
                recipient_team_id=reader.team,
                markdown_text=text,
            )
            ts = str(answer["ts"])
            self._own.add((place.channel, ts))
            return ts

    def forget(self, place: Place, ts: str) -> None:
        """The stream is whole, or left: where it has no mark, it may be taken up again."""
        self._own.discard((place.channel, ts))

    def look_up(self, place: Place, mark: str) -> tuple[bool, str]:
        """Whether the marked message stands there, with its ts; else that of a stream left, now the caller's."""
        with self._locks.of((place.channel, place.thread)):
            left = ""
            for message in self.delivery.messages(place):
                if mark_of(message) == mark:
                    return True, str(message["ts"])
                left = left or self._if_left(place, message)
            if left:
                self._own.add((place.channel, left))
            return False, left

    def _if_left(self, place: Place, message: Mapping[str, Any]) -> str:
        if not place.thread:
            # No stream was begun there: what has no mark among direct messages is something else of the bot's.
            return ""
        ts = str(message.get("ts", ""))
        is_mine = message.get("user") == self._me and not mark_of(message)
        return ts if is_mine and ts != place.thread and (place.channel, ts) not in self._own else ""
