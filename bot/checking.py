"""Whether everything is set up: the tokens, the scopes, the database and the index, each told in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.connection import check_app_token, granted_scopes, identify, open_client
from bot.settings import SlackSettings, Transport, load_slack_settings
from knowledge.errors import SolmuError
from knowledge.settings import Settings, load_settings
from knowledge.wiring import open_knowledge

SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "mpim:history",
        "mpim:write",
        "users:read",
    }
)
"""What the manifest asks for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, as a sentence."""

    name: str
    is_good: bool
    sentence: str


def checks() -> Iterator[Finding]:
    """Each check in turn, as its result is known; one that needs another's success is left out."""
    try:
        slack = load_slack_settings()
    except SolmuError as error:
        yield Finding("Slack settings", is_good=False, sentence=str(error))
    else:
        yield from _check_slack(slack, open_client(slack))
    try:
        settings = load_settings()
    except SolmuError as error:
        yield Finding("settings", is_good=False, sentence=str(error))
    else:
        yield _tried("database and index", lambda: _describe_index(settings))


def _check_slack(slack: SlackSettings, client: WebClient) -> Iterator[Finding]:
    token = _tried("bot token", lambda: f"{identify(client).team_name} knows the bot.")
    yield token
    if not token.is_good:
        return
    missing = sorted(SCOPES - granted_scopes(client))
    sentence = f"add {', '.join(missing)} and install the app again." if missing else "all are granted."
    yield Finding("scopes", not missing, sentence)
    if slack.transport is Transport.SOCKET:
        yield _tried("app token", lambda: check_app_token(client, slack.app_token.get_secret_value()))
    else:
        yield Finding("signing secret", is_good=True, sentence="it is set; Slack's first request will prove it.")


def _describe_index(settings: Settings) -> str:
    knowledge = open_knowledge(settings)
    try:
        knowledge.answerer.warm_up()
        manifest = knowledge.shelf.current().manifest
    finally:
        knowledge.store.dispose()
    return (
        f"{manifest.documents} documents, {manifest.passages} passages, built {manifest.built_at:%Y-%m-%d %H:%M} UTC."
    )


def _tried(name: str, work: Callable[[], str]) -> Finding:
    try:
        return Finding(name, is_good=True, sentence=work())
    except SolmuError as error:
        return Finding(name, is_good=False, sentence=str(error))
