"""The composition root of one workspace or several: what a process serves, and by what each request is handled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from slack_bolt import App
from slack_sdk import WebClient

from bot.app import build_app
from bot.composing import Tools, handlers_of, listeners
from bot.composing_roles import roles_of
from bot.connection import Identity, open_client
from bot.delivery import Delivery
from bot.dispatching import AppsByTeam, Requests
from bot.durable import Durable
from bot.everywhere import DeliveryEverywhere, FilesEverywhere, LookupEverywhere
from bot.files import Files
from bot.handling import Handlers, HandlersEverywhere
from bot.install_door import InstallDoor, Renderer
from bot.lookup import Lookup
from bot.oauth_flow import InstallFlow
from bot.roles import Roles
from bot.roles_everywhere import RolesEverywhere
from bot.rounds import Rounds
from bot.settings import SlackSettings
from bot.web_server import Door
from bot.workspaces import ChannelTeams, Workspace, Workspaces
from knowledge.adapters.sealing import MAKE_ONE, Seal
from knowledge.errors import SettingsError
from knowledge.installations import Installations
from knowledge.model import MemberId, TeamId, team_of, user_of
from knowledge.ports import Clock, UnitOfWorkFactory
from knowledge.settings import Settings
from knowledge.wiring import Knowledge

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Served:
    """What a process serves. `tools` are for what time brings; `name` says in the log where that is."""

    tools: Tools
    handlers: Handlers
    requests: Callable[[Durable, Rounds, Executor], Requests]
    doors: Sequence[Door]
    name: str


class PerWorkspace(Generic[T]):
    """Something that every workspace has one of, made anew when it is installed anew."""

    def __init__(self, workspaces: Workspaces, make: Callable[[Workspace], T]) -> None:
        self._workspaces = workspaces
        self._make = make
        self._lock = threading.Lock()
        self._made: dict[TeamId, tuple[Workspace, T]] = {}

    def at(self, team: str) -> T:
        """The workspace's; raises as `Workspaces.at`."""
        workspace = self._workspaces.at(team)
        with self._lock:
            known = self._made.get(workspace.team)
            if known is None or known[0] is not workspace:
                known = self._made[workspace.team] = (workspace, self._make(workspace))
        return known[1]


def one_workspace(knowledge: Knowledge, slack: SlackSettings, client: WebClient, identity: Identity) -> Served:
    """The workspace of a bot token."""
    lookup = Lookup(client, identity.team, is_slack=slack.is_slack)
    roles, delivery = roles_of(knowledge.settings, client, lookup, identity.team), Delivery(client)
    tools = Tools(knowledge, client, delivery, lookup, identity.team, identity.user, roles, Files(client, delivery))
    return Served(tools, handlers_of(tools), _requests(slack, tools), (), identity.team_name)


def several_workspaces(knowledge: Knowledge, slack: SlackSettings) -> Served:
    """Whichever workspaces install the app, as far as they are allowed; raises SettingsError."""
    installations = installations_of(knowledge.settings, knowledge.store, knowledge.clock)
    workspaces = Workspaces(installations, lambda token: open_client(slack, token), is_slack=slack.is_slack)
    channels = ChannelTeams(installations)

    def roles_at(workspace: Workspace) -> Roles:
        own = _narrowed(knowledge.settings, workspace.team)
        return roles_of(own, workspace.client, workspace.lookup, workspace.team)

    roles = RolesEverywhere(PerWorkspace(workspaces, roles_at).at, lambda: (each.team for each in installations.all()))

    def tools_of(workspace: Workspace) -> Tools:
        own = replace(knowledge, settings=_narrowed(knowledge.settings, workspace.team))
        lookup = LookupEverywhere(workspaces, channels, workspace.team)
        me = workspace.installation.bot_user
        files = Files(workspace.client, workspace.delivery)
        return Tools(own, workspace.client, workspace.delivery, lookup, workspace.team, me, roles, files)

    client = open_client(slack)
    everywhere = HandlersEverywhere(PerWorkspace(workspaces, lambda each: handlers_of(tools_of(each))).at)

    def requests(durable: Durable, rounds: Rounds, pool: Executor) -> AppsByTeam:
        apps = PerWorkspace(workspaces, lambda each: _app(slack, tools_of(each), durable, rounds, pool))
        return AppsByTeam(client, apps.at, installations, channels)

    delivery, lookup = DeliveryEverywhere(workspaces, channels), LookupEverywhere(workspaces, channels)
    return Served(
        Tools(knowledge, client, delivery, lookup, "", "", roles, FilesEverywhere(workspaces, channels, delivery)),
        Handlers(everywhere, everywhere, everywhere, everywhere),
        requests,
        (_install_door(slack, knowledge, installations, client),),
        f"{len(installations.all())} workspaces",
    )


