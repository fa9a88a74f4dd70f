"""The composition root of roles: who has one, by the settings and by Slack's user groups."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.lookup import Lookup
from bot.roles import Naming, Roles
from bot.user_groups import SlackUserGroups
from knowledge.model import MemberId, team_of, user_of
from knowledge.settings import Settings


def roles_of(settings: Settings, client: WebClient, lookup: Lookup, team: str) -> Roles:
    """The one object that everything asks."""
    coordinators = Naming(settings.coordinators, group_in(settings.coordinator_group, team))
    admins = Naming(settings.admins, group_in(settings.admin_group, team))
    return Roles(lookup, SlackUserGroups(client), team, (coordinators, admins))


def group_in(named: str, team: str) -> str:
    """The user group that a workspace has among those that are named; one that names no workspace is its own."""
    groups = map(MemberId, named.replace(",", " ").split())
    return next((user_of(each) for each in groups if team_of(each) in {team, ""}), "")
