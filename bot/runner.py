"""The bot's life from start to SIGTERM."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from filelock import FileLock, Timeout

from bot.clerk import Clerk
from bot.composing import durable_work
from bot.composing_calendars import Dates, calendar_door
from bot.composing_events import clerk_of
from bot.composing_introductions import introductions_of, rounds_of
from bot.composing_workspaces import Served, check_settings, one_workspace, several_workspaces
from bot.connection import identify, open_client
from bot.dispatching import Requests
from bot.durable import Durable
from bot.failures import note_failure
from bot.gauges import Gauges
from bot.lives import Life, Lives, home_in
from bot.operations import Check, Operations, Readiness
from bot.rounds import Rounds
from bot.serving import HttpIntake, Intake, SocketAndPages, SocketIntake
from bot.settings import SlackSettings, Transport
from bot.web_server import Pages, WebServer
from knowledge.errors import IndexDamagedError, IndexMissingError, SettingsError
from knowledge.model import Audience
from knowledge.ports import UnitOfWorkFactory
from knowledge.references import ReferringPool
from knowledge.settings import Settings
from knowledge.wiring import Knowledge, open_knowledge

SHOWING = 8
"""Threads that open forms, for which Slack gives three seconds, and draw Home tabs and status replies."""
HAND_OVER_SECONDS = 10.0
"""How much longer than answers in progress may take a new process waits for the one that it replaces."""
TIDY_SECONDS = 3600.0
TAKEN_OVER = 75
"""The exit code of a process that was given up for gone; a process manager starts it anew."""
READY = "Solmu is ready to answer"
"""The log's word that the rehearsal is over."""
REHEARSAL = (
    "Mitä tekoälystä tiedetään sosiaali- ja terveydenhuollossa?",
    "Vad vet man om artificiell intelligens inom social- och hälsovården?",
    "What is known about artificial intelligence in health and social care?",
)
_log = logging.getLogger(__name__)


def run_bot(settings: Settings, slack: SlackSettings) -> None:
    """Run until SIGTERM or SIGINT; raises SolmuError where that cannot begin."""
    serve = _serving(settings, slack)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _exit)
    knowledge = open_knowledge(settings)
    stopping = threading.Event()
    with _alone(settings) as home, ReferringPool(SHOWING, "show") as pool:
        served = serve(knowledge)
        tools = served.tools
        introductions = introductions_of(knowledge, tools.roles)
        durable = durable_work(tools, served.handlers, introductions)
        rounds = rounds_of(knowledge, introductions, tools.roles, durable)
        pages = Pages(calendar_door(Dates(knowledge, tools.lookup, tools.roles)), *served.doors)
        intake = _intake(settings, slack, served.requests(durable, rounds, pool), pages)
        clerk = clerk_of(tools, tools.me, durable, stopping)
        life = Life(settings.process_name, home, settings.take_over_seconds)
        lives = Lives(knowledge.store, life, knowledge.clock, durable, _end_at_once, stopping)
        rehearsed = threading.Event()
        operations = _operations(knowledge, durable, intake, rehearsed)
        operations.open()
        lives.begin()
        durable.start()
        try:
            lives.start()
            clerk.start()
            threading.Thread(target=_tidy, args=(durable, stopping), name="tidy", daemon=True).start()
            seconds = settings.due_seconds
            threading.Thread(
                target=_look_what_is_due, args=(rounds, seconds, stopping), name="due", daemon=True
            ).start()
            _take_in(intake, served.name, knowledge, rehearsed)
        finally:
            if not wind_down(pool, clerk, durable, stopping, settings.drain_seconds):
                # Their threads would keep the process for as long as Slack makes them wait.
                logging.shutdown()
                os._exit(0)
            lives.leave()
            operations.close()


def _serving(settings: Settings, slack: SlackSettings) -> Callable[[Knowledge], Served]:
    """Whoever composes what is served, once it is known that Slack and the settings let it be."""
    if slack.is_installed_by_oauth:
        check_settings(settings)
        for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
            # Where Bolt finds them it takes every workspace's app for one that several install.
            os.environ.pop(name, None)
        return lambda knowledge: several_workspaces(knowledge, slack)
    client = open_client(slack)
    identity = identify(client)
    return lambda knowledge: one_workspace(knowledge, slack, client, identity)


