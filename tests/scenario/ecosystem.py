"""Several workspaces and the one bot that they may install, reached by signed HTTP or by Socket Mode."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.values import Config
from knowledge.adapters.sealing import new_key
from tests.scenario.bot_process import BotProcess
from tests.scenario.several import Between, Browser, named, team
from tests.standin import ADMIN, COORDINATOR, QUICK_RETRIES, StandIn, free_port

HOME, SHORE, STRANGE = "0", "9", "8"
"""The digits of two allowed workspaces, and of one that is not."""


@dataclass(frozen=True)
class Ecosystem:
    """A bot at work, and the workspaces that may or may not install it."""

    bot: BotProcess
    port: int
    workspaces: dict[str, StandIn]
    keys: tuple[str, str]

    @property
    def database(self) -> Path:
        """Where everything is."""
        return self.bot.data_dir / "solmu.sqlite"

    def install(self, digit: str, browser: Browser | None = None) -> tuple[int, str]:
        """Install the app in a workspace as its admin would; returns what they see in the end."""
        browser = browser or Browser(self.port)
        return browser.come_back(self.permit(digit), browser.begin())

    def permit(self, digit: str) -> str:
        """The code that Slack gives where an admin says yes."""
        slack = self.workspaces[digit]
        back = f"http://127.0.0.1:{self.port}/slack/oauth_redirect"
        return named(digit, slack.permit(back))

    def installed(self) -> list[str]:
        """The workspaces in the database."""
        with closing(sqlite3.connect(self.database)) as database:
            return [row[0] for row in database.execute("SELECT team FROM installations ORDER BY team")]


@contextmanager
def opened(data: Path, transport: str) -> Iterator[Ecosystem]:
    """A bot over `transport` (http or socket) that nobody has installed yet.

    Over Socket Mode one app-level token opens one connection, which brings what happens in every workspace: it is the
    first workspace's, and what the others send is handed over to it.
    """
    first = Config(retry_delays=QUICK_RETRIES)
    port, keys, by_socket = free_port(), (new_key(), new_key()), transport == "socket"
    with ExitStack() as stack:
        between = stack.enter_context(Between(port, first.signing_secret, by_socket=by_socket))
        for digit in (HOME, SHORE, STRANGE):
            is_direct = by_socket and digit == HOME
            config = Config(
                retry_delays=QUICK_RETRIES,
                bot_url="" if is_direct else f"http://127.0.0.1:{between.port}/from/{digit}",
                app_token=first.app_token,
                client_id=first.client_id,
                client_secret=first.client_secret,
            )
            between.workspaces[digit] = stack.enter_context(StandIn(config))
        slack = {
            "SLACK_API_URL": f"http://127.0.0.1:{between.port}/api/",
            "SLACK_CLIENT_ID": first.client_id,
            "SLACK_CLIENT_SECRET": first.client_secret,
        }
        slack |= {"SLACK_APP_TOKEN": first.app_token} if by_socket else {"SLACK_SIGNING_SECRET": first.signing_secret}
        settings = {
            "SOLMU_HTTP_PORT": str(port),
            "SOLMU_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "SOLMU_WORKSPACES": f"{team(HOME)}, {team(SHORE)}",
            "SOLMU_TOKEN_KEYS": ",".join(keys),
            "SOLMU_ADMINS": f"{team(HOME)}:{ADMIN}",
            "SOLMU_COORDINATORS": f"{team(SHORE)}:{named(SHORE, COORDINATOR)}",
        }
        bot = stack.enter_context(BotProcess(data, slack, **settings))
        yield Ecosystem(bot, port, between.workspaces, keys)
