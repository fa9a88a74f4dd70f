"""The app's manifest as Solmu wants it, and where the app in Slack has come apart from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import SettingsError

Manifest = Mapping[str, Any]
PLACES = (Path(__file__).parent / "manifest.yaml", Path(__file__).parents[1] / "manifest.yaml")
"""Where it lies in an installed package, and in the repository."""


def own_manifest() -> Manifest:
    """The manifest that came with this Solmu; raises SettingsError where it did not come along."""
    found = next((place for place in PLACES if place.is_file()), None)
    if found is None:
        message = "manifest.yaml did not come with this installation; install Solmu again."
        raise SettingsError(message)
    manifest: Manifest = yaml.safe_load(found.read_text(encoding="utf-8"))
    return manifest


def drift(own: Manifest, there: Manifest) -> Iterator[str]:
    """What to change in the app, each in a few words; nothing where both agree in all that the bot needs.

    Looks and descriptions may differ: a community names its bot as it likes. So may the transport.
    """
    for what, names_in in _LISTS.items():
        wanted, found = names_in(own), names_in(there)
        if wanted - found:
            yield f"add {what} {', '.join(sorted(wanted - found))}"
        if found - wanted:
            yield f"remove {what} {', '.join(sorted(found - wanted))}"
    for what, path in _SWITCHES.items():
        if bool(_at(own, path)) and not bool(_at(there, path)):
            yield f"turn on {what}"
    unescaped = [each["command"] for each in _at(there, "features.slash_commands", []) if not each.get("should_escape")]
    if unescaped:
        yield f"let Slack escape names in {', '.join(sorted(unescaped))}"


def _at(manifest: Manifest, path: str, default: Any = None) -> Any:
    value: Any = manifest
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return default if value is None else value


def _named(path: str, key: str) -> Callable[[Manifest], frozenset[str]]:
    return lambda manifest: frozenset(str(each[key]) for each in _at(manifest, path, []))


def _listed(path: str) -> Callable[[Manifest], frozenset[str]]:
    return lambda manifest: frozenset(_at(manifest, path, []))


_LISTS = {
    "scope": _listed("oauth_config.scopes.bot"),
    "event": _listed("settings.event_subscriptions.bot_events"),
    "command": _named("features.slash_commands", "command"),
    "shortcut": _named("features.shortcuts", "callback_id"),
}
_SWITCHES = {
    "the Home tab": "features.app_home.home_tab_enabled",
    "the Messages tab": "features.app_home.messages_tab_enabled",
    "the agent view": "features.agent_view.agent_description",
    "interactivity": "settings.interactivity.is_enabled",
}
