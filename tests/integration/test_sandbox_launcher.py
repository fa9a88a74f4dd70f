"""What `python -m bot sandbox` promises about starting, failing and ending."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from filelock import FileLock

from bot.sandbox.folder import DATABASE, sandbox_folder
from knowledge.errors import SolmuError
from tests.standin import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0


def _command(port: int, folder: Path) -> list[str]:
    return [sys.executable, "-m", "bot", "sandbox", "--port", str(port), "--data-dir", str(folder)]


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _started(folder: Path) -> set[int]:
    """The process groups that the launcher started: their leaders' environment names the folder."""
    groups = set()
    for pid in _pids():
        with suppress(OSError):
            if f"SOLMU_DATA_DIR={folder}".encode() in Path(f"/proc/{pid}/environ").read_bytes():
                groups.add(os.getpgid(pid))
    return groups


def _alive(groups: set[int]) -> list[int]:
    """The processes in these groups: leaders, and what those started. One that only waits to be noticed is not."""
    found = []
    for pid in _pids():
        with suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            if os.getpgid(pid) in groups and state != "Z":
                found.append(pid)
    return found


def _until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_reading(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_standin/progress") as reply:
        return bool(json.load(reply)["done"])
    return False


@contextmanager
def _indexing_sandbox(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A sandbox in the middle of indexing its sample, with every process that this needs."""
    port = free_port()
    with subprocess.Popen(_command(port, folder), cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            _until(lambda: _is_reading(port))
            yield process
        finally:
            process.kill()


@pytest.fixture
def folder(tmp_path: Path, bundled_home: Path) -> Path:
    """A data folder that holds the model and nothing else."""
    made = tmp_path / "sandbox"
    made.mkdir()
    (made / "models").symlink_to(bundled_home / "models")
    return made


def test_stopping_leaves_nothing_behind(folder: Path) -> None:
    """Ctrl-C ends the sandbox and all that it started within seconds, without a complaint."""
    with _indexing_sandbox(folder) as process:
        groups = _started(folder)
        _until(lambda: len(_alive(groups)) > len(groups))
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        _until(lambda: _alive(groups) == [], 5)
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_killed_sandbox_leaves_nothing_behind(folder: Path) -> None:
    """What the sandbox started notices its end even where it could not say so."""
    with _indexing_sandbox(folder) as process:
        groups = _started(folder)
        _until(lambda: len(_alive(groups)) > len(groups))
        process.kill()
        _until(lambda: _alive(groups) == [], 20)


def test_a_dead_indexer_ends_the_sandbox_with_a_sentence(folder: Path) -> None:
    """Where the indexer dies the sandbox says so in one sentence, and exits with 1."""
    with _indexing_sandbox(folder) as process:
        groups = _started(folder)
        (indexer,) = groups
        os.kill(indexer, signal.SIGKILL)
        assert process.wait(timeout=20) == 1
        assert process.stderr is not None
        expected = f"The indexer ended unexpectedly (killed by SIGKILL); its log is {folder / 'indexer.log'}.\n"
        assert process.stderr.read() == expected
        _until(lambda: _alive(groups) == [], 20)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    """A port that is taken: one sentence that says what to do, exit code 1, and nothing is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            _command(port, tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} cannot be used (Address already in use); name another with --port.\n"
    assert not (tmp_path / "indexer.log").exists()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A place where no folder can be made is named in the refusal, with what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(SolmuError, match=r"file/data cannot be used \(Not a directory\); name another with --data-dir"):
        sandbox_folder(tmp_path / "file" / "data").__enter__()


def test_the_folder_of_a_real_solmu_is_refused(tmp_path: Path) -> None:
    """The sample never gets into the data of a Solmu that people use."""
    (tmp_path / DATABASE).touch()
    with pytest.raises(SolmuError, match="holds a Solmu that is not a sandbox"), sandbox_folder(tmp_path):
        pass


def test_two_sandboxes_never_share_a_folder(tmp_path: Path) -> None:
    """The second is refused while the first is there, and welcome afterwards."""
    refused = pytest.raises(SolmuError, match="another sandbox is using it")
    with FileLock(tmp_path / "sandbox.lock"), refused, sandbox_folder(tmp_path):
        pass
    with sandbox_folder(tmp_path) as taken:
        assert taken == tmp_path


def test_a_kept_folder_forgets_unfinished_work(tmp_path: Path) -> None:
    """Answers that an earlier workspace waited for are dropped; what was indexed is kept."""
    with sandbox_folder(tmp_path):
        (tmp_path / "dbos.sqlite").touch()
        (tmp_path / DATABASE).touch()
    with sandbox_folder(tmp_path):
        assert not (tmp_path / "dbos.sqlite").exists()
        assert (tmp_path / DATABASE).exists()
