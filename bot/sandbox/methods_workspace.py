"""The methods of the Web API that read the workspace: api.*, auth.*, conversations.* and users.*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.sandbox.methods_chat import Method, required, visible
from bot.sandbox.seed import TEAM_NAME
from bot.sandbox.slack import Slack
from bot.sandbox.values import BOT, BOT_PROFILE, TEAM, Access, Message, Payload, Person
from bot.sandbox.wire import channel_json, kind_of, message_json, person_json
from bot.sandbox.workspace import ApiError

MOST = 999
CHANNEL_KINDS = {"public_channel", "private_channel", "mpim", "im"}


def _is_true(arguments: Payload, name: str) -> bool:
    return str(arguments.get(name)).lower() in {"1", "true"}


def api_test(slack: Slack, arguments: Payload) -> Payload:
    """api.test."""
    del slack
    if "error" in arguments:
        raise ApiError(str(arguments["error"]))
    return {"args": arguments}


def auth_test(slack: Slack, arguments: Payload) -> Payload:
    """auth.test."""
    del arguments
    return {
        "url": f"{slack.base}/",
        "team": TEAM_NAME,
        "user": slack.workspace.people[BOT].handle,
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": BOT_PROFILE,
        "is_enterprise_install": False,
    }


def _page(items: Sequence[Payload], name: str, arguments: Payload) -> Payload:
    start = int(arguments.get("cursor") or 0)
    size = min(int(arguments.get("limit") or 100), MOST)
    more = start + size < len(items)
    cursor = {"next_cursor": str(start + size) if more else ""}
    return {name: items[start : start + size], "has_more": more, "response_metadata": cursor}


def open_conversation(slack: Slack, arguments: Payload) -> Payload:
    """conversations.open, for the conversation with one person or with several."""
    if arguments.get("channel"):
        channel = slack.workspace.channel(str(arguments["channel"]))
    else:
        users = required(arguments, "users", "users_list_not_supplied").replace(" ", "").split(",")
        if any(slack.workspace.person(user).access is Access.DEACTIVATED for user in users):
            raise ApiError("user_disabled")
        channel = slack.workspace.direct(users[0]) if len(users) == 1 else slack.workspace.group(users)
    full = _is_true(arguments, "return_im")
    return {"channel": channel_json(channel) if full else {"id": channel.id}}


def conversation_info(slack: Slack, arguments: Payload) -> Payload:
    """conversations.info."""
    return {"channel": channel_json(visible(slack, required(arguments, "channel", "channel_not_found")))}


def list_conversations(slack: Slack, arguments: Payload) -> Payload:
    """conversations.list."""
    kinds = str(arguments.get("types") or "public_channel").replace(" ", "").split(",")
    if not set(kinds) <= CHANNEL_KINDS:
        raise ApiError("invalid_types")
    living_only = _is_true(arguments, "exclude_archived")
    found = [
        channel_json(channel)
        for channel in slack.workspace.channels.values()
        if kind_of(channel) in kinds
        and (not channel.is_private or BOT in channel.members)
        and not (living_only and channel.is_archived)
    ]
    return _page(found, "channels", arguments)


def join_conversation(slack: Slack, arguments: Payload) -> Payload:
    """conversations.join."""
    channel = visible(slack, required(arguments, "channel", "channel_not_found"))
    if kind_of(channel) != "public_channel":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if BOT in channel.members:
        told = "already_in_channel"
        return {
            "channel": channel_json(channel),
            "warning": told,
            "response_metadata": {"warnings": [told]},
        }
    joined = replace(channel, members=channel.members | {BOT})
    slack.workspace.put_channel(joined)
    return {"channel": channel_json(joined)}


def conversation_members(slack: Slack, arguments: Payload) -> Payload:
    """conversations.members."""
    channel = visible(slack, required(arguments, "channel", "channel_not_found"))
    listed = sorted(channel.members)
    page = _page([{"id": user} for user in listed], "members", arguments)
    return page | {"members": [member["id"] for member in page["members"]]}


def history(slack: Slack, arguments: Payload) -> Payload:
    """conversations.history."""
    channel = visible(slack, required(arguments, "channel", "channel_not_found"))
    if BOT not in channel.members:
        raise ApiError("not_in_channel")
    return _messages(slack, slack.workspace.history(channel.id), arguments)


def replies(slack: Slack, arguments: Payload) -> Payload:
    """conversations.replies."""
    channel = visible(slack, required(arguments, "channel", "channel_not_found"))
    if BOT not in channel.members:
        raise ApiError("not_in_channel")
    root = slack.workspace.find(channel.id, required(arguments, "ts", "thread_not_found")).root
    return _messages(slack, slack.workspace.replies(channel.id, root), arguments)


def _moment(arguments: Payload, name: str, otherwise: str) -> float:
    try:
        return float(arguments.get(name) or otherwise)
    except ValueError:
        code = f"invalid_ts_{name}"
        raise ApiError(code) from None


def _messages(slack: Slack, messages: Sequence[Message], arguments: Payload) -> Payload:
    oldest, latest = _moment(arguments, "oldest", "0"), _moment(arguments, "latest", "inf")
    edges = _is_true(arguments, "inclusive")
    kept = [one for one in messages if oldest < float(one.ts) < latest or (edges and float(one.ts) in {oldest, latest})]
    with_metadata = _is_true(arguments, "include_all_metadata")
    rows = []
    for message in kept:
        extra: Payload = {"metadata": message.metadata} if with_metadata and message.metadata else {}
        rows.append(message_json(slack.workspace, message) | extra)
    return _page(rows, "messages", arguments)


def _person(slack: Slack, person: Person, arguments: Payload) -> Payload:
    locale = {"locale": person.locale} if _is_true(arguments, "include_locale") else {}
    return person_json(person, slack.clock()) | locale


def user_info(slack: Slack, arguments: Payload) -> Payload:
    """users.info."""
    return {"user": _person(slack, slack.workspace.person(required(arguments, "user", "user_not_found")), arguments)}


def list_users(slack: Slack, arguments: Payload) -> Payload:
    """users.list."""
    people = [_person(slack, person, arguments) for person in slack.workspace.people.values()]
    page = _page(people, "members", arguments)
    return page | {"cache_ts": int(slack.clock().timestamp())}


def list_group(slack: Slack, arguments: Payload) -> Payload:
    """usergroups.users.list."""
    group = required(arguments, "usergroup", "no_such_subteam")
    if group not in slack.workspace.groups:
        raise ApiError("no_such_subteam")
    return {"users": sorted(slack.workspace.groups[group])}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "conversations.open": open_conversation,
    "conversations.info": conversation_info,
    "conversations.join": join_conversation,
    "conversations.list": list_conversations,
    "conversations.members": conversation_members,
    "conversations.history": history,
    "conversations.replies": replies,
    "usergroups.users.list": list_group,
    "users.info": user_info,
    "users.list": list_users,
}
