"""The Slack settings: a plain mistake is told in a sentence before anything is started."""

from __future__ import annotations

import pytest

from bot.settings import Transport, load_slack_settings
from knowledge.errors import SettingsError

NAMES = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))


def _set(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"SLACK_{name}", value)


def test_an_app_token_means_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is used wherever it is there, a signing secret beside it or not."""
    _set(monkeypatch, BOT_TOKEN="xoxb-1", APP_TOKEN="xapp-1", SIGNING_SECRET="s")
    settings = load_slack_settings()
    assert settings.transport is Transport.SOCKET
    assert settings.base_url == "https://slack.com/api/"


def test_a_signing_secret_means_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an app token Slack posts to the bot."""
    _set(monkeypatch, BOT_TOKEN="xoxb-1", SIGNING_SECRET="s", API_URL="http://127.0.0.1:9/api")
    settings = load_slack_settings()
    assert settings.transport is Transport.HTTP
    assert settings.base_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"BOT_TOKEN": "xapp-1"}, "is not a bot token"),
        ({"BOT_TOKEN": "xoxb-1"}, "Set SLACK_APP_TOKEN for Socket Mode"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xoxb-1"}, "is not an app-level token"),
        ({"BOT_TOKEN": "xoxb-1\nX: y", "APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN holds spaces"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-…"}, "SLACK_APP_TOKEN holds spaces"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1", "API_URL": "slack.com/api"}, "is not a web address"),
    ],
)
def test_what_cannot_work_is_told(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], sentence: str) -> None:
    """Each in one sentence that names the setting."""
    _set(monkeypatch, **values)
    with pytest.raises(SettingsError, match=sentence):
        load_slack_settings()


def test_tokens_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in a log nor in a traceback."""
    _set(monkeypatch, BOT_TOKEN="xoxb-hush1", APP_TOKEN="xapp-hush2", SIGNING_SECRET="hush3")
    settings = load_slack_settings()
    assert "hush" not in f"{settings!r} {settings}"
