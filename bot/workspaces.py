"""The workspaces that one process serves: each with its own client, made when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.delivery import Delivery
from bot.lookup import Lookup
from knowledge.adapters.sealing import SealBrokenError
from knowledge.errors import NotFoundError
from knowledge.installations import Installations
from knowledge.model import ChannelId, Installation, TeamId


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace as the bot reaches it."""

    installation: Installation
    client: WebClient
    delivery: Delivery
    lookup: Lookup

    @property
    def team(self) -> TeamId:
        """Its id."""
        return self.installation.team


class Workspaces:
    """Finds them by id. `connect` makes a client of a token, `is_slack` as for `Lookup`."""

    def __init__(
        self, installations: Installations, connect: Callable[[str], WebClient], *, is_slack: bool = True
    ) -> None:
        self._installations = installations
        self._connect = connect
        self._is_slack = is_slack
        self._lock = threading.Lock()
        self._known: dict[TeamId, Workspace] = {}

    def at(self, team: str) -> Workspace:
        """The workspace as it is installed now; raises NotFoundError where it is not, SealBrokenError."""
        installation = self._installations.get(TeamId(team))
        with self._lock:
            known = self._known.get(installation.team)
            # Installed again, by this process or another one, it has another token.
            if known is None or known.installation != installation:
                known = self._known[installation.team] = self._made(installation)
        return known

    def all(self) -> Iterator[Workspace]:
        """Those that can be reached."""
        for each in self._installations.all():
            with suppress(NotFoundError, SealBrokenError):
                yield self.at(each.team)

    def _made(self, installation: Installation) -> Workspace:
        client = self._connect(self._installations.token(installation))
        lookup = Lookup(client, installation.team, is_slack=self._is_slack)
        return Workspace(installation, client, Delivery(client), lookup)


class ChannelTeams:
    """Which workspace a channel is in: learnt from what Slack sends, kept in the database."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations
        self._known: dict[ChannelId, TeamId] = {}

    def note(self, team: TeamId, channels: Collection[ChannelId]) -> None:
        """Learn that a workspace has these channels."""
        new = [channel for channel in channels if channel not in self._known]
        if new:
            self._installations.note_channels(team, new)
            self._known = dict(self._installations.channels())

    def of(self, channel: str) -> TeamId:
        """The workspace; empty where it is not known."""
        if channel not in self._known:
            # Another process may have learnt it.
            self._known = dict(self._installations.channels())
        return self._known.get(ChannelId(channel), TeamId(""))

    def forget(self, team: TeamId) -> None:
        """Forget a workspace's channels, which are no longer in the database."""
        self._known = {channel: known for channel, known in self._known.items() if known != team}