def _intake(settings: Settings, slack: SlackSettings, app: Requests, pages: Pages) -> Intake:
    host, port = settings.http_host, settings.http_port
    if slack.transport is Transport.HTTP:
        return HttpIntake(app, slack.signing_secret.get_secret_value(), pages, host, port)
    connection = SocketIntake(app, slack.app_token.get_secret_value())
    # Whoever needs no web address opens no port.
    return SocketAndPages(connection, WebServer(pages.respond, host, port)) if settings.public_url else connection


def _operations(knowledge: Knowledge, durable: Durable, intake: Intake, rehearsed: threading.Event) -> Operations:
    store, shelf = knowledge.store, knowledge.shelf
    checks: dict[str, Check] = {
        "database": lambda: _reads(store),
        "index": lambda: bool(shelf.current().manifest.generation),
        "rehearsal": rehearsed.is_set,
        "slack": intake.is_open,
    }
    return Operations(knowledge.settings, Readiness(checks), Gauges(store, shelf, knowledge.clock, durable.unfinished))


def _reads(uow: UnitOfWorkFactory) -> bool:
    with uow.reading() as work:
        return work.revision() >= 0


@contextmanager
def _alone(settings: Settings) -> Iterator[str]:
    """Two processes of one name would each take up the other's questions. Tells the folder's name for this process."""
    lock = FileLock(
        settings.data_dir / f"bot-{settings.process_name}.lock", timeout=settings.drain_seconds + HAND_OVER_SECONDS
    )
    try:
        lock.acquire()
    except Timeout as error:
        message = (
            f"Another bot named {settings.process_name} runs on this data folder; stop it, "
            "or give this one another SOLMU_PROCESS_NAME."
        )
        raise SettingsError(message) from error
    try:
        yield home_in(settings.data_dir, settings.process_name)
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


def _tidy(durable: Durable, stopping: threading.Event) -> None:
    _attempt(durable.forget, "old work could not be forgotten")
    while not stopping.wait(TIDY_SECONDS):
        _attempt(durable.forget, "old work could not be forgotten")


def _look_what_is_due(rounds: Rounds, seconds: float, stopping: threading.Event) -> None:
    while not stopping.wait(seconds):
        _attempt(rounds.do_what_is_due, "what is due could not be begun")


def _attempt(deed: Callable[[], None], failure: str) -> None:
    try:
        deed()
    except Exception:  # noqa: BLE001 - what could not be done now is done at the next time
        note_failure(failure)


def _take_in(intake: Intake, where_to: str, knowledge: Knowledge, rehearsed: threading.Event) -> None:
    where = intake.open()
    _log.info("Solmu takes in questions in %s over %s", where_to, where)
    try:
        _rehearse(knowledge)
        rehearsed.set()
        _log.info(READY)
        threading.Event().wait()
    finally:
        # What follows ends by itself; a second signal would only cut it short.
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)
        _log.info("Solmu stops: nothing more is taken in")
        intake.close()


def wind_down(pool: ReferringPool, clerk: Clerk, durable: Durable, stopping: threading.Event, seconds: float) -> bool:
    """Let everything end that was acknowledged, for so long at most; tells whether all of it did."""
    deadline = time.monotonic() + seconds
    # First, as the slow half of a click may still have durable work to begin.
    has_settled = pool.settle(seconds)
    if not has_settled:
        _log.warning("something that was acknowledged could not be ended in time")
    stopping.set()
    clerk.stop()
    has_answered = durable.stop(max(0.0, deadline - time.monotonic()))
    if not has_answered:
        _log.warning("some answers are left for the next start")
    return has_settled and has_answered


def _end_at_once() -> None:
    # Whatever its threads still do, another process does too.
    logging.shutdown()
    os._exit(TAKEN_OVER)


def _exit(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise SystemExit(0)
