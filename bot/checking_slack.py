"""Checks of what lies at Slack: tokens, scopes, the app's manifest, and the clock by which requests are signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.connection import COPY_AGAIN, check_app_token, granted_scopes, sentences
from bot.findings import Finding, found, tried
from bot.manifest import drift, own_manifest
from bot.settings import SlackSettings, Transport
from knowledge.errors import SettingsError
from knowledge.ports import Clock

SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "mpim:history",
        "mpim:write",
        "usergroups:read",
        "users:read",
    }
)
"""What the manifest asks for."""
MOST_SKEW = 60.0
"""Seconds; at five minutes Slack's signatures are no longer believed."""
CONFIG_TOKEN_ADVICE = "make a configuration token at the foot of api.slack.com/apps; one lives for twelve hours."  # noqa: S105 - how to get one
UNSEEN = (
    "the scopes are as far as can be seen; set SLACK_CONFIG_TOKEN to compare events, commands and shortcuts too, "
    "or paste manifest.yaml under App Manifest on your app's page."
)


def check_slack(slack: SlackSettings, client: WebClient, clock: Clock) -> Iterator[Finding]:
    """Each check in turn; without a good bot token there is no other."""
    told: list[SlackResponse] = []
    token = tried("bot token", lambda: _identify(client, told))
    yield token
    if not told:
        return
    missing = sorted(SCOPES - granted_scopes(client))
    yield found("scopes", f"add {', '.join(missing)} and install the app again." if missing else "", "all are granted.")
    yield tried("manifest", lambda: _check_manifest(slack, client))
    if slack.transport is Transport.SOCKET:
        yield check_app(slack, client)
    else:
        yield Finding("signing secret", is_good=True, sentence="it is set; Slack's first request will prove it.")
    yield check_clock(_header(told[0], "date"), clock())


def check_app(slack: SlackSettings, client: WebClient) -> Finding:
    """The app-level token, which is the same for all workspaces."""
    return tried("app token", lambda: check_app_token(client, slack.app_token.get_secret_value()))


def check_clock(slack_says: str, now: datetime) -> Finding:
    """Whether this machine's clock agrees with the time in a reply of Slack's."""
    try:
        skew = (now - parsedate_to_datetime(slack_says)).total_seconds()
    except (ValueError, TypeError):
        return Finding("clock", is_good=True, sentence="Slack did not tell its time; see that this machine's is right.")
    direction = "fast" if skew > 0 else "slow"
    bad = f"this machine is {abs(skew):.0f} seconds {direction} by Slack's; turn on time synchronisation (NTP)."
    return found("clock", bad if abs(skew) > MOST_SKEW else "", "it agrees with Slack's within a minute.")


def _identify(client: WebClient, told: list[SlackResponse]) -> str:
    with sentences(client, "SLACK_BOT_TOKEN", COPY_AGAIN):
        told.append(client.auth_test())
    return f"{told[0].get('team', '')} knows the bot."


def _check_manifest(slack: SlackSettings, client: WebClient) -> str:
    own, token = own_manifest(), slack.config_token.get_secret_value()
    if not token:
        return UNSEEN
    if not slack.app:
        message = "set SLACK_APP_ID, which your app's page shows under Basic Information, beside SLACK_CONFIG_TOKEN."
        raise SettingsError(message)
    with sentences(client, "SLACK_CONFIG_TOKEN", CONFIG_TOKEN_ADVICE):
        there = client.apps_manifest_export(app_id=slack.app, token=token)
    changes = list(drift(own, there.get("manifest") or {}))
    if changes:
        message = f"the app is not as manifest.yaml says: {'; '.join(changes)}. Then install it again."
        raise SettingsError(message)
    return "the app is as manifest.yaml says."


def _header(told: SlackResponse, wanted: str) -> str:
    return str(next((value for name, value in told.headers.items() if name.lower() == wanted), ""))
