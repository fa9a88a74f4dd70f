"""Requests of several workspaces through one door: each is handed to the app of the workspace that it is meant for."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from slack_bolt import App, BoltResponse
from slack_bolt.request import BoltRequest
from slack_bolt.request.internals import extract_team_id
from slack_sdk import WebClient

from bot.failures import note_failure
from bot.logs import FRAMEWORK
from bot.workspaces import ChannelTeams
from knowledge.adapters.sealing import SealBrokenError
from knowledge.errors import NotFoundError
from knowledge.installations import Installations
from knowledge.model import ChannelId, TeamId

Payload = dict[str, Any]
EVENT = "event_callback"
AppOf = Callable[[str], App]
"""A workspace's app; raises NotFoundError where Solmu is not installed, SealBrokenError."""
_log = logging.getLogger(__name__)


class Requests(Protocol):
    """Takes in what Slack sends: one workspace's app, or whatever stands before several."""

    @property
    def client(self) -> WebClient:
        """By which Socket Mode is opened."""
        ...

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Hand a request on that is Slack's; returns what is to be said to Slack."""
        ...


class AppsByTeam:
    """Stands where Bolt looks for an app. Requests come here once they are known to be Slack's."""

    logger = FRAMEWORK
    oauth_flow = None

    def __init__(self, client: WebClient, app_of: AppOf, installations: Installations, channels: ChannelTeams) -> None:
        self.client = client
        self._app_of = app_of
        self._installations = installations
        self._channels = channels

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Hand it to its workspace's app. What is for nobody is acknowledged, so that it does not come again."""
        body = req.body
        if body.get("type") == "url_verification":
            return _said({"challenge": body.get("challenge")})
        team = extract_team_id(body)
        if not team:
            return _said({})
        try:
            if body.get("type") == EVENT and self._was_removed(TeamId(team), body):
                return _said({})
            app = self._app_of(team)
        except (NotFoundError, SealBrokenError) as error:
            _log.warning("a request is left alone: %s", error)
            return _said({})
        except Exception:  # noqa: BLE001 - Slack or the database may be away: it is brought again
            note_failure("a request could not be handed on")
            return BoltResponse(status=500)
        self._channels.note(TeamId(team), [*channels_in(body)])
        _settle(body, team)
        return app.dispatch(req)

    def _was_removed(self, team: TeamId, body: Payload) -> bool:
        """Whether this tells that Solmu was removed from a workspace; then its token is erased."""
        if not tells_of_removal(body["event"]):
            return False
        # Also of one that was taken off SOLMU_WORKSPACES: its token is kept until it is erased here.
        installed_at = int(self._installations.stored(team).installed_at.timestamp())
        # News of an earlier removal may come after Solmu was installed again.
        if int(body.get("event_time") or 0) >= installed_at:
            self._installations.remove(team)
            self._channels.forget(team)
            _log.info("Solmu was removed from workspace %s; its token is erased", team)
        return True


def tells_of_removal(event: Mapping[str, Any]) -> bool:
    """Whether an event says that the bot's token is of no more use."""
    if event.get("type") == "app_uninstalled":
        return True
    return event.get("type") == "tokens_revoked" and bool((event.get("tokens") or {}).get("bot"))


def channels_in(body: Mapping[str, Any]) -> Iterator[ChannelId]:
    """The channels that a request happened in, or that were chosen in its form; direct messages are left out."""
    event = body.get("event") or {}
    for told in (event.get("channel"), body.get("channel"), body.get("channel_id"), *_chosen(body)):
        channel = told.get("id") if isinstance(told, dict) else told
        if isinstance(channel, str) and channel[:1] in {"C", "G"}:
            yield ChannelId(channel)


def _chosen(body: Mapping[str, Any]) -> Iterator[Any]:
    state = (body.get("view") or {}).get("state") or body.get("state") or {}
    for block in (state.get("values") or {}).values():
        for element in block.values():
            yield from (element.get(f"selected_{kind}") for kind in ("conversation", "channel"))
            for kind in ("conversations", "channels"):
                yield from element.get(f"selected_{kind}") or ()


def _settle(body: Payload, team: str) -> None:
    """Let the request name the bot's own workspace: in a shared channel an event names the other one first."""
    if body.get("type") == EVENT:
        body["team_id"] = team
    elif isinstance(body.get("team"), dict):
        body["team"]["id"] = team


def _said(answer: Payload) -> BoltResponse:
    if not answer:
        return BoltResponse(status=200)
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json;charset=utf-8"})
