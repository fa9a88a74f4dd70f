"""Sending and asking in several workspaces at once: each call goes to the workspace of its person or channel.

People have to be named in full, as `TEAM:USER`. What is for a workspace without Solmu cannot be delivered.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from bot.delivery import Delivery, Outgoing, Place, Posted, UndeliverableError
from bot.files import Files
from bot.lookup import NOT_FOUND, Lookup
from bot.workspaces import ChannelTeams, Workspace, Workspaces
from knowledge.adapters.sealing import SealBrokenError
from knowledge.errors import NotFoundError
from knowledge.model import MemberId, TeamId, member_id, team_of, user_of

NOT_INSTALLED = "not_installed"
"""The word for a workspace without Solmu, beside Slack's own."""


class DeliveryEverywhere(Delivery):
    """Posts through the client of the place's workspace; where there is none, raises UndeliverableError."""

    def __init__(self, workspaces: Workspaces, channels: ChannelTeams) -> None:
        self._workspaces = workspaces
        self._channels = channels
        self._sleep = time.sleep

    def post(self, place: Place, message: Outgoing, mark: str, *, doubtful: bool) -> str:
        """See `Delivery`."""
        return self._at(place).post(place, message, mark, doubtful=doubtful)

    def update(self, place: Place, ts: str, message: Outgoing) -> None:
        """See `Delivery`."""
        self._at(place).update(place, ts, message)

    def delete(self, place: Place, ts: str) -> None:
        """See `Delivery`."""
        self._at(place).delete(place, ts)

    def show_working(self, place: Place, status: str, loading: Sequence[str] = ()) -> None:
        """See `Delivery`."""
        with suppress(UndeliverableError):
            self._at(place).show_working(place, status, loading)

    def open_group(self, users: Sequence[str]) -> Place:
        """See `Delivery`; people of several workspaces have no conversation."""
        teams = {team_of(MemberId(user)) for user in users}
        if len(teams) != 1:
            raise UndeliverableError(NOT_INSTALLED)
        [team] = teams
        return replace(self._in(team).open_group(users), team=team)

    def find(self, place: Place, mark: str) -> Posted | None:
        """See `Delivery`; nothing stands where Solmu is not."""
        try:
            return self._at(place).find(place, mark)
        except UndeliverableError:
            return None

    def messages(self, place: Place) -> Iterator[Mapping[str, Any]]:
        """See `Delivery`; nothing stands where Solmu is not."""
        try:
            return self._at(place).messages(place)
        except UndeliverableError:
            return iter(())

    def _at(self, place: Place) -> Delivery:
        return self._in(place.team or self._channels.of(place.channel))

    def _in(self, team: str) -> Delivery:
        try:
            return self._workspaces.at(team).delivery
        except (NotFoundError, SealBrokenError) as error:
            raise UndeliverableError(NOT_INSTALLED) from error


class FilesEverywhere(Files):
    """Uploads to the place's workspace; where there is none, raises UndeliverableError."""

    def __init__(self, workspaces: Workspaces, channels: ChannelTeams, delivery: Delivery) -> None:
        self._workspaces = workspaces
        self._channels = channels
        self._delivery = delivery

    def _client_at(self, place: Place) -> WebClient:
        try:
            return self._workspaces.at(place.team or self._channels.of(place.channel)).client
        except (NotFoundError, SealBrokenError) as error:
            raise UndeliverableError(NOT_INSTALLED) from error


class LookupEverywhere(Lookup):
    """Asks in the workspace of the person or channel; whoever is in none is an outsider without a name.

    `home` is where somebody is looked for who is named by their id in Slack alone, and a channel of no known workspace.
    """

    def __init__(self, workspaces: Workspaces, channels: ChannelTeams, home: str = "") -> None:
        self._workspaces = workspaces
        self._channels = channels
        self._home = home

    def is_open_to_others(self, channel: str) -> bool:
        """See `Lookup`."""
        found = self._with(channel)
        return found is None or found.lookup.is_open_to_others(channel)

    def closed_because(self, channel: str) -> str:
        """See `Lookup`."""
        found = self._with(channel)
        return NOT_FOUND if found is None else found.lookup.closed_because(channel)

    def is_insider(self, user: str) -> bool:
        """See `Lookup`."""
        found = self._of(user)
        return found is not None and found.lookup.is_insider(user)

    def belonging(self, users: Collection[str]) -> Mapping[str, bool]:
        """See `Lookup`; nothing is told of people of a workspace without Solmu."""
        told: dict[str, bool] = {}
        for team, some in self._by_team(users).items():
            found = self._find(team)
            told |= {} if found is None else found.lookup.belonging(some)
        return told

    def name_of(self, user: str) -> str:
        """See `Lookup`."""
        found = self._of(user)
        return "" if found is None else found.lookup.name_of(user)

    def zone_of(self, user: str) -> str:
        """See `Lookup`."""
        found = self._of(user)
        return "" if found is None else found.lookup.zone_of(user)

    def names_of(self, users: Collection[str]) -> Mapping[str, str]:
        """See `Lookup`."""
        names = dict.fromkeys(users, "")
        for team, some in self._by_team(users).items():
            found = self._find(team)
            names |= {} if found is None else found.lookup.names_of(some)
        return names

    def all_names(self) -> Sequence[str]:
        """See `Lookup`; of everybody, wherever they are."""
        return sorted({name for each in self._workspaces.all() for name in each.lookup.all_names()})

    def was_insider(self, user: str) -> bool:
        """See `Lookup`."""
        found = self._of(user)
        return found is not None and found.lookup.was_insider(user)

    def refresh(self) -> None:
        """See `Lookup`."""
        found = self._find(self._home)
        if found is not None:
            found.lookup.refresh()

    def all_are_insiders(self, channel: str) -> bool:
        """See `Lookup`."""
        found = self._with(channel)
        return found is not None and found.lookup.all_are_insiders(channel)

    def all_are_among(self, channel: str, people: frozenset[str]) -> bool:
        """See `Lookup`; the bot of the channel's workspace counts as one of them."""
        found = self._with(channel)
        if found is None:
            return False
        there = {user_of(MemberId(each)) for each in people if member_id(self._home, each).startswith(f"{found.team}:")}
        return found.lookup.all_are_among(channel, frozenset({*there, found.installation.bot_user}))

    def _by_team(self, users: Collection[str]) -> Mapping[str, list[str]]:
        by_team: dict[str, list[str]] = {}
        for user in users:
            by_team.setdefault(self._team_of(user), []).append(user)
        return by_team

    def _team_of(self, user: str) -> str:
        return team_of(MemberId(user)) or self._home

    def _of(self, user: str) -> Workspace | None:
        return self._find(self._team_of(user))

    def _with(self, channel: str) -> Workspace | None:
        return self._find(self._home or self._channels.of(channel))

    def _find(self, team: str) -> Workspace | None:
        try:
            return self._workspaces.at(TeamId(team))
        except (NotFoundError, SealBrokenError):
            return None
