"""Everything the stand-in holds for one workspace, handed to whatever acts on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.sandbox import events
from bot.sandbox.calls import CallLog
from bot.sandbox.files import Files
from bot.sandbox.grants import Grants
from bot.sandbox.open_streams import OpenStreams
from bot.sandbox.rates import Rates
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.seed import CHANNELS, GROUPS, PEOPLE
from bot.sandbox.values import SLACKBOT, TOMBSTONE, Config, Message, Payload
from bot.sandbox.views import Views
from bot.sandbox.workspace import Clock, Workspace


def utc_now() -> datetime:
    """The system clock."""
    return datetime.now(UTC)


class Slack:
    """The workspace, its views, the record of calls, and the way an event goes out to the bot."""

    def __init__(self, config: Config, base: str, changed: Callable[[], None], clock: Clock = utc_now) -> None:
        """Make an empty workspace served under the address `base`, which calls `changed` after every change."""
        self.config = config
        self.base = base
        self.clock = clock
        self.workspace = Workspace(PEOPLE, CHANNELS, clock, changed)
        self.workspace.groups |= GROUPS
        self.views = Views(clock, config.trigger_seconds, changed)
        self.log = CallLog()
        self.rates = Rates(clock, enforced=config.limits_rates)
        self.response_urls = ResponseUrls(base, clock)
        self.files = Files(base, config.bot_token)
        self.streams = OpenStreams(clock)
        self.grants = Grants(config)
        self.send_event: Callable[[Payload], None] = lambda _event: None

    def announce(self, event: Payload, subscription: str) -> None:
        """Send an event to the bot if it subscribed to it."""
        if subscription in self.config.subscriptions:
            self.send_event(event)

    def say(self, message: Message) -> Message:
        """Post a message and tell the bot as far as it listens."""
        posted = self.workspace.add(message)
        if not posted.seen_by:
            for subscription, event in events.posted(self.workspace, posted):
                self.announce(event, subscription)
        return posted

    def edit(self, message: Message, previous: Message) -> None:
        """Replace a message and tell the bot as far as it listens."""
        self.workspace.put(message)
        if not message.seen_by:
            self.announce(*events.changed(self.workspace, message, previous))

    def delete(self, channel: str, ts: str) -> None:
        """Take a message away and tell the bot as far as it listens; raises ApiError.

        A thread's first message leaves a stone in its place, under which the replies stay.
        """
        gone = self.workspace.find(channel, ts)
        if any(message.thread == ts and message.ts != ts for message in self.workspace.messages(channel)):
            stone = Message(channel, ts, SLACKBOT, TOMBSTONE, thread=gone.thread)
            self.workspace.put(stone)
            self.announce(*events.changed(self.workspace, stone, gone))
            return
        self.workspace.remove(channel, ts)
        if not gone.seen_by:
            self.announce(*events.deleted(self.workspace, gone))