def installations_of(settings: Settings, uow: UnitOfWorkFactory, clock: Clock) -> Installations:
    """The workspaces that install the app; raises SettingsError as `seal_of`."""
    return Installations(uow, seal_of(settings), settings.workspaces, clock)


def seal_of(settings: Settings) -> Seal:
    """What seals workspaces' tokens; raises SettingsError where there is no key, or one that is none."""
    keys = settings.token_keys.get_secret_value().replace(",", " ").split()
    if not keys:
        message = f"SOLMU_TOKEN_KEYS is not set: workspaces' tokens are kept sealed only; {MAKE_ONE}."
        raise SettingsError(message)
    return Seal(keys)


def check_settings(settings: Settings) -> None:
    """Raise SettingsError where something is missing without which workspaces cannot install the app."""
    if not settings.public_url:
        message = "SOLMU_PUBLIC_URL is not set: Slack sends whoever installs Solmu back to an address below it."
        raise SettingsError(message)
    if not settings.workspaces:
        message = (
            "SOLMU_WORKSPACES is not set: name the workspaces (T…) that may install Solmu, "
            "as their people can read what members read."
        )
        raise SettingsError(message)
    bare = sorted(each for each in settings.admins | settings.coordinators if not team_of(MemberId(each)))
    if bare:
        message = f"With several workspaces people are named in full, as TEAM:USER; {bare[0]} lacks its workspace."
        raise SettingsError(message)
    for groups in (settings.admin_group, settings.coordinator_group):
        teams = [team_of(MemberId(each)) for each in groups.replace(",", " ").split()]
        if "" in teams or len(teams) > len(set(teams)):
            message = f"With several workspaces each names one user group, as TEAM:GROUP; got {groups}."
            raise SettingsError(message)


def _requests(slack: SlackSettings, tools: Tools) -> Callable[[Durable, Rounds, Executor], Requests]:
    return lambda durable, rounds, pool: _app(slack, tools, durable, rounds, pool)


def _app(slack: SlackSettings, tools: Tools, durable: Durable, rounds: Rounds, pool: Executor) -> App:
    secret = slack.signing_secret.get_secret_value()
    return build_app(tools.client, secret, pool, listeners(tools, durable, rounds))


def _narrowed(settings: Settings, team: TeamId) -> Settings:
    """The settings as one workspace knows them: its own people only, by their ids there."""

    def own(people: frozenset[str]) -> frozenset[str]:
        return frozenset(user_of(MemberId(each)) for each in people if team_of(MemberId(each)) == team)

    return settings.model_copy(update={"admins": own(settings.admins), "coordinators": own(settings.coordinators)})


def _install_door(
    slack: SlackSettings, knowledge: Knowledge, installations: Installations, client: WebClient
) -> InstallDoor:
    renderer = Renderer(knowledge.settings.language)
    flow = InstallFlow(client, slack, knowledge.settings.public_url, installations, renderer.render)
    return InstallDoor(flow, renderer)
