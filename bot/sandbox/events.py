"""What happens in the workspace, as the events that Slack sends to an app."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence

from bot.sandbox.values import APP, BOT, TEAM, Channel, Message, Payload, Person, Role
from bot.sandbox.wire import message_json, person_json
from bot.sandbox.workspace import Workspace


def channel_kind(channel: Channel) -> str:
    """Slack's channel_type."""
    if channel.is_direct or channel.is_group:
        return "im" if channel.is_direct else "mpim"
    return "group" if channel.is_private else "channel"


def subscription(channel: Channel) -> str:
    """The subscription that covers messages of this channel."""
    return {
        "im": "message.im",
        "mpim": "message.mpim",
        "group": "message.groups",
        "channel": "message.channels",
    }[channel_kind(channel)]


def group_changed(group: str, before: frozenset[str], after: frozenset[str] | None) -> tuple[Payload, str]:
    """The event of a user group that has other people now, or with None is switched off; with its subscription."""
    if after is None:
        return {
            "type": "subteam_updated",
            "subteam": {"id": group, "team_id": TEAM, "date_delete": 1},
        }, "subteam_updated"
    told: Payload = {"subteam_id": group, "team_id": TEAM}
    told |= {"added_users": sorted(after - before), "removed_users": sorted(before - after)}
    return {"type": "subteam_members_changed", **told}, "subteam_members_changed"


def posted(workspace: Workspace, message: Message) -> Sequence[tuple[str, Payload]]:
    """The events of a new message, each with the subscription it needs."""
    channel = workspace.channels[message.channel]
    if BOT not in channel.members:
        return []
    common = message_json(workspace, message) | {"channel": message.channel, "event_ts": message.ts}
    if workspace.people[message.author].role is not Role.APP:
        common["client_msg_id"] = str(uuid.uuid4())
    listed = [(subscription(channel), common | {"channel_type": channel_kind(channel)})]
    if f"<@{BOT}>" in message.text and not channel.is_direct and message.author != BOT:
        listed.append(("app_mention", common | {"type": "app_mention"}))
    return listed


def changed(workspace: Workspace, message: Message, previous: Message) -> tuple[Payload, str]:
    """The event of an edited message, with the subscription it needs."""
    body = {"message": message_json(workspace, message), "previous_message": message_json(workspace, previous)}
    return _subtype(workspace, message, "message_changed", body)


def deleted(workspace: Workspace, message: Message) -> tuple[Payload, str]:
    """The event of a deleted message, with the subscription it needs."""
    body: Payload = {"previous_message": message_json(workspace, message), "deleted_ts": message.ts}
    return _subtype(workspace, message, "message_deleted", body)


def _subtype(workspace: Workspace, message: Message, kind: str, body: Payload) -> tuple[Payload, str]:
    channel = workspace.channels[message.channel]
    ts = workspace.next_ts()
    event: Payload = {
        "type": "message",
        "subtype": kind,
        "hidden": True,
        "channel": message.channel,
        "channel_type": channel_kind(channel),
        "ts": ts,
        "event_ts": ts,
    }
    return event | body, subscription(channel)


def reaction(workspace: Workspace, message: Message, name: str, user: str, kind: str) -> Payload:
    """A reaction_added or reaction_removed event."""
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": message.author,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": workspace.next_ts(),
    }


def home_opened(workspace: Workspace, user: str, tab: str, view: Payload) -> Payload:
    """Somebody looks at the app's Home (`home`) or its direct messages (`messages`)."""
    event: Payload = {
        "type": "app_home_opened",
        "user": user,
        "channel": workspace.direct(user).id,
        "tab": tab,
        "event_ts": workspace.next_ts(),
    }
    return event | ({"view": view} if view else {})


def joined(workspace: Workspace, person: Person) -> Payload:
    """Somebody has come to the workspace."""
    return {"type": "team_join", "user": person_json(person, workspace.clock()), "event_ts": workspace.next_ts()}


def person_changed(workspace: Workspace, person: Person) -> Payload:
    """What Slack knows of a person is another than before."""
    return {"type": "user_change", "user": person_json(person, workspace.clock()), "event_ts": workspace.next_ts()}


def moved(workspace: Workspace, channel: Channel, user: str, by: str, kind: str) -> tuple[Payload, str]:
    """Somebody was taken into a channel (`member_joined_channel`) or out of it (`member_left_channel`)."""
    event: Payload = {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": TEAM,
        "inviter": by,
        "event_ts": workspace.next_ts(),
    }
    return event, kind


def archived(workspace: Workspace, channel: Channel, user: str) -> tuple[Payload, str]:
    """A channel was closed for good; private ones have a name of their own for it."""
    kind = "group_archive" if channel.is_private else "channel_archive"
    return {"type": kind, "channel": channel.id, "user": user, "event_ts": workspace.next_ts()}, kind


def envelope(workspace: Workspace, event: Payload) -> Payload:
    """The event_callback around an event; its event_id stays the same however often it is delivered."""
    place = event.get("channel") or event.get("item", {}).get("channel", "")
    channel = workspace.channels.get(place)
    return {
        "token": "verification-token-of-the-stand-in",
        "type": "event_callback",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and channel.is_shared,
        "event_context": f"4-{secrets.token_hex(12)}",
    }
