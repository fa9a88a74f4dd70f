"""Coming to a channel or a group, leaving and closing it, losing an account: what changes is told the bot."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox import events
from bot.sandbox.slack import Slack
from bot.sandbox.values import BOT, Access, Channel
from bot.sandbox.workspace import ApiError


def own_channel(slack: Slack, user: str, channel: str) -> Channel:
    """A channel that the person is in; raises ApiError."""
    place = slack.workspace.channel(channel)
    if user not in place.members:
        raise ApiError("not_in_channel")
    return place


def invite(slack: Slack, user: str, channel: str, guest: str = BOT) -> None:
    """Take somebody, or the bot, into a channel that one is in; raises ApiError."""
    place = own_channel(slack, user, channel)
    slack.workspace.put_channel(replace(place, members=place.members | {guest}))
    slack.announce(*events.moved(slack.workspace, place, guest, user, "member_joined_channel"))


def remove(slack: Slack, user: str, channel: str, guest: str = BOT) -> None:
    """Take somebody, or the bot, out of a channel that one is in; raises ApiError."""
    place = own_channel(slack, user, channel)
    slack.workspace.put_channel(replace(place, members=place.members - {guest}))
    slack.announce(*events.moved(slack.workspace, place, guest, user, "member_left_channel"))


def archive(slack: Slack, user: str, channel: str) -> None:
    """Close a channel that one is in; what was said stays to be read. Raises ApiError."""
    place = replace(own_channel(slack, user, channel), is_archived=True)
    slack.workspace.put_channel(place)
    slack.announce(*events.archived(slack.workspace, place, user))


def set_group(slack: Slack, group: str, people: frozenset[str] | None) -> None:
    """Have these people in a user group; None switches it off."""
    before = slack.workspace.groups.pop(group, frozenset())
    if people is not None:
        slack.workspace.groups[group] = people
    slack.announce(*events.group_changed(group, before, people))


def set_access(slack: Slack, user: str, access: Access) -> None:
    """Make somebody a guest, or a member again, or switch their account off; raises ApiError."""
    workspace = slack.workspace
    workspace.put_person(replace(workspace.person(user), access=access))
    slack.announce(events.person_changed(workspace, workspace.person(user)), "user_change")
