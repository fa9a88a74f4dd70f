"""The SQL tables of workspaces with Solmu in them, of their channels, and of whoever is just installing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables import Base


class InstallationRow(Base):
    """Solmu in one workspace, with its sealed token."""

    __tablename__ = "installations"
    team: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    bot_user: Mapped[str] = mapped_column(String(32))
    scopes: Mapped[str]
    sealed: Mapped[str]
    installed_at: Mapped[datetime]


class TeamChannelRow(Base):
    """Which workspace a channel is in."""

    __tablename__ = "team_channels"
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    team: Mapped[str] = mapped_column(String(32), index=True)


class OauthStateRow(Base):
    """Who is expected back from Slack's page."""

    __tablename__ = "oauth_states"
    state: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)
