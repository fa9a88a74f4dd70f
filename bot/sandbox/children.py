"""The sandbox's processes: started with an environment of their own, watched, and ended together."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from knowledge.errors import SolmuError

PACKAGES = Path(__file__).parents[2]
"""Where the packages lie, in a checkout as in an installation."""
STOP_SECONDS = 3.0
"""How long a process may take to end before it is killed, which loses nothing."""
LOOK_EVERY = 0.2
"""Seconds between two looks at a log."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
"""Not a setting of the shell's Solmu: its database and its workspace are not the sandbox's to touch."""
_MODEL = ("BASE_URL", "MODEL", "API_KEY", "SECONDS", "HTTP_HOSTS")
"""But for a language model, which whoever has one may see at work."""


class SandboxError(SolmuError):
    """The sandbox cannot start, or cannot go on."""


class Children:
    """Python modules running as processes in a folder, each with a log there."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        """Run everything with these settings and little else."""
        self._folder = folder
        self._environment = environment(settings)
        self._running: list[asyncio.subprocess.Process] = []

    async def keep(self, name: str, *command: str) -> None:
        """Run a module for as long as the sandbox runs; raises SandboxError where it ends before."""
        code = await self._run(name, *command)
        message = f"The {name} ended unexpectedly ({self._why(name, code)}); its log is {self._log(name)}."
        raise SandboxError(message)

    async def finish(self, name: str, *command: str) -> None:
        """Run a module to its end; raises SandboxError where it failed."""
        code = await self._run(name, *command)
        if code:
            message = f"The {name} failed ({self._why(name, code)}); its log is {self._log(name)}."
            raise SandboxError(message)

    async def said(self, name: str, words: str) -> None:
        """Return once these words are in the log of a module that is kept."""
        logged = ""
        while words not in logged:
            await asyncio.sleep(LOOK_EVERY)
            logged = await asyncio.to_thread(self._logged, name)

    async def end(self) -> None:
        """Ask every process to end, and kill those that take too long, with all that they started."""
        for process in self._running:
            with suppress(ProcessLookupError):
                process.terminate()
        waiting = [asyncio.ensure_future(process.wait()) for process in self._running]
        if waiting:
            await asyncio.wait(waiting, timeout=STOP_SECONDS)
        for process in self._running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        await asyncio.gather(*waiting)

    async def _run(self, name: str, *command: str) -> int:
        with self._log(name).open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.sandbox.tether", *command),
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                # Not where the sandbox was started: an .env file there is for another Solmu.
                cwd=self._folder,
                env=self._environment,
                # Ctrl-C reaches the sandbox alone, which then ends the others in order.
                start_new_session=True,
            )
        self._running.append(process)
        return await process.wait()

    def _log(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.log"

    def _logged(self, name: str) -> str:
        return self._log(name).read_text(encoding="utf-8", errors="replace")

    def _why(self, name: str, code: int) -> str:
        if code < 0:
            return f"killed by {signal.Signals(-code).name}"
        lines = reversed(self._logged(name).splitlines())
        last_words = next((line.strip().rstrip(".") for line in lines if line.strip()), "")
        return last_words or f"exit code {code}"


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """What a process of the sandbox is started with."""
    names = (*_PASSED_ON, *(f"SOLMU_LLM_{name}" for name in _MODEL))
    passed_on = {name: os.environ[name] for name in names if name in os.environ}
    # The folder that a process runs in holds data and logs, never modules.
    python = {"PYTHONPATH": str(PACKAGES), "PYTHONSAFEPATH": "1"}
    return passed_on | python | dict(settings)
