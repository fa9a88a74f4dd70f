"""Which workspaces Solmu is installed in, and with which token: kept sealed, and only of those that are allowed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from knowledge.errors import NotFoundError
from knowledge.model import SOLMU, Act, AuditEntry, ChannelId, Installation, MemberId, TeamId
from knowledge.ports import Clock, UnitOfWorkFactory

BACK_WITHIN = timedelta(minutes=10)
"""How long somebody may stay on Slack's page."""


class Sealing(Protocol):
    """Makes secrets storable; see `knowledge.adapters.sealing.Seal`."""

    def seal(self, secret: str, owner: str) -> str:
        """What can be stored in the open."""
        ...

    def open(self, sealed: str, owner: str) -> str:
        """The secret; raises SealBrokenError."""
        ...

    def renewed(self, sealed: str, owner: str) -> str:
        """The same secret sealed with the newest key; raises SealBrokenError."""
        ...


class Installations:
    """Reads the database anew at every call: another process may have installed or removed Solmu meanwhile."""

    def __init__(self, uow: UnitOfWorkFactory, sealing: Sealing, allowed: Collection[str], clock: Clock) -> None:
        self._uow = uow
        self._sealing = sealing
        self._allowed = allowed
        self._clock = clock

    def admits(self, team: str) -> bool:
        """Whether Solmu may be in that workspace: its people would read what members read."""
        return team in self._allowed

    def keep(self, team: TeamId, name: str, bot_user: str, scopes: str, token: str, *, by: MemberId = SOLMU) -> None:
        """Keep the workspace's token, in place of the one before; `by` installed Solmu there, as far as Slack tells."""
        now = self._clock()
        with self._uow() as work:
            work.installations.put(Installation(team, name, bot_user, scopes, self._sealing.seal(token, team), now))
            work.audit.add(AuditEntry(now, by, Act.INSTALL, team))
            work.commit()

    def get(self, team: TeamId) -> Installation:
        """Raise NotFoundError where Solmu is not installed, or no longer allowed to be."""
        if not self.admits(team):
            message = f"Workspace {team} is not among SOLMU_WORKSPACES."
            raise NotFoundError(message)
        return self.stored(team)

    def stored(self, team: TeamId) -> Installation:
        """What is kept of a workspace, also of one that is no longer allowed; raises NotFoundError."""
        with self._uow.reading() as work:
            return work.installations.get(team)

    def all(self) -> Sequence[Installation]:
        """Every one that is allowed, by the workspace's id."""
        with self._uow.reading() as work:
            return [each for each in work.installations.all() if self.admits(each.team)]

    def token(self, installation: Installation) -> str:
        """Raise SealBrokenError where no key opens it."""
        return self._sealing.open(installation.sealed, installation.team)

    def remove(self, team: TeamId) -> None:
        """Erase the workspace's token, and which channels are its, now that Solmu was removed there."""
        with self._uow() as work:
            work.installations.remove(team)
            work.audit.add(AuditEntry(self._clock(), SOLMU, Act.UNINSTALL, team))
            work.commit()

    def rekey(self) -> int:
        """Seal every token with the newest key; returns how many there are. Raises SealBrokenError, changing none."""
        with self._uow() as work:
            found = work.installations.all()
            for each in found:
                sealed = self._sealing.renewed(each.sealed, each.team)
                work.installations.put(
                    Installation(each.team, each.name, each.bot_user, each.scopes, sealed, each.installed_at)
                )
            work.commit()
        return len(found)

    def begin(self) -> str:
        """A word for somebody who begins to install, good for one return within minutes."""
        word, now = secrets.token_urlsafe(32), self._clock()
        with self._uow() as work:
            work.installations.forget_begun(now)
            work.installations.begin(word, now + BACK_WITHIN)
            work.commit()
        return word

    def finish(self, word: str) -> bool:
        """Whether somebody comes back with a word that is good still."""
        with self._uow() as work:
            is_good = work.installations.finish(word, self._clock())
            work.commit()
        return is_good

    def note_channels(self, team: TeamId, channels: Collection[ChannelId]) -> None:
        """Keep that these channels are the workspace's."""
        with self._uow() as work:
            work.installations.put_channels(team, channels)
            work.commit()

    def channels(self) -> Mapping[ChannelId, TeamId]:
        """The workspace of every channel that was seen."""
        with self._uow.reading() as work:
            return work.installations.channels()
