"""What tests of written answers share: the misbehaving server as a process, and a small shelf of one passage each."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.language_model_server import encoded

DATA = Path(__file__).parent / "data"
INJECTIONS = DATA / "injections.jsonl"


@dataclass(frozen=True, slots=True)
class ModelServer:
    """The server's address by mode, and what it was asked."""

    port: int

    def address(self, mode: str, words: str = "") -> str:
        """Where the server behaves so; `words` are what it shall say."""
        return f"http://127.0.0.1:{self.port}/{mode}{'.' + encoded(words) if words else ''}/v1"

    def asked(self) -> list[dict[str, Any]]:
        """Every request so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/asked") as reply:
            requests: list[dict[str, Any]] = json.load(reply)
        return requests


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """The server in a process of its own, which ends with its standard input."""
    command = [sys.executable, "-m", "tests.language_model_server", str(INJECTIONS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        assert process.stdout is not None
        yield ModelServer(int(process.stdout.readline()))
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)
