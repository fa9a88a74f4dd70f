"""The check of several workspaces finds what would keep the bot from starting, and whom it could not serve."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checking import checks
from bot.checking_workspaces import NOBODY, NOT_YET, check_workspaces
from bot.settings import SlackSettings
from knowledge.adapters.sealing import Seal, new_key
from knowledge.installations import Installations
from knowledge.model import TeamId
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.fakes import SetClock

KEY = new_key()


class Slack(BaseHTTPRequestHandler):
    """Takes one token."""

    def do_POST(self) -> None:
        """Every call of Slack's client."""
        is_good = self.headers.get("Authorization") == "Bearer xoxb-good"
        told = json.dumps({"ok": True} if is_good else {"ok": False, "error": "invalid_auth"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def slack() -> Iterator[SlackSettings]:
    """An app that workspaces install, with Slack on loopback."""
    with HTTPServer(("127.0.0.1", 0), Slack) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        secret = SecretStr("s")
        url = f"http://127.0.0.1:{server.server_port}/api/"
        yield SlackSettings(client_id="1.2", client_secret=secret, signing_secret=secret, api_url=url)
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a bot that two workspaces may install."""
    return Settings(
        data_dir=tmp_path,
        token_keys=SecretStr(KEY),
        public_url="https://solmu.example.org",
        workspaces=frozenset({"T1", "T2"}),
        admins=frozenset({"T1:U1"}),
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"token_keys": SecretStr("")}, "SOLMU_TOKEN_KEYS is not set"),
        ({"token_keys": SecretStr("sesame")}, "is not a key of 32 bytes"),
        ({"public_url": ""}, "SOLMU_PUBLIC_URL is not set"),
        ({"workspaces": frozenset()}, "SOLMU_WORKSPACES is not set"),
        ({"admins": frozenset({"U1"})}, "U1 lacks its workspace"),
    ],
)
def test_what_would_keep_the_bot_from_starting_is_told(
    slack: SlackSettings, settings: Settings, clock: SetClock, changed: dict[str, object], sentence: str
) -> None:
    """Also before there is a database."""
    finding = check_workspaces(settings.model_copy(update=changed), slack, clock)
    assert (finding.name, finding.is_good) == ("workspaces", False)
    assert sentence in finding.sentence


def test_every_workspace_is_asked_about(
    slack: SlackSettings, settings: Settings, clock: SetClock, tmp_path: Path
) -> None:
    """One that Slack does not know any more, and one whose key is gone, are named; looking makes no database."""
    assert check_workspaces(settings, slack, clock).sentence == NOT_YET
    assert list(tmp_path.iterdir()) == []
    store = open_store(settings.database)
    assert check_workspaces(settings, slack, clock).sentence == NOBODY
    installations = Installations(store, Seal([KEY]), settings.workspaces, clock)
    installations.keep(TeamId("T1"), "Järvi", "UB", "", "xoxb-good")
    good = check_workspaces(settings, slack, clock)
    assert (good.is_good, good.sentence) == (True, "Järvi: Slack takes each token.")
    installations.keep(TeamId("T2"), "Ranta", "UB", "", "xoxb-dead")
    dead = check_workspaces(settings, slack, clock)
    assert not dead.is_good
    assert dead.sentence == (
        "Workspace T2: Slack does not take its token (invalid_auth); "
        "install Solmu there again, or take the workspace off SOLMU_WORKSPACES."
    )
    other = settings.model_copy(update={"token_keys": SecretStr(new_key())})
    assert "The token of workspace T1 cannot be opened" in check_workspaces(other, slack, clock).sentence
    store.dispose()


def test_the_command_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An app that workspaces install has no other line about Slack over signed HTTP."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SOLMU_ADMINS", "U1")
    first = next(iter(checks()))
    assert (first.name, first.is_good) == ("workspaces", False)
