"""Both Procfiles, run by a process manager: members are answered, the indexer works, and a stop ends everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.conftest import PostgreSQL
from tests.scenario.bot_process import MEMBERS_QUESTION, MEMBERS_QUOTE, READY, ROOT, START_SECONDS, build_index
from tests.scenario.talking import ask_directly, shown
from tests.standin import ADMIN, MEMBER, OFFICE, StandIn

STOP_SECONDS = 60.0


@contextmanager
def _managed(file: Path, log: Path, environment: dict[str, str]) -> Iterator[psutil.Process]:
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # Without the .env of whoever runs the tests.
    where = ["-f", str(file), "-d", str(ROOT), "-e", os.devnull]
    command = [sys.executable, "-m", "honcho", "--no-colour", *where, "start"]
    with log.open("wb") as output:
        manager = subprocess.Popen(
            command, env=kept | {"PATH": path, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield psutil.Process(manager.pid)
    finally:
        manager.terminate()
        manager.wait(STOP_SECONDS)


def _wait_for_bots(log: Path, number: int) -> None:
    deadline = time.monotonic() + 2 * START_SECONDS
    while log.read_text().count(READY) < number:
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


@pytest.mark.parametrize(("name", "bots"), [("Procfile", 1), ("deploy/Procfile", 2)])
def test_what_a_procfile_starts_is_a_whole_solmu(
    name: str, bots: int, bundled_home: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A question is answered, a run is done by the indexer, and after SIGTERM nothing is left running."""
    data, log = tmp_path / "data", tmp_path / "log"
    data.mkdir()
    (data / "models").symlink_to(bundled_home / "models")
    url = ""
    if bots > 1:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.new_database()
    build_index(data, url)
    settings = {"SOLMU_DATA_DIR": str(data), "SOLMU_DATABASE_URL": url, "SOLMU_ADMINS": ADMIN, "OMP_NUM_THREADS": "1"}
    with StandIn() as slack:
        with _managed(ROOT / name, log, slack.environment() | settings) as manager:
            _wait_for_bots(log, bots)
            assert slack.connected() == bots
            assert MEMBERS_QUOTE in shown(ask_directly(slack, MEMBER, MEMBERS_QUESTION))
            assert slack.command(ADMIN, OFFICE, "/solmu", "reindex").acknowledged
            slack.wait_for(
                lambda: any("Uusia 0" in shown(each) for each in slack.from_bot(slack.dm(ADMIN))), timeout=60
            )
            started = manager.children(recursive=True)
            manager.send_signal(signal.SIGTERM)
            _, left = psutil.wait_procs([*started, manager], STOP_SECONDS)
        assert left == [], log.read_text()
    assert len(started) >= bots + 1
    assert "Traceback" not in log.read_text()
