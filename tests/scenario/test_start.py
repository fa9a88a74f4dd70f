"""Starting wrongly: one sentence that says what to do, exit code 1, and no traceback."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from bot.checking_slack import UNSEEN
from bot.sandbox import webapi
from tests.scenario.bot_process import PUBLIC_QUESTION, START_SECONDS, BotProcess, bot_command, copy_index, end_of
from tests.scenario.conftest import Workplace
from tests.scenario.talking import ask_directly, over_socket
from tests.standin import MEMBER, StandIn

Change = Callable[[Path], None]


def _another_model(data: Path) -> None:
    [manifest] = data.glob("index/*/manifest.json")
    told = json.loads(manifest.read_text())
    told["model"]["name"] = "another/model"
    manifest.write_text(json.dumps(told))


def _newer_database(data: Path) -> None:
    with closing(sqlite3.connect(data / "solmu.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'f00000000000'")


def _read_only(data: Path) -> None:
    data.chmod(0o555)


def _nothing(data: Path) -> None:
    assert data.is_dir()


CASES: Mapping[str, tuple[Change, dict[str, str], str]] = {
    "token": (_nothing, {"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack does not take SLACK_BOT_TOKEN (invalid_auth); copy"),
    "app token": (
        _nothing,
        {"SLACK_APP_TOKEN": "xapp-wrong"},
        "Slack does not take SLACK_APP_TOKEN (invalid_auth); make",
    ),
    "no Slack": (
        _nothing,
        {"SLACK_API_URL": "http://127.0.0.1:9/api/"},
        "Slack cannot be reached at http://127.0.0.1:9",
    ),
    "port": (
        _nothing,
        {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s"},
        "stop what uses it, or set SOLMU_HTTP_PORT",
    ),
    "read-only": (_read_only, {}, "is read-only; make it writable or set SOLMU_DATA_DIR"),
    "model": (_another_model, {}, "another/model"),
    "newer": (_newer_database, {}, "newer"),
    "setting": (_nothing, {"SOLMU_ADMIN": "U1"}, "SOLMU_ADMIN is not a setting of Solmu; did you mean SOLMU_ADMINS?"),
}


@pytest.fixture(scope="module")
def slack() -> Iterator[StandIn]:
    """A workspace for bots that do not get far."""
    with StandIn() as standin:
        yield standin


@pytest.fixture(scope="module")
def ended(slack: StandIn, built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Exit code and last words of a bot started with each fault; they run side by side."""
    folder = tmp_path_factory.mktemp("starts")
    running = {}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for name, (change, settings, _) in CASES.items():
            data = copy_index(built_index, folder / name)
            change(data)
            running[name] = bot_command(slack, data, SOLMU_HTTP_PORT=port, **settings)
        return {name: end_of(process) for name, process in running.items()}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_start_ends_in_a_sentence(ended: dict[str, tuple[int, str]], name: str) -> None:
    """It names what is wrong and what to do; on stderr, after at most a line of the log."""
    code, words = ended[name]
    assert code == 1
    assert "Traceback" not in words
    sentence = words.strip().splitlines()[-1]
    assert CASES[name][2] in sentence


def test_a_second_bot_on_the_same_folder_is_refused(second_bot: subprocess.Popen[str]) -> None:
    """Two of one name would take each other's questions; it waits a while for the first to go."""
    code, words = end_of(second_bot)
    assert (code, "Traceback" in words) == (1, False)
    assert "Another bot named solmu runs on this data folder; stop it" in words


@over_socket
def test_a_running_bot_holds_its_folder(workplace: Workplace) -> None:
    """By the lock that a second one waits for."""
    with pytest.raises(Timeout):
        FileLock(workplace.bot.data_dir / "bot-solmu.lock", timeout=0).acquire()


def test_without_an_index_the_bot_says_so_and_runs(slack: StandIn, built_index: Path, tmp_path: Path) -> None:
    """Documents may be read later; until then every answer is an honest sentence."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(built_index / "models")
    with BotProcess(data, slack.environment()) as bot:
        assert "python -m indexer" in bot.logged()
        assert "Aineistoja ei ole vielä luettu sisään" in ask_directly(slack, MEMBER, PUBLIC_QUESTION).text


def _check(slack: StandIn, data: Path, **settings: str) -> tuple[int, Sequence[str]]:
    process = bot_command(slack, data, "check", **settings)
    told, complaints = process.communicate(timeout=START_SECONDS)
    assert "Traceback" not in complaints
    return process.returncode, told.splitlines()


def test_a_good_setup_is_confirmed_line_by_line(slack: StandIn, built_index: Path, tmp_path: Path) -> None:
    """Token, scopes, manifest, app token, clock, database, disk, model, and what is indexed."""
    code, lines = _check(slack, copy_index(built_index, tmp_path / "data"))
    assert code == 0
    assert lines == [
        "ok   bot token: Valokehä knows the bot.",
        "ok   scopes: all are granted.",
        f"ok   manifest: {UNSEEN}",
        "ok   app token: Socket Mode can be opened.",
        "ok   clock: it agrees with Slack's within a minute.",
        "ok   database: it is reached, migrated and writable.",
        *(line for line in lines if line.startswith("ok   disk: ") and line.endswith(" GB are free.")),
        *(line for line in lines if line.startswith("ok   erasures: They are written to ")),
        "ok   model: bundled answers with 384 numbers.",
        "ok   index: 6 documents, 6 passages, built 2026-03-12 12:00 UTC.",
    ]
    assert len(lines) == 10


def test_each_fault_is_found(
    slack: StandIn, built_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One fault hides no other: scopes, app token and database are each told."""
    data = copy_index(built_index, tmp_path / "data")
    _newer_database(data)
    monkeypatch.setattr(webapi, "SCOPES", webapi.SCOPES.replace("users:read", "").replace("commands,", ""))
    code, lines = _check(slack, data, SLACK_APP_TOKEN="xapp-wrong")
    assert code == 1
    bad = dict(line.removeprefix("FAIL ").split(": ", 1) for line in lines if line.startswith("FAIL"))
    assert list(bad) == ["scopes", "app token", "database"]
    assert bad["scopes"] == "add commands, users:read and install the app again."
    assert "SLACK_APP_TOKEN" in bad["app token"]
    assert "newer" in bad["database"]


def test_a_setup_without_slack_still_looks_at_the_index(slack: StandIn, tmp_path: Path) -> None:
    """A missing token, and nothing indexed yet: both are told."""
    code, lines = _check(slack, tmp_path / "data", SLACK_BOT_TOKEN="")
    assert code == 1
    assert "SLACK_BOT_TOKEN is not set" in lines[0]
    assert lines[1].startswith("ok   database: there is none yet")
    assert [line[:10] for line in lines[3:]] == ["ok   erasu", "FAIL model", "FAIL index"]
    assert not (tmp_path / "data").exists()
