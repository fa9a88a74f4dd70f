"""Every listener of who has which role, and of the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt import App

from bot.bolting import bare, listen_to_command
from bot.listeners.audit import AuditPages, is_about_audit
from bot.roles import Roles

GROUP_EVENTS = ("subteam_members_changed", "subteam_updated")
"""What Slack tells of user groups."""


@dataclass(frozen=True, slots=True)
class RoleListeners:
    """Everything of this kind that listens."""

    roles: Roles
    audit: AuditPages


def listen_about_roles(app: App, listeners: RoleListeners) -> None:
    """Listen; acknowledged as in `bot.app`."""
    for name in GROUP_EVENTS:
        app.event(name)(bare(listeners.roles.forget))
    pages = listeners.audit
    listen_to_command(app, "/solmu", pages.take_in, pages.show, [is_about_audit])
