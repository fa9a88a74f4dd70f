"""`python -m bot sandbox`: the real bot and the real indexer before a stand-in for Slack, on this machine alone."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path

from bot.runner import READY
from bot.sandbox.children import Children, SandboxError
from bot.sandbox.folder import DATABASE, sandbox_folder
from bot.sandbox.happenings import announce_events
from bot.sandbox.history import recall
from bot.sandbox.membership import introduce_people
from bot.sandbox.opening import furnish
from bot.sandbox.preparing import prepare
from bot.sandbox.progress import Progress, Stage
from bot.sandbox.seed import ADMIN, COORDINATOR, PEOPLE
from bot.sandbox.server import DOCUMENTS, HOST, Server
from bot.sandbox.suggestions import SUGGESTIONS
from bot.sandbox.values import Config
from knowledge.shell import output

WAKING = "waking"
"""The phase in which the bot loads its model and the index."""


def run_sandbox(port: int, data_dir: Path | None) -> int:
    """Serve the page until stopped; returns the exit code, raises SandboxError where it cannot start or go on."""
    with sandbox_folder(data_dir) as folder:
        asyncio.run(_run(port, folder))
    output.print("The sandbox is stopped.")
    return 0


async def _run(port: int, folder: Path) -> None:
    config = Config()
    server = Server(config, port, SUGGESTIONS)
    furnish(server.slack.workspace)
    server.control.set_progress(Progress(Stage.STARTING))
    database = f"sqlite:///{folder / DATABASE}"
    children = Children(folder, _settings(config, server.url, folder, database))
    try:
        await _listen(server, port)
        _welcome(server.url, folder)
        stopped = _stop_signal()
        await _first(
            stopped.wait(),
            children.keep("indexer", "indexer", "worker"),
            _index_and_answer(server, children, folder, database),
        )
    except SandboxError as error:
        server.control.set_progress(replace(server.control.progress, stage=Stage.FAILED, message=str(error)))
        raise
    finally:
        # The bot takes its leave of the workspace, which therefore ends last.
        await children.end()
        await server.stop()


async def _listen(server: Server, port: int) -> None:
    try:
        await server.start()
    except OSError as error:
        # The error's own words name the address twice over.
        reason = os.strerror(error.errno) if error.errno else str(error)
        message = f"Port {port} cannot be used ({reason}); name another with --port."
        raise SandboxError(message) from error


async def _index_and_answer(server: Server, children: Children, folder: Path, database: str) -> None:
    # One after the other: the bot rehearses with the index, and answers what was asked of it meanwhile.
    await prepare(children, database, f"{server.url}{DOCUMENTS}", server.control.set_progress)
    await asyncio.to_thread(introduce_people, folder, database)
    await asyncio.to_thread(announce_events, database)
    await asyncio.to_thread(recall, database)
    server.control.set_progress(Progress(Stage.STARTING, WAKING))
    await asyncio.gather(children.keep("bot", "bot"), _announce(server, children))


async def _announce(server: Server, children: Children) -> None:
    await children.said("bot", READY)
    server.control.set_progress(Progress(Stage.READY))
    output.print("Ready: ask Solmu anything about the sample.")


async def _first(*works: Coroutine[None, None, object]) -> None:
    """Do all at once until the first of them ends, as it ends."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    return stopped


def _settings(config: Config, url: str, folder: Path, database: str) -> dict[str, str]:
    calendars = _free_port()
    return {
        "SOLMU_PUBLIC_URL": f"http://{HOST}:{calendars}",
        "SOLMU_HTTP_HOST": HOST,
        "SOLMU_HTTP_PORT": str(calendars),
        "SOLMU_DATA_DIR": str(folder),
        "SOLMU_DATABASE_URL": database,
        "SOLMU_ADMINS": ADMIN,
        "SOLMU_COORDINATORS": COORDINATOR,
        "SLACK_API_URL": f"{url}/api/",
        "SLACK_BOT_TOKEN": config.bot_token,
        "SLACK_APP_TOKEN": config.app_token,
    }


def _free_port() -> int:
    """One that nothing listens on, for the calendars that programs on this machine subscribe to."""
    with socket.create_server((HOST, 0)) as listening:
        return int(listening.getsockname()[1])


def _welcome(url: str, folder: Path) -> None:
    people = [f"{person.name} ({person.role.value})" for person in PEOPLE if person.played]
    output.print(f"Solmu's sandbox: {url}")
    output.print(f"There you can be {', '.join(people[:-1])} or {people[-1]}.")
    output.print(f"The sample is being indexed into {folder}; the page shows how far it is. Ctrl-C stops everything.")
