"""The plain values of the stand-in's workspace: people, channels, messages, and how the stand-in is set up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.sandbox.shortcuts import SHORTCUTS, Shortcut

Payload = dict[str, Any]
"""A JSON object as it goes over the wire."""

TEAM = "T0VALOKEHA"
OTHER_TEAM = "T0KUMPPANI"
APP = "A0SOLMU001"
BOT = "U0SOLMUBOT"
BOT_PROFILE = "B0SOLMU001"
SLACKBOT = "USLACKBOT"


class Role(StrEnum):
    """What a person is to the ecosystem; `APP` is the bot itself."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    GUEST = "guest"
    APP = "app"


class Access(StrEnum):
    """How far somebody gets: members everywhere, guests into some channels or into one, others nowhere."""

    MEMBER = "member"
    GUEST = "guest"
    SINGLE_CHANNEL_GUEST = "single_channel_guest"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a user id. `team` differs from the workspace's own for a Slack Connect guest.

    `played` is what the page calls them where a visitor can be them. `zone` is where their clock is, and `locale` the
    language of their Slack, which does not speak Finnish.
    """

    id: str
    handle: str
    name: str
    role: Role
    title: str = ""
    team: str = TEAM
    played: str = ""
    zone: str = "Europe/Helsinki"
    locale: str = "en-GB"
    access: Access = Access.MEMBER


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation. `partner` is the person on the other side of the bot's direct messages, else empty.

    `is_group` is a conversation of a few people and the bot, named after them.
    """

    id: str
    name: str
    topic: str = ""
    members: frozenset[str] = frozenset()
    partner: str = ""
    is_private: bool = False
    is_shared: bool = False
    is_group: bool = False
    is_archived: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether this is a direct conversation with the bot."""
        return bool(self.partner)


TOMBSTONE = "This message was deleted."
"""What stands where a message was under which others wrote."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `seen_by` names the only reader of an ephemeral one; `thread` is the root's ts or empty."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: tuple[Payload, ...] = ()
    thread: str = ""
    seen_by: str = ""
    edited: str = ""
    metadata: Payload = field(default_factory=dict)
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names of emoji with the people who chose each."""
    files: tuple[Payload, ...] = ()

    @property
    def root(self) -> str:
        """The ts of the thread that a reply to this message belongs to."""
        return self.thread or self.ts


def _token(prefix: str) -> str:
    return f"{prefix}-standin-{secrets.token_hex(12)}"


@dataclass(frozen=True, slots=True)
class Config:
    """How the stand-in behaves. Times are seconds; `bot_url` non-empty means signed HTTP instead of Socket Mode.

    With `limits_rates` calls that come too fast are refused as Slack does.
    """

    bot_token: str = field(default_factory=lambda: _token("xoxb"))
    app_token: str = field(default_factory=lambda: _token("xapp"))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    client_id: str = "1000000000.2000000000"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    bot_url: str = ""
    ack_seconds: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_seconds: float = 3.0
    subscriptions: frozenset[str] = frozenset(
        {
            "app_mention",
            "message.channels",
            "message.groups",
            "message.im",
            "app_home_opened",
            "subteam_members_changed",
            "subteam_updated",
            "team_join",
            "user_change",
        }
    )
    limits_rates: bool = False
    shortcuts: tuple[Shortcut, ...] = SHORTCUTS
