"""Workspaces with Solmu in them, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.errors import NotFoundError
from knowledge.model import ChannelId, Installation, TeamId
from knowledge.store.installation_tables import InstallationRow, OauthStateRow, TeamChannelRow
from knowledge.store.upserting import insert_once, upsert


class SqlInstallations:
    """See `knowledge.ports.InstallationRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, installation: Installation) -> None:
        """Store, or replace the workspace's."""
        upsert(self._session, InstallationRow, asdict(installation))

    def get(self, team: TeamId) -> Installation:
        """Raise NotFoundError where Solmu is not installed."""
        row = self._session.get(InstallationRow, team, populate_existing=True)
        if row is None:
            message = f"Solmu is not installed in workspace {team}."
            raise NotFoundError(message)
        return _installation(row)

    def all(self) -> Sequence[Installation]:
        """Every one, by the workspace's id."""
        found = select(InstallationRow).order_by(InstallationRow.team).execution_options(populate_existing=True)
        return [_installation(row) for row in self._session.scalars(found)]

    def remove(self, team: TeamId) -> None:
        """Erase the workspace's, and which channels are its."""
        self._session.execute(delete(InstallationRow).where(InstallationRow.team == team))
        self._session.execute(delete(TeamChannelRow).where(TeamChannelRow.team == team))

    def put_channels(self, team: TeamId, channels: Collection[ChannelId]) -> None:
        """Keep that these channels are the workspace's; one that is known already stays where it is."""
        for channel in sorted(channels):
            insert_once(self._session, TeamChannelRow, {"channel": channel, "team": team})

    def channels(self) -> Mapping[ChannelId, TeamId]:
        """The workspace of every channel that is known."""
        found = self._session.execute(select(TeamChannelRow.channel, TeamChannelRow.team))
        return {ChannelId(channel): TeamId(team) for channel, team in found}

    def begin(self, state: str, until: datetime) -> None:
        """Keep that somebody begins to install, who must be back by then with this word."""
        insert_once(self._session, OauthStateRow, {"state": state, "until": until})

    def finish(self, state: str, now: datetime) -> bool:
        """Whether somebody began with this word, in time and not yet back; true once for each."""
        gone = delete(OauthStateRow).where(OauthStateRow.state == state).returning(OauthStateRow.until)
        until = self._session.scalars(gone).one_or_none()
        return until is not None and until > now

    def forget_begun(self, before: datetime) -> None:
        """Erase whoever should have been back before."""
        self._session.execute(delete(OauthStateRow).where(OauthStateRow.until < before))


def _installation(row: InstallationRow) -> Installation:
    return Installation(TeamId(row.team), row.name, row.bot_user, row.scopes, row.sealed, row.installed_at)
