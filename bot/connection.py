"""The Web API client, and who the bot is in its workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryState
from slack_sdk.web import SlackResponse

from bot.metered import MeteredClient
from bot.metrics import RETRIES
from bot.settings import SlackSettings
from knowledge.errors import SolmuError

SECONDS = 15
"""After which a Web API call counts as failed."""
HURRIED_SECONDS = 3
"""The same for calls that an answer would not wait for."""
RATE_LIMIT_RETRIES = 3
_CODE = re.compile("[a-z0-9_]+")
LONGEST_WAIT = 30
"""Seconds of a rate limit that are waited out at once; a longer one would keep a thread from everybody else."""
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


class ShortRateLimits(RateLimitErrorRetryHandler):
    """Waits out a rate limit where it is short."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        is_limited = super()._can_retry(state=state, request=request, response=response, error=error)
        waits = is_limited and response is not None and seconds_to_wait(response) <= LONGEST_WAIT
        if waits:
            RETRIES.labels("rate_limit").inc()
        return waits


def open_client(settings: SlackSettings, token: str = "") -> WebClient:
    """A client that waits out rate limits. It repeats nothing else: whether a post arrived must be looked up first.

    Its token is the settings' where none is given.
    """
    return MeteredClient(
        token=token or settings.bot_token.get_secret_value() or None,
        base_url=settings.base_url,
        timeout=SECONDS,
        retry_handlers=[ShortRateLimits(max_retry_count=RATE_LIMIT_RETRIES)],
    )


def hurried(client: WebClient) -> WebClient:
    """The same client for what may as well fail: it waits for no rate limit, and not long for Slack."""
    return MeteredClient(token=client.token, base_url=client.base_url, timeout=HURRIED_SECONDS, retry_handlers=[])


def code_of(error: SlackApiError) -> str:
    """Slack's word for what is wrong; empty where the reply is not Slack's, such as a proxy's page."""
    code = str(error.response.get("error") or "")
    return code if _CODE.fullmatch(code) else ""


def seconds_to_wait(response: HttpResponse | SlackResponse) -> int:
    """How long Slack wants to be left alone after a refusal for its rate limits."""
    told: str | list[str] = next(
        (value for name, value in response.headers.items() if name.lower() == "retry-after"), ["1"]
    )
    return int(told if isinstance(told, str) else told[0])


def identify(client: WebClient) -> Identity:
    """Ask Slack who the token is; raises ConnectionFailedError."""
    with sentences(client, "SLACK_BOT_TOKEN", COPY_AGAIN):
        answer = client.auth_test()
    return Identity(answer["user_id"], answer.get("bot_id", ""), answer.get("team_id", ""), answer.get("team", ""))


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
        code = code_of(error)
        if code in BAD_TOKEN:
            message = f"Slack does not take {setting} ({code}); {advice}"
        else:
            message = f"Slack answered {code or error.response.status_code}; try again, or see status.slack.com."
        raise ConnectionFailedError(message) from error
    except NETWORK_ERRORS as error:
        reason = error.reason if isinstance(error, URLError) else error
        message = f"Slack cannot be reached at {client.base_url} ({reason}); check the network and SLACK_API_URL."
        raise ConnectionFailedError(message) from error
