"""The workspace in memory: who is there, what was said, and what the bot shows while it works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.sandbox.values import BOT, SLACKBOT, Channel, Message, Payload, Person, Role

STATUS_LIFE = timedelta(minutes=2)
Clock = Callable[[], datetime]


class ApiError(Exception):
    """The workspace refuses what was asked; `code` is Slack's word for it, `details` its explanations."""

    def __init__(self, code: str, details: Sequence[str] = ()) -> None:
        """Say the code, and where Slack would explain itself, the explanations."""
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Status:
    """What the bot says it is doing in a thread, until that time; `loading` are texts that take turns meanwhile."""

    text: str
    loading: tuple[str, ...]
    until: datetime


class Workspace:
    """People, channels and messages; every change calls `changed` once it is made."""

    def __init__(
        self, people: Iterable[Person], channels: Iterable[Channel], clock: Clock, changed: Callable[[], None]
    ) -> None:
        """Start with these people and channels and no messages."""
        self.people = {person.id: person for person in people}
        self.channels = {channel.id: channel for channel in channels}
        self.clock = clock
        self._changed = changed
        self._messages: dict[tuple[str, str], Message] = {}
        self._statuses: dict[tuple[str, str], Status] = {}
        self.prompts: dict[str, Payload] = {}
        self.groups: dict[str, frozenset[str]] = {}
        """The people of each user group; one that is switched off is not there."""
        self.titles: dict[tuple[str, str], str] = {}
        self._last_ts = 0

    def person(self, user: str) -> Person:
        """The person of that id; raises ApiError."""
        if user not in self.people:
            raise ApiError("user_not_found")
        return self.people[user]

    def channel(self, channel: str) -> Channel:
        """The channel of that id; raises ApiError."""
        if channel not in self.channels:
            raise ApiError("channel_not_found")
        return self.channels[channel]

    def direct(self, user: str) -> Channel:
        """The direct conversation between the bot and a person; raises ApiError."""
        for channel in self.channels.values():
            if channel.partner == user:
                return channel
        raise ApiError("user_not_found")

    def admit(self, person: Person, channels: Iterable[str], direct: Channel) -> None:
        """Let somebody in, into these channels and their own direct conversation with the bot."""
        self.people[person.id] = person
        for channel in channels:
            known = self.channels[channel]
            self.channels[channel] = replace(known, members=known.members | {person.id})
        self.channels[direct.id] = direct
        self._changed()

    def put_person(self, person: Person) -> None:
        """Replace a person who is there; raises ApiError."""
        self.person(person.id)
        self.people[person.id] = person
        self._changed()

    def put_channel(self, channel: Channel) -> None:
        """Replace a channel that is there; raises ApiError."""
        self.channel(channel.id)
        self.channels[channel.id] = channel
        self._changed()

    def group(self, users: Iterable[str]) -> Channel:
        """The conversation of the bot with these people, opened where there is none yet; raises ApiError."""
        people = sorted((self.person(user) for user in set(users)), key=lambda person: person.name)
        members = frozenset({BOT, *(person.id for person in people)})
        for channel in self.channels.values():
            if channel.is_group and channel.members == members:
                return channel
        name = ", ".join(person.name for person in people)
        opened = Channel(
            f"C0GROUP{len(self.channels):03}", name, "Yksityinen keskustelu", members, is_private=True, is_group=True
        )
        self.channels[opened.id] = opened
        self._changed()
        return opened

    def next_ts(self) -> str:
        """A message id: seconds and six digits, never given twice and never going back."""
        self._last_ts = max(self._last_ts + 1, int(self.clock().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        """Post a message; its `ts` is given here where it is empty. A visible one ends the thread's status."""
        message = message if message.ts else replace(message, ts=self.next_ts())
        self._messages[message.channel, message.ts] = message
        if self.people[message.author].role is Role.APP:
            self._statuses.pop((message.channel, message.thread), None)
        self._changed()
        return message

    def find(self, channel: str, ts: str) -> Message:
        """The message of that id; raises ApiError."""
        found = self._messages.get((channel, ts))
        if found is None:
            raise ApiError("message_not_found")
        return found

    def put(self, message: Message) -> None:
        """Replace a message that is there."""
        self.find(message.channel, message.ts)
        self._messages[message.channel, message.ts] = message
        self._changed()

    def remove(self, channel: str, ts: str) -> Message:
        """Take a message away and return what it was; raises ApiError."""
        gone = self.find(channel, ts)
        del self._messages[channel, ts]
        self._changed()
        return gone

    def messages(self, channel: str) -> Sequence[Message]:
        """Everything in a channel, replies and ephemeral messages included, oldest first."""
        return [message for (place, _), message in self._messages.items() if place == channel]

    def history(self, channel: str) -> Sequence[Message]:
        """The channel's own messages as an app may read them, newest first."""
        lasting = [message for message in self.messages(channel) if not message.seen_by]
        return [message for message in reversed(lasting) if message.thread in {"", message.ts}]

    def replies(self, channel: str, root: str) -> Sequence[Message]:
        """A thread as an app may read it, the root first; raises ApiError where nothing is there."""
        lasting = [message for message in self.messages(channel) if not message.seen_by]
        thread = [message for message in lasting if root in {message.ts, message.thread}]
        if not thread:
            raise ApiError("thread_not_found")
        return thread

    def visible_to(self, user: str) -> Sequence[Message]:
        """Every message that a person sees, oldest first."""
        places = {channel.id for channel in self.channels.values() if user in channel.members}
        return [
            message
            for message in self._messages.values()
            if message.channel in places and message.seen_by in {"", user}
        ]

    def react(self, message: Message, name: str, user: str) -> None:
        """Add a person's reaction; raises ApiError where it is there already."""
        reactions = dict(message.reactions)
        if user in reactions.get(name, ()):
            raise ApiError("already_reacted")
        reactions[name] = (*reactions.get(name, ()), user)
        self.put(replace(message, reactions=tuple(reactions.items())))

    def unreact(self, message: Message, name: str, user: str) -> None:
        """Take a person's reaction back; raises ApiError where there is none."""
        reactions = dict(message.reactions)
        if user not in reactions.get(name, ()):
            raise ApiError("no_reaction")
        reactions[name] = tuple(one for one in reactions[name] if one != user)
        self.put(replace(message, reactions=tuple((key, who) for key, who in reactions.items() if who)))

    def set_status(self, channel: str, thread: str, text: str, loading: Sequence[str] = ()) -> None:
        """Show what the bot is doing under a thread; an empty text takes it away."""
        if text:
            self._statuses[channel, thread] = Status(text, tuple(loading), self.clock() + STATUS_LIFE)
        else:
            self._statuses.pop((channel, thread), None)
        self._changed()

    def set_prompts(self, channel: str, prompts: Payload) -> None:
        """Offer questions to start with in a direct conversation."""
        self.prompts[channel] = prompts
        self._changed()

    def statuses(self) -> Sequence[tuple[str, str, str]]:
        """What is being done right now: channel, thread and text."""
        now = self.clock()
        return [(*place, status.text) for place, status in self._statuses.items() if status.until > now]

    def loading(self, channel: str, thread: str) -> Sequence[str]:
        """The texts that take turns while something is being done in a thread."""
        status = self._statuses.get((channel, thread))
        return status.loading if status else ()

    def whisper(self, user: str, channel: str, text: str) -> None:
        """Tell one person something on behalf of the workspace itself."""
        self.add(Message(channel, "", SLACKBOT, text, seen_by=user))
