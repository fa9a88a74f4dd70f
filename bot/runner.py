"""The bot's composition root, and its life from start to SIGTERM."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from filelock import FileLock, Timeout
from slack_sdk import WebClient

from bot.app import Listeners, build_app
from bot.asking import Asking
from bot.audience import Audiences
from bot.connection import Identity, identify, open_client
from bot.delivery import Delivery
from bot.durable import Durable
from bot.files import Files
from bot.listeners.commands import Commands
from bot.listeners.home import Home
from bot.listeners.messages import Messages
from bot.listeners.network import Network
from bot.listeners.staff import Staff
from bot.lookup import Lookup
from bot.naming import Naming
from bot.overview import Overview
from bot.reindexing import Reindexing
from bot.serving import HttpIntake, Intake, SocketIntake
from bot.settings import SlackSettings, Transport
from knowledge.errors import IndexDamagedError, IndexMissingError, SettingsError
from knowledge.model import Audience
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge

SHOWING = 4
"""Threads that draw Home tabs and status replies."""
DRAIN_SECONDS = 20
"""How long answers in progress may take after SIGTERM."""
HAND_OVER_SECONDS = DRAIN_SECONDS + 10
"""How long a new process waits for the one that it replaces."""
TIDY_SECONDS = 3600.0
READY = "Solmu is ready to answer"
"""The log's word that the rehearsal is over."""
REHEARSAL = (
    "Mitä tekoälystä tiedetään sosiaali- ja terveydenhuollossa?",
    "Vad vet man om artificiell intelligens inom social- och hälsovården?",
    "What is known about artificial intelligence in health and social care?",
)
_log = logging.getLogger(__name__)


class LeftForLaterError(BaseException):
    """The process stops: what is under way is in the database. Not an Exception, so that nobody takes it for one."""


def run_bot(settings: Settings, slack: SlackSettings) -> None:
    """Run until SIGTERM or SIGINT; raises SolmuError where that cannot begin."""
    client = open_client(slack)
    identity = identify(client)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _exit)
    knowledge = open_knowledge(settings)
    stopping = threading.Event()
    with _alone(settings), ThreadPoolExecutor(SHOWING, "show") as pool:
        workspace = _workspace(client, identity.team, knowledge, is_slack=slack.is_slack)
        durable = _durable(knowledge, workspace, _pause_until(stopping))
        intake = _intake(knowledge, slack, workspace, durable, pool)
        durable.start()
        try:
            threading.Thread(target=_tidy, args=(durable, stopping), name="tidy", daemon=True).start()
            _take_in(intake, identity, knowledge)
        finally:
            stopping.set()
            _drain(durable)


@dataclass(frozen=True, slots=True)
class _Workspace:
    """The ways to ask and tell the Slack workspace."""

    client: WebClient
    delivery: Delivery
    audiences: Audiences
    naming: Naming


def _workspace(client: WebClient, team: str, knowledge: Knowledge, *, is_slack: bool) -> _Workspace:
    lookup = Lookup(client, team, is_slack=is_slack)
    return _Workspace(client, Delivery(client), Audiences(lookup, team, _staff(knowledge)), Naming(lookup))


def _staff(knowledge: Knowledge) -> frozenset[str]:
    return knowledge.settings.coordinators | knowledge.settings.admins


def _durable(knowledge: Knowledge, to: _Workspace, pause: Callable[[float], None]) -> Durable:
    settings, store, clock = knowledge.settings, knowledge.store, knowledge.clock
    asking = Asking(knowledge.consultant, store, to.audiences, to.naming, to.delivery, clock, settings.language)
    return Durable(settings, asking, Reindexing(store, to.delivery, clock, pause), clock)


def _intake(
    knowledge: Knowledge, slack: SlackSettings, to: _Workspace, durable: Durable, pool: ThreadPoolExecutor
) -> Intake:
    settings = knowledge.settings
    app = build_app(to.client, slack.signing_secret.get_secret_value(), pool, _listeners(knowledge, to, durable))
    if slack.transport is Transport.SOCKET:
        return SocketIntake(app, slack.app_token.get_secret_value())
    return HttpIntake(app, slack.signing_secret.get_secret_value(), settings.http_host, settings.http_port)


def _listeners(knowledge: Knowledge, to: _Workspace, durable: Durable) -> Listeners:
    settings = knowledge.settings
    overview = Overview(knowledge.store, knowledge.shelf)
    return Listeners(
        Messages(durable),
        Commands(durable, overview, to.delivery, knowledge.clock, settings.admins, settings.language),
        Home(to.client, overview, settings.language),
        Network(knowledge.directory, to.audiences, to.naming, to.delivery),
        Staff(
            knowledge.overviews,
            to.naming,
            to.delivery,
            Files(to.client, to.delivery),
            _staff(knowledge),
            settings.language,
        ),
    )


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Two processes of one name would each take up the other's questions."""
    lock = FileLock(settings.data_dir / f"bot-{settings.process_name}.lock", timeout=HAND_OVER_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        message = (
            f"Another bot named {settings.process_name} runs on this data folder; stop it, "
            "or give this one another SOLMU_PROCESS_NAME."
        )
        raise SettingsError(message) from error
    try:
        yield
    finally:
        lock.release()


def _rehearse(knowledge: Knowledge) -> None:
    """Load the model, the index and each language's words, so that nobody's first question waits for them."""
    try:
        knowledge.answerer.warm_up()
    except (IndexMissingError, IndexDamagedError) as error:
        # The bot answers what it can without; a reindexing asked for in Slack mends it.
        _log.warning("%s", error)
        return
    for question in REHEARSAL:
        knowledge.answerer.ask(question, audience=Audience.PUBLIC)
    knowledge.directory.warm_up()


def _pause_until(stopping: threading.Event) -> Callable[[float], None]:
    def pause(seconds: float) -> None:
        if stopping.wait(seconds):
            raise LeftForLaterError

    return pause


def _tidy(durable: Durable, stopping: threading.Event) -> None:
    durable.forget()
    while not stopping.wait(TIDY_SECONDS):
        durable.forget()


def _take_in(intake: Intake, identity: Identity, knowledge: Knowledge) -> None:
    where = intake.open()
    _log.info("Solmu takes in questions in %s over %s", identity.team_name, where)
    try:
        _rehearse(knowledge)
        _log.info(READY)
        threading.Event().wait()
    finally:
        # What follows ends by itself; a second signal would only cut it short.
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)
        _log.info("Solmu stops: nothing more is taken in")
        intake.close()


def _drain(durable: Durable) -> None:
    if not durable.stop(DRAIN_SECONDS):
        _log.warning("some answers are left for the next start")
        # Their threads would keep the process for as long as Slack makes them wait.
        logging.shutdown()
        os._exit(0)


def _exit(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise SystemExit(0)
