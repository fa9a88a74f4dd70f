"""The Web API client, and who the bot is in its workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from bot.settings import SlackSettings
from knowledge.errors import SolmuError

SECONDS = 15
"""After which a Web API call counts as failed."""
RATE_LIMIT_RETRIES = 3
NETWORK_ERRORS = (OSError, HTTPException)
"""What the client raises when Slack cannot be reached."""
COPY_AGAIN = "copy the Bot User OAuth Token again from OAuth & Permissions on your app's page."
MAKE_ANOTHER = "make an app-level token with connections:write under Basic Information on your app's page."
BAD_TOKEN = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
}


class ConnectionFailedError(SolmuError):
    """Slack cannot be reached, or does not take the token."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot in its workspace."""

    user: str
    bot: str
    team: str
    team_name: str


def open_client(settings: SlackSettings) -> WebClient:
    """A client that waits out rate limits. It repeats nothing else: whether a post arrived must be looked up first."""
    return WebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.base_url,
        timeout=SECONDS,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)],
    )


def identify(client: WebClient) -> Identity:
    """Ask Slack who the token is; raises ConnectionFailedError."""
    with sentences(client, "SLACK_BOT_TOKEN", COPY_AGAIN):
        answer = client.auth_test()
    return Identity(answer["user_id"], answer.get("bot_id", ""), answer["team_id"], answer.get("team", ""))


def granted_scopes(client: WebClient) -> frozenset[str]:
    """What the token may do, as Slack's headers tell; raises ConnectionFailedError."""
    with sentences(client, "SLACK_BOT_TOKEN", COPY_AGAIN):
        headers = client.auth_test().headers
    told = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return frozenset(scope.strip() for scope in str(told).split(",") if scope.strip())


def check_app_token(client: WebClient, app_token: str) -> str:
    """A sentence that Socket Mode can be opened; raises ConnectionFailedError."""
    with sentences(client, "SLACK_APP_TOKEN", MAKE_ANOTHER):
        client.apps_connections_open(app_token=app_token)
    return "Socket Mode can be opened."


@contextmanager
def sentences(client: WebClient, setting: str, advice: str) -> Iterator[None]:
    """Turn Slack's refusals, and its silence, into ConnectionFailedError."""
    try:
        yield
    except SlackApiError as error:
        code = error.response.get("error", "")
        if code in BAD_TOKEN:
            message = f"Slack does not take {setting} ({code}); {advice}"
        else:
            message = f"Slack answered {code or error.response.status_code}; try again, or see status.slack.com."
        raise ConnectionFailedError(message) from error
    except NETWORK_ERRORS as error:
        reason = error.reason if isinstance(error, URLError) else error
        message = f"Slack cannot be reached at {client.base_url} ({reason}); check the network and SLACK_API_URL."
        raise ConnectionFailedError(message) from error
