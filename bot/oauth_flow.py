"""Slack's OAuth flow with Solmu's own storage: words good for one return, sealed tokens, allowed workspaces only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from logging import Logger
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from bot.checking_slack import SCOPES
from bot.connection import NETWORK_ERRORS
from bot.install_pages import Page
from bot.logs import FRAMEWORK
from bot.settings import SlackSettings
from knowledge.installations import BACK_WITHIN, Installations
from knowledge.model import SOLMU, TeamId, member_id

INSTALL, RETURN = "/slack/install", "/slack/oauth_redirect"
DENIED = "access_denied"
_log = logging.getLogger(__name__)
Render = Callable[[BoltRequest, Page, str], str]
"""Puts a page into the language of whoever reads it; the last is an address or the name of a workspace."""


class NotAllowedHereError(BoltError):
    """A workspace, or a whole organisation, in which Solmu may not be."""


class InstallationKeeper(InstallationStore):
    """What Bolt hands an installation to."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    @property
    def logger(self) -> Logger:
        """The library's."""
        return FRAMEWORK

    def save(self, installation: Installation) -> None:
        """Keep the bot's token; a person's own is never asked for."""
        scopes = ",".join(installation.bot_scopes or ())
        team, name = TeamId(installation.team_id or ""), installation.team_name or ""
        by = member_id(team, installation.user_id) if installation.user_id else SOLMU
        bot, token = installation.bot_user_id or "", installation.bot_token or ""
        self._installations.keep(team, name, bot, scopes, token, by=by)
        _log.info("Solmu is installed in workspace %s", team)


class Words(OAuthStateStore):
    """The words by which somebody is known who comes back from Slack's page."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    @property
    def logger(self) -> Logger:
        """The library's."""
        return FRAMEWORK

    def issue(self, *_: Any, **__: Any) -> str:
        """A new one."""
        return self._installations.begin()

    def consume(self, state: str) -> bool:
        """Whether it is good; it is not a second time."""
        return self._installations.finish(state)


class InstallFlow(OAuthFlow):
    """Bolt's flow, but that it asks who may before anything is kept."""

    def __init__(
        self, client: WebClient, slack: SlackSettings, public_url: str, installations: Installations, render: Render
    ) -> None:
        self._installations, self._render = installations, render
        settings = OAuthSettings(
            client_id=slack.client_id,
            client_secret=slack.client_secret.get_secret_value(),
            scopes=sorted(SCOPES),
            redirect_uri=f"{public_url}{RETURN}",
            install_path=INSTALL,
            redirect_uri_path=RETURN,
            callback_options=CallbackOptions(self._succeed, self._fail),
            installation_store=InstallationKeeper(installations),
            installation_store_bot_only=True,
            state_store=Words(installations),
            state_expiration_seconds=int(BACK_WITHIN.total_seconds()),
            logger=FRAMEWORK,
        )
        super().__init__(client=client, logger=FRAMEWORK, settings=settings)

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """The page with the button."""
        return self._render(request, Page.BEGIN, url)

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep it; raises NotAllowedHereError where Solmu may not be, once its token is of no more use."""
        team = installation.team_id or ""
        if installation.is_enterprise_install or not self._installations.admits(team):
            _log.warning("workspace %s is not among SOLMU_WORKSPACES; its token is given back", team or "(none)")
            # Where Slack cannot be reached just now the token is forgotten all the same.
            with suppress(SlackApiError, *NETWORK_ERRORS):
                self.client.auth_revoke(token=installation.bot_token)
            message = "this workspace is not allowed"
            raise NotAllowedHereError(message)
        super().store_installation(request, installation)

    def _succeed(self, told: SuccessArgs) -> BoltResponse:
        return self._page(told.request, 200, Page.DONE, told.installation.team_name or "")

    def _fail(self, told: FailureArgs) -> BoltResponse:
        if isinstance(told.error, NotAllowedHereError):
            return self._page(told.request, 403, Page.STRANGER)
        if told.reason == DENIED:
            return self._page(told.request, 200, Page.DENIED)
        _log.info("an installation did not succeed (%s)", told.reason if told.reason.isidentifier() else "other")
        return self._page(told.request, told.suggested_status_code, Page.AGAIN, INSTALL)

    def _page(self, request: BoltRequest, status: int, page: Page, about: str = "") -> BoltResponse:
        headers: dict[str, str | Sequence[str]] = {
            "Content-Type": "text/html; charset=utf-8",
            "Set-Cookie": self.settings.state_utils.build_set_cookie_for_deletion(),
        }
        return BoltResponse(status=status, headers=headers, body=self._render(request, page, about))
