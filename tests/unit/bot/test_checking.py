"""Checks of a set-up: each tells what to do, and an app that came apart from its manifest is described."""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot import checking_here
from bot.checking_here import check_disk, check_ledger
from bot.checking_slack import check_clock, check_slack
from bot.connection import open_client
from bot.manifest import drift, own_manifest
from bot.settings import SlackSettings
from knowledge.settings import Settings

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)


def test_an_app_as_the_manifest_says_needs_no_change() -> None:
    """Names, descriptions and the transport may be a community's own."""
    there = copy.deepcopy(dict(own_manifest()))
    there["display_information"]["name"] = "Kaiku"
    there["settings"]["socket_mode_enabled"] = False
    assert list(drift(own_manifest(), there)) == []


def test_each_difference_says_what_to_do() -> None:
    """What is missing is to be added, what is too much removed, what is off turned on."""
    there = copy.deepcopy(dict(own_manifest()))
    there["oauth_config"]["scopes"]["bot"].remove("files:write")
    there["oauth_config"]["scopes"]["bot"].append("admin")
    there["settings"]["event_subscriptions"]["bot_events"].remove("team_join")
    there["features"]["slash_commands"][0]["should_escape"] = False
    there["features"]["app_home"]["home_tab_enabled"] = False
    assert list(drift(own_manifest(), there)) == [
        "add scope files:write",
        "remove scope admin",
        "add event team_join",
        "turn on the Home tab",
        "let Slack escape names in /kysy",
    ]
    assert next(each for each in drift(own_manifest(), {}) if "/kysy" in each).startswith("add command /announce, ")


@pytest.mark.parametrize(
    ("minutes", "is_good", "words"),
    [(0, True, "agrees"), (2, False, "120 seconds fast"), (-10, False, "600 seconds slow")],
)
def test_a_clock_that_is_wrong_is_told(minutes: int, *, is_good: bool, words: str) -> None:
    """Slack's own time, as in any reply's headers, is what counts."""
    finding = check_clock(format_datetime(NOW, usegmt=True), NOW + timedelta(minutes=minutes))
    assert finding.is_good is is_good
    assert words in finding.sentence


def test_slack_without_a_time_is_no_fault() -> None:
    """A proxy may strike the header."""
    assert check_clock("", NOW).is_good


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There must be room for the index twice; the folder need not be there yet."""
    index = tmp_path / "index" / "g"
    index.mkdir(parents=True)
    (index / "vectors").write_bytes(b"0" * 1_000_000)
    assert check_disk(tmp_path / "missing").is_good
    free = checking_here.shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(checking_here, "LEAST_FREE", free - 1_000_000)
    finding = check_disk(tmp_path)
    assert not finding.is_good
    assert "make room" in finding.sentence


@pytest.mark.parametrize(
    ("url", "ledger", "is_good"),
    [("", "", True), ("postgresql://db/solmu", "", False), ("postgresql://db/solmu", "erasures.jsonl", True)],
)
def test_erasures_are_written_where_all_see_them(tmp_path: Path, url: str, ledger: str, *, is_good: bool) -> None:
    """Machines that share a database share no data folder: a ledger in it would know one machine's erasures only."""
    named = str(tmp_path / ledger) if ledger else ""
    finding = check_ledger(Settings(data_dir=tmp_path / "data", database_url=url, erasure_ledger=named))
    assert finding.is_good is is_good
    assert is_good or "SOLMU_ERASURE_LEDGER" in finding.sentence


def test_a_ledger_that_no_erasure_could_be_written_to_is_told(tmp_path: Path) -> None:
    """Its folder may be missing, and a line of it damaged; a data folder that is not there yet will be made."""
    missing = check_ledger(Settings(data_dir=tmp_path, erasure_ledger=str(tmp_path / "missing" / "erasures.jsonl")))
    assert not missing.is_good
    assert "cannot be written" in missing.sentence
    assert check_ledger(Settings(data_dir=tmp_path / "later")).is_good
    (tmp_path / "erasures.jsonl").write_text('{"person": "ab')
    damaged = check_ledger(Settings(data_dir=tmp_path))
    assert not damaged.is_good
    assert "cannot be read in lines 1, and each may be an erasure" in damaged.sentence


class SlackWithManifest(BaseHTTPRequestHandler):
    """Answers the three methods that the check calls; the exported manifest lacks one event."""

    config_token: ClassVar[str] = "xoxe.xoxp-1-good"
    exported_for: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        """Every call of Slack's client."""
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        told = json.dumps(self._answer(sent)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("x-oauth-scopes", ",".join(own_manifest()["oauth_config"]["scopes"]["bot"]))
        self.end_headers()
        self.wfile.write(told)

    def _answer(self, sent: str) -> dict[str, Any]:
        if not self.path.endswith("apps.manifest.export"):
            return {"ok": True, "team": "Valokehä", "url": "ws://127.0.0.1/"}
        if self.config_token not in self.headers.get("Authorization", "") + sent:
            return {"ok": False, "error": "invalid_auth"}
        self.exported_for.append(sent)
        manifest = copy.deepcopy(dict(own_manifest()))
        manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_mention")
        return {"ok": True, "manifest": manifest}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A server on loopback."""
    with HTTPServer(("127.0.0.1", 0), SlackWithManifest) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("config_token", "is_good", "words"),
    [
        ("", True, "set SLACK_CONFIG_TOKEN"),
        (SlackWithManifest.config_token, False, "add event app_mention"),
        ("xoxe.xoxp-1-old", False, "make a configuration token"),
    ],
    ids=["unseen", "apart", "bad token"],
)
def test_the_manifest_is_compared_where_it_can_be_seen(
    address: str,
    config_token: str,
    *,
    is_good: bool,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """With a configuration token the app itself is asked; without one it is said what cannot be seen."""
    monkeypatch.chdir(tmp_path)
    slack = SlackSettings(bot_token="xoxb-1", app_token="xapp-1-A0123-5-ab", config_token=config_token, api_url=address)
    findings = {finding.name: finding for finding in check_slack(slack, open_client(slack), lambda: datetime.now(UTC))}
    assert list(findings) == ["bot token", "scopes", "manifest", "app token", "clock"]
    assert findings["manifest"].is_good is is_good
    assert words in findings["manifest"].sentence
    assert all("A0123" in sent for sent in SlackWithManifest.exported_for)
