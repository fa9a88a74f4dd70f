"""The methods by which an app is installed and removed: oauth.v2.access and auth.revoke."""

from __future__ import annotations

import base64
import binascii

from bot.sandbox.methods_chat import Method, required
from bot.sandbox.seed import ADMIN, TEAM_NAME
from bot.sandbox.slack import Slack
from bot.sandbox.values import APP, BOT, TEAM, Payload

ACCESS = "oauth.v2.access"
GRANTED = "chat:write,commands"
_BASIC = "Basic "


def client_of(header: str) -> Payload:
    """The client's id and secret in an Authorization header, where they are there."""
    try:
        told = base64.b64decode(header.removeprefix(_BASIC), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return {}
    name, colon, secret = told.partition(":")
    return {"client_id": name, "client_secret": secret} if header.startswith(_BASIC) and colon else {}


def access(slack: Slack, arguments: Payload) -> Payload:
    """oauth.v2.access."""
    client = str(arguments.get("client_id") or ""), str(arguments.get("client_secret") or "")
    code = required(arguments, "code", "invalid_code")
    return {
        "access_token": slack.grants.exchange(code, str(arguments.get("redirect_uri") or ""), client),
        "token_type": "bot",
        "scope": GRANTED,
        "bot_user_id": BOT,
        "app_id": APP,
        "team": {"id": TEAM, "name": TEAM_NAME},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": ADMIN},
    }


def revoke(slack: Slack, arguments: Payload) -> Payload:
    """auth.revoke."""
    del arguments
    slack.grants.is_revoked = True
    return {"revoked": True}


METHODS: dict[str, Method] = {ACCESS: access, "auth.revoke": revoke}
