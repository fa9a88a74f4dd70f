"""The check of several workspaces: what they need to install Solmu, and whether each that did can still be served."""

from __future__ import annotations

from collections.abc import Iterator

from bot.composing_workspaces import check_settings, installations_of, seal_of
from bot.connection import open_client, sentences
from bot.findings import Finding, tried
from bot.settings import SlackSettings
from knowledge.adapters.sealing import SealBrokenError
from knowledge.errors import SettingsError, SolmuError
from knowledge.installations import Installations
from knowledge.model import Installation
from knowledge.ports import Clock
from knowledge.settings import Settings
from knowledge.store import open_store
from knowledge.store.looking import GOOD, look_at

NOT_YET = "the settings are good; tokens are looked at once the database is there and migrated."
NOBODY = "the settings are good; no workspace has installed Solmu yet."


def check_workspaces(settings: Settings, slack: SlackSettings, clock: Clock) -> Finding:
    """One line for all: settings, keys, and each workspace's token with what Slack says to it."""
    return tried("workspaces", lambda: _look(settings, slack, clock))


def _look(settings: Settings, slack: SlackSettings, clock: Clock) -> str:
    check_settings(settings)
    seal_of(settings)
    if not _is_readable(settings):
        return NOT_YET
    store = open_store(settings.database)
    try:
        installations = installations_of(settings, store, clock)
        found = installations.all()
        bad = [sentence for each in found for sentence in _wrong(each, installations, slack)]
    finally:
        store.dispose()
    if bad:
        raise SettingsError(" ".join(bad))
    return f"{', '.join(each.name or each.team for each in found)}: Slack takes each token." if found else NOBODY


def _is_readable(settings: Settings) -> bool:
    """Whether it can be read as it is: looking migrates nothing. What is wrong with it has a line of its own."""
    try:
        return look_at(settings.database) == GOOD
    except SolmuError:
        return False


def _wrong(installation: Installation, installations: Installations, slack: SlackSettings) -> Iterator[str]:
    team = installation.team
    try:
        client = open_client(slack, installations.token(installation))
        advice = "install Solmu there again, or take the workspace off SOLMU_WORKSPACES."
        with sentences(client, "its token", advice):
            client.auth_test()
    except SealBrokenError as error:
        yield str(error)
    except SolmuError as error:
        yield f"Workspace {team}: {error}"
