"""The composition root of roles: who has one, by the settings and by Slack's user groups."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.lookup import Lookup
from bot.roles import Naming, Roles
from bot.user_groups import SlackUserGroups
from knowledge.settings import Settings


def roles_of(settings: Settings, client: WebClient, lookup: Lookup, team: str) -> Roles:
    """The one object that everything asks."""
    coordinators = Naming(settings.coordinators, settings.coordinator_group)
    admins = Naming(settings.admins, settings.admin_group)
    return Roles(lookup, SlackUserGroups(client), team, (coordinators, admins))
