"""The payloads of commands, clicks and submitted modals."""

from __future__ import annotations

from bot.sandbox.elements import KINDS, elements_of, state_of
from bot.sandbox.shortcuts import Shortcut
from bot.sandbox.slack import Slack
from bot.sandbox.values import APP, TEAM, Channel, Message, Payload, Person
from bot.sandbox.views import View
from bot.sandbox.wire import DOMAIN, message_json, team_json, user_json
from bot.sandbox.workspace import ApiError

TOKEN = "verification-token-of-the-stand-in"  # noqa: S105 - Slack's obsolete token, which nothing checks


def command(slack: Slack, person: Person, channel: Channel, name: str, text: str) -> Payload:
    """A slash command; `name` begins with a slash."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_direct else channel.name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": slack.response_urls.new(channel.id, person.id),
        "trigger_id": slack.views.new_trigger(person.id),
    }


def _common(slack: Slack, person: Person, kind: str) -> Payload:
    return {
        "type": kind,
        "user": user_json(person),
        "api_app_id": APP,
        "token": TOKEN,
        "trigger_id": slack.views.new_trigger(person.id),
        "team": team_json(),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def find_element(blocks: list[Payload], action_id: str, block_id: str = "") -> tuple[Payload, str]:
    """An interactive element and its block's id; raises ApiError where there is none."""
    for block in blocks:
        if block_id and block.get("block_id") != block_id:
            continue
        for element in elements_of(block):
            if element.get("action_id") == action_id:
                return element, block["block_id"]
    raise ApiError("action_not_found")


def action(slack: Slack, blocks: list[Payload], action_id: str, block_id: str, chosen: Payload) -> Payload:
    """What was clicked; `chosen` holds what a person picked in it, such as `selected_option`."""
    element, place = find_element(blocks, action_id, block_id)
    told: Payload = {"action_id": action_id, "block_id": place, "type": element["type"]}
    told |= {name: element[name] for name in ("text", "value", "style") if name in element}
    return told | chosen | {"action_ts": slack.workspace.next_ts()}


def entered(clicked: Payload) -> Payload:
    """What a click chose, as a part of a state; nothing where it was no choice."""
    kind = KINDS.get(clicked["type"])
    if kind is None or kind.chosen not in clicked:
        return {}
    held = {"type": clicked["type"], kind.chosen: clicked[kind.chosen]}
    return {clicked["block_id"]: {clicked["action_id"]: held}}


def message_click(slack: Slack, person: Person, message: Message, clicked: Payload, values: Payload) -> Payload:
    """block_actions on a message; `values` are what its elements hold as far as that was changed."""
    channel = slack.workspace.channel(message.channel)
    container: Payload = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.seen_by),
    }
    thread = {"thread_ts": message.thread} if message.thread else {}
    body: Payload = {
        "container": container | thread,
        "channel": {"id": channel.id, "name": "directmessage" if channel.is_direct else channel.name},
        "state": {"values": state_of(message.blocks, values)},
        "response_url": slack.response_urls.new(channel.id, person.id, message.ts, message.thread),
        "actions": [clicked],
    }
    if not message.seen_by:
        body["message"] = message_json(slack.workspace, message)
    return _common(slack, person, "block_actions") | body


def view_click(slack: Slack, person: Person, view: View, clicked: Payload) -> Payload:
    """block_actions on a modal or a Home tab."""
    return _common(slack, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "view": view.json() | {"state": {"values": view.values()}},
        "actions": [clicked],
    }


def submission(slack: Slack, person: Person, view: View) -> Payload:
    """view_submission, with what the view's elements hold."""
    body: Payload = {"view": view.json() | {"state": {"values": view.values()}}, "response_urls": []}
    return _common(slack, person, "view_submission") | body


def closing(slack: Slack, person: Person, view: View, *, cleared: bool) -> Payload:
    """view_closed."""
    return _common(slack, person, "view_closed") | {"view": view.json(), "is_cleared": cleared}


def _shortcut(slack: Slack, person: Person, shortcut: Shortcut, kind: str) -> Payload:
    return {
        "type": kind,
        "token": TOKEN,
        "action_ts": slack.workspace.next_ts(),
        "team": {"id": TEAM, "domain": DOMAIN},
        "user": {"id": person.id, "username": person.handle, "team_id": person.team},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": shortcut.callback_id,
        "trigger_id": slack.views.new_trigger(person.id),
    }


def global_shortcut(slack: Slack, person: Person, shortcut: Shortcut) -> Payload:
    """shortcut: nothing says from where."""
    return _shortcut(slack, person, shortcut, "shortcut")


def message_shortcut(slack: Slack, person: Person, shortcut: Shortcut, message: Message) -> Payload:
    """message_action, with the whole message, in a channel that the bot need not be in."""
    channel = slack.workspace.channel(message.channel)
    return _shortcut(slack, person, shortcut, "message_action") | {
        "user": {"id": person.id, "name": person.handle, "team_id": person.team},
        "channel": {"id": channel.id, "name": "directmessage" if channel.is_direct else channel.name},
        "message_ts": message.ts,
        "message": message_json(slack.workspace, message),
        "response_url": slack.response_urls.new(channel.id, person.id, thread=message.thread),
    }
