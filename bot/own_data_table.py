"""Everything that listens about a person's own data."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks.own_data import ERASE, EXPORT
from bot.bolting import acknowledge, bare
from bot.listeners.own_data import COMMANDS, OwnData


def listen_about_own_data(app: App, own: OwnData) -> None:
    """Bring the commands and the window's buttons to their listener."""
    for name in COMMANDS:
        app.command(name)(ack=acknowledge, lazy=[bare(own.show)])
    app.action(EXPORT)(ack=acknowledge, lazy=[bare(own.export)])
    app.action(ERASE)(ack=bare(own.erase), lazy=[bare(own.confirm)])
