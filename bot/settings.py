"""What a person sets to connect Solmu to a Slack workspace."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import SettingsError

BOT_PREFIX = "xoxb-"
APP_PREFIX = "xapp-"
SLACK = "slack.com"
_APP = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
_TOKEN = re.compile(r"[\x21-\x7e]*")


class Transport(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


class SlackSettings(BaseSettings):
    """The names Slack's own documentation uses, so that they can be copied from there."""

    model_config = SettingsConfigDict(env_prefix="SLACK_", env_file=".env", extra="ignore", frozen=True)

    bot_token: SecretStr = SecretStr("")
    """Bot User OAuth Token, `xoxb-…`."""
    app_token: SecretStr = SecretStr("")
    """App-level token with `connections:write`, `xapp-…`: Socket Mode."""
    signing_secret: SecretStr = SecretStr("")
    """Signing secret: signed HTTP, used where there is no app-level token."""
    config_token: SecretStr = SecretStr("")
    """Configuration token, `xoxe…`: only for `python -m bot check`, which compares the app with its manifest."""
    app_id: str = ""
    """The app's id, `A…`; an app-level token tells it too."""
    api_url: str = "https://slack.com/api/"
    """The Web API's base."""
    client_id: str = ""
    """The app's Client ID: several workspaces install the app by OAuth, and there is no bot token."""
    client_secret: SecretStr = SecretStr("")
    """The app's Client Secret, which goes with it."""

    @property
    def is_installed_by_oauth(self) -> bool:
        """Whether workspaces install the app themselves."""
        return bool(self.client_id)

    @property
    def transport(self) -> Transport:
        """Socket Mode where there is an app-level token."""
        return Transport.SOCKET if self.app_token.get_secret_value() else Transport.HTTP

    @property
    def app(self) -> str:
        """The app's id; empty where neither a setting nor the app-level token tells it."""
        told = _APP.match(self.app_token.get_secret_value())
        return self.app_id or (told[1] if told else "")

    @property
    def is_slack(self) -> bool:
        """Whether the Web API is Slack's own, not a stand-in's that may know less."""
        host = urlsplit(self.api_url).hostname or ""
        return host == SLACK or host.endswith(f".{SLACK}")

    @property
    def base_url(self) -> str:
        """The Web API's base, with a slash at the end."""
        return self.api_url.rstrip("/") + "/"


def load_slack_settings() -> SlackSettings:
    """The settings from the environment and `.env`; raises SettingsError where one is missing or plainly wrong."""
    settings = SlackSettings()
    _check_oauth(settings)
    bot, app = settings.bot_token.get_secret_value(), settings.app_token.get_secret_value()
    if not bot and not settings.is_installed_by_oauth:
        message = (
            "SLACK_BOT_TOKEN is not set; copy the Bot User OAuth Token from your app's page, "
            "or run `python -m bot sandbox` to try Solmu without Slack."
        )
        raise SettingsError(message)
    for name, token in (("SLACK_BOT_TOKEN", bot), ("SLACK_APP_TOKEN", app)):
        if not _TOKEN.fullmatch(token):
            message = f"{name} holds spaces or letters that no token has; copy it again."
            raise SettingsError(message)
    if urlsplit(settings.api_url).scheme not in {"http", "https"}:
        message = f"SLACK_API_URL is not a web address: {settings.api_url}; leave it out to reach Slack itself."
        raise SettingsError(message)
    if bot and not bot.startswith(BOT_PREFIX):
        message = f"SLACK_BOT_TOKEN is not a bot token; a bot token begins with {BOT_PREFIX}"
        raise SettingsError(message)
    if app and not app.startswith(APP_PREFIX):
        message = f"SLACK_APP_TOKEN is not an app-level token; one begins with {APP_PREFIX}"
        raise SettingsError(message)
    if not app and not settings.signing_secret.get_secret_value():
        message = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for signed HTTP."
        raise SettingsError(message)
    return settings


def _check_oauth(settings: SlackSettings) -> None:
    has_secret = bool(settings.client_secret.get_secret_value())
    if settings.is_installed_by_oauth is not has_secret:
        message = "Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET together, or neither of them."
        raise SettingsError(message)
    if has_secret and settings.bot_token.get_secret_value():
        message = (
            "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for several that install Solmu by OAuth; "
            "leave one of the two out."
        )
        raise SettingsError(message)
