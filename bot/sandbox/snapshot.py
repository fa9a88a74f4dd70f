"""Everything that one person sees, as the page draws it."""

from __future__ import annotations

from dataclasses import asdict

from bot.sandbox.arrivals import newcomers_left
from bot.sandbox.seed import COMMANDS
from bot.sandbox.slack import Slack
from bot.sandbox.values import BOT, TEAM, Channel, Message, Payload, Person, Role
from bot.sandbox.wire import message_json, permalink


def snapshot(slack: Slack, user: str) -> Payload:
    """People, channels, messages, statuses, the open modal and the Home tab of one person; raises ApiError."""
    workspace = slack.workspace
    channels = [channel for channel in workspace.channels.values() if user in channel.members]
    modal, home = slack.views.top(user), slack.views.homes.get(user)
    return {
        "viewer": user,
        "bot": BOT,
        "people": [_person(person) for person in workspace.people.values()],
        "channels": [_channel(channel) for channel in channels],
        "messages": [_message(slack, message) for message in workspace.visible_to(user)],
        "statuses": [
            {"channel": channel, "thread": thread, "text": text, "loading": workspace.loading(channel, thread)}
            for channel, thread, text in workspace.statuses()
        ],
        "commands": list(COMMANDS),
        "newcomers": len(newcomers_left(workspace)),
        "prompts": workspace.prompts,
        "shortcuts": _shortcuts(slack, workspace.person(user)),
        "now": slack.clock().timestamp(),
        "modal": modal.json() | {"state": {"values": modal.values()}} if modal else None,
        "home": home.json() if home else None,
    }


def _shortcuts(slack: Slack, person: Person) -> list[Payload]:
    # Those of another workspace see the app's messages in a shared channel, not its shortcuts.
    return [asdict(shortcut) for shortcut in slack.config.shortcuts] if person.team == TEAM else []


def _person(person: Person) -> Payload:
    return asdict(person) | {"is_app": person.role is Role.APP, "is_guest": person.role is Role.GUEST}


def _channel(channel: Channel) -> Payload:
    return asdict(channel) | {"members": sorted(channel.members), "is_direct": channel.is_direct}


def _message(slack: Slack, message: Message) -> Payload:
    shown = message_json(slack.workspace, message)
    link = permalink(slack.base, message)
    return shown | {
        "channel": message.channel,
        "seen_by": message.seen_by,
        "permalink": link,
        "streaming": slack.streams.is_open(message.channel, message.ts),
    }
