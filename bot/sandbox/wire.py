"""How people, channels and messages look as Slack's JSON."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from bot.sandbox.seed import TEAM_NAME
from bot.sandbox.values import (
    APP,
    BOT,
    BOT_PROFILE,
    SLACKBOT,
    TEAM,
    TOMBSTONE,
    Access,
    Channel,
    Message,
    Payload,
    Person,
    Role,
)
from bot.sandbox.workspace import Workspace

DOMAIN = "valokeha"


def zone_json(person: Person, now: datetime) -> Payload:
    """What users.info says of a person's clock at that moment: its zone, that zone's name, and seconds from UTC."""
    there = now.astimezone(ZoneInfo(person.zone))
    offset = there.utcoffset()
    return {
        "tz": person.zone,
        "tz_label": get_timezone_name(there, locale="en_US"),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def person_json(person: Person, now: datetime) -> Payload:
    """What users.info says of a person at that moment; little is left of one whose account is switched off."""
    common: Payload = {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "deleted": person.access is Access.DEACTIVATED,
        "profile": {"real_name": person.name, "display_name": person.name, "title": person.title, "team": person.team},
        "is_bot": person.role is Role.APP,
        "updated": 0,
    }
    if person.access is Access.DEACTIVATED:
        return common
    is_guest_of_one = person.access is Access.SINGLE_CHANNEL_GUEST
    return (
        common
        | zone_json(person, now)
        | {
            "real_name": person.name,
            "is_admin": person.role is Role.ADMIN,
            "is_owner": False,
            "is_restricted": is_guest_of_one or person.access is Access.GUEST,
            "is_ultra_restricted": is_guest_of_one,
            "is_stranger": person.team != TEAM,
        }
    )


def kind_of(channel: Channel) -> str:
    """What conversations.list calls a channel of this kind."""
    if channel.is_direct or channel.is_group:
        return "im" if channel.is_direct else "mpim"
    return "private_channel" if channel.is_private else "public_channel"


def channel_json(channel: Channel) -> Payload:
    """What conversations.info says of a channel."""
    common: Payload = {
        "id": channel.id,
        "created": 0,
        "is_im": channel.is_direct,
        "is_mpim": channel.is_group,
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_shared,
        "is_shared": channel.is_shared,
        "is_org_shared": False,
        "is_private": channel.is_private or channel.is_direct,
        "context_team_id": TEAM,
    }
    if channel.is_direct:
        return common | {"user": channel.partner, "is_open": True}
    return common | {
        "name": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_member": BOT in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def message_json(workspace: Workspace, message: Message) -> Payload:
    """A message as history, replies and events carry it."""
    person = workspace.people[message.author]
    body: Payload = {
        "type": "message",
        "user": message.author,
        "team": person.team,
        "ts": message.ts,
        "text": message.text,
    }
    if message.author == SLACKBOT and message.text == TOMBSTONE:
        body |= {"subtype": "tombstone", "hidden": True}
    elif person.role is Role.APP:
        body |= {"bot_id": BOT_PROFILE, "app_id": APP}
    if message.blocks:
        body["blocks"] = list(message.blocks)
    if message.files:
        body["files"] = list(message.files)
        if message.author != BOT:
            body["subtype"] = "file_share"
    if message.edited:
        body["edited"] = {"user": message.author, "ts": message.edited}
    if message.reactions:
        body["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions
        ]
    return body | _thread_json(workspace, message)


def _thread_json(workspace: Workspace, message: Message) -> Payload:
    if message.thread and message.thread != message.ts:
        return {"thread_ts": message.thread} | _parent_json(workspace, message)
    replies = [one for one in workspace.messages(message.channel) if one.thread == message.ts and not one.seen_by]
    if not replies:
        return {}
    people = list(dict.fromkeys(one.author for one in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": people,
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
    }


def _parent_json(workspace: Workspace, reply: Message) -> Payload:
    authors = [one.author for one in workspace.messages(reply.channel) if one.ts == reply.thread]
    return {"parent_user_id": authors[0]} if authors else {}


def user_json(person: Person) -> Payload:
    """The short form of a person in interactive payloads."""
    return {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team}


def team_json() -> Payload:
    """The workspace in interactive payloads."""
    return {"id": TEAM, "domain": DOMAIN, "name": TEAM_NAME}


def permalink(base: str, message: Message) -> str:
    """The address under which the page opens a message."""
    query = f"?thread_ts={message.thread}&cid={message.channel}" if message.thread else ""
    return f"{base}/archives/{message.channel}/p{message.ts.replace('.', '')}{query}"
