"""The workspaces that let Solmu in, and where their channels are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.model.identifiers import TeamId


@dataclass(frozen=True, slots=True)
class Installation:
    """Solmu in one workspace. `sealed` is its token, which only whoever has the keys can read."""

    team: TeamId
    name: str
    bot_user: str
    scopes: str
    sealed: str
    installed_at: datetime
