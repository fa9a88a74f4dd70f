"""One index, one running bot per transport, and a desk, for every test that needs no life of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from bot.sandbox.seed import COORDINATORS
from bot.sandbox.values import Config
from knowledge.store import open_store
from tests.scenario.bot_process import READY, BotProcess, bot_command, build_index, copy_index
from tests.scenario.desk import AINO, MIKAEL, RIIKKA, Desk
from tests.standin import QUICK_RETRIES, StandIn, free_port


@dataclass(frozen=True)
class Workplace:
    """A workspace with the bot in it, reached over `transport`.

    Its web pages are below `web`, those for operators below `operations`.
    """

    slack: StandIn
    bot: BotProcess
    transport: str
    web: str = ""
    operations: str = ""

    def restart(self) -> None:
        """Start the bot again after it was killed or stopped, and wait until it is ready to answer."""
        self.bot.start()
        self.bot.wait_until(READY)


def standin_config(transport: str) -> Config:
    """A workspace whose events come over Socket Mode, or as signed HTTP to a free port."""
    url = f"http://127.0.0.1:{free_port()}/slack/events" if transport == "http" else ""
    return Config(retry_delays=QUICK_RETRIES, bot_url=url)


@pytest.fixture(scope="session")
def built_index(bundled_home: Path) -> Path:
    """A data folder that holds the bot tests' documents; copy it, do not write to it."""
    build_index(bundled_home)
    return bundled_home


@pytest.fixture(scope="session")
def second_bot(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A bot whose folder is another's already. It waits half a minute, in which other tests run."""
    data = copy_index(built_index, tmp_path_factory.mktemp("second") / "data")
    with StandIn() as slack, FileLock(data / "bot-solmu.lock"):
        process = bot_command(slack, data)
        yield process
        process.kill()
        process.communicate()


@pytest.fixture(scope="session", params=["socket", "http"])
def workplace(
    request: pytest.FixtureRequest,
    built_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
    second_bot: subprocess.Popen[str],
) -> Iterator[Workplace]:
    """A bot at work, which many tests share: each looks only at what it said itself."""
    assert second_bot.args, "started first, so that nobody has to wait for it"
    config = standin_config(request.param)
    web = config.bot_url.removesuffix("/slack/events") or f"http://127.0.0.1:{free_port()}"
    operations = f"http://127.0.0.1:{free_port()}"
    settings = {
        "SOLMU_HTTP_PORT": web.rpartition(":")[2],
        "SOLMU_PUBLIC_URL": f"{web}/",
        "SOLMU_OPERATIONS_PORT": operations.rpartition(":")[2],
        "SOLMU_COORDINATOR_GROUP": COORDINATORS,
    }
    data = copy_index(built_index, tmp_path_factory.mktemp(request.param) / "data")
    with StandIn(config) as slack, BotProcess(data, slack.environment(), **settings) as bot:
        yield Workplace(slack, bot, request.param, web, operations)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Aino, Riikka and Mikael, who have agreed to everything."""
    store = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with StandIn() as slack:
        made = Desk(slack, store)
        made.put(AINO, RIIKKA, MIKAEL)
        yield made
    store.dispose()
