"""Where is kept which workspaces let Solmu in, which channels are theirs, and who is just installing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.model import ChannelId, Installation, TeamId


class InstallationRepository(Protocol):
    """Workspaces with Solmu in them. Tokens come sealed: nothing here can read them."""

    def put(self, installation: Installation) -> None:
        """Store, or replace the workspace's."""
        ...

    def get(self, team: TeamId) -> Installation:
        """Raise NotFoundError where Solmu is not installed."""
        ...

    def all(self) -> Sequence[Installation]:
        """Every one, by the workspace's id."""
        ...

    def remove(self, team: TeamId) -> None:
        """Erase the workspace's, and which channels are its."""
        ...

    def put_channels(self, team: TeamId, channels: Collection[ChannelId]) -> None:
        """Keep that these channels are the workspace's; one that is known already stays where it is."""
        ...

    def channels(self) -> Mapping[ChannelId, TeamId]:
        """The workspace of every channel that is known."""
        ...

    def begin(self, state: str, until: datetime) -> None:
        """Keep that somebody begins to install, who must be back by then with this word."""
        ...

    def finish(self, state: str, now: datetime) -> bool:
        """Whether somebody began with this word, in time and not yet back; true once for each."""
        ...

    def forget_begun(self, before: datetime) -> None:
        """Erase whoever should have been back before."""
        ...
