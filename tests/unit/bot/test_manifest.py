"""The app's manifest asks for what the bot uses, and for nothing else."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.checking_slack import SCOPES
from bot.listeners.drafting import COMMANDS as DRAFT_COMMANDS
from bot.listeners.own_data import COMMANDS as OWN_DATA_COMMANDS
from bot.sandbox.seed import COMMANDS
from bot.sandbox.shortcuts import SHORTCUTS


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """As an admin pastes it."""
    loaded: dict[str, Any] = yaml.safe_load((Path(__file__).parents[3] / "manifest.yaml").read_text(encoding="utf-8"))
    return loaded


def test_the_scopes_are_those_that_are_checked(manifest: dict[str, Any]) -> None:
    """`python -m bot check` misses none that is granted, and none is granted that it does not look for."""
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert list(manifest["oauth_config"]["scopes"]) == ["bot"]


def test_the_bot_is_sent_what_it_listens_to(manifest: dict[str, Any]) -> None:
    """The events and commands of the table in `bot.app`, and clicks."""
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_home_opened",
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "subteam_members_changed",
        "subteam_updated",
        "team_join",
        "user_change",
    }
    commands = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert commands == ["/kysy", "/verkosto", "/natverk", "/network", *DRAFT_COMMANDS, *OWN_DATA_COMMANDS, "/solmu"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert all(command["should_escape"] for command in manifest["features"]["slash_commands"])


def test_the_sandbox_offers_what_the_manifest_declares(manifest: dict[str, Any]) -> None:
    """The page's composer and its messages know every command and shortcut, and no other."""
    commands = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert [command["name"] for command in COMMANDS] == commands
    assert [asdict(shortcut) for shortcut in SHORTCUTS] == manifest["features"].get("shortcuts", [])
