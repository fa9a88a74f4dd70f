"""The bot's composition root, and its life from start to SIGTERM."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

from filelock import FileLock, Timeout
from slack_sdk import WebClient

from bot.app import build_app
from bot.asking import Asking
from bot.audience import Audiences
from bot.connection import Identity, identify, open_client
from bot.delivery import Delivery
from bot.durable import Durable
from bot.failures import note_failure
from bot.introducing import Introducing
from bot.introduction_changes import Changes
from bot.listeners.commands import Commands
from bot.listeners.home import Home
from bot.listeners.introductions import IntroductionClicks, IntroductionCommands
from bot.listeners.messages import Messages
from bot.lookup import Lookup
from bot.overview import Overview
from bot.reindexing import Reindexing
from bot.rounds import Rounds
from bot.serving import HttpIntake, Intake, SocketIntake
from bot.settings import SlackSettings, Transport
from knowledge.errors import IndexDamagedError, IndexMissingError, SettingsError
from knowledge.introductions.carding import CardMatching
from knowledge.introductions.proposals import Introductions, Periods
from knowledge.introductions.scenes import Scenes
from knowledge.introductions.schedule import read_schedule
from knowledge.introductions.wishes import Wishes
from knowledge.matching.cards import Cards
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
        delivery = Delivery(client)
        lookup = Lookup(client, identity.team, is_slack=slack.is_slack)
        introductions = _introductions(knowledge)
        durable = _durable(knowledge, lookup, identity.team, delivery, introductions, _pause_until(stopping))
        rounds = _rounds(knowledge, introductions, durable)
        intake = _intake(knowledge, slack, client, delivery, durable, rounds, pool)
        durable.start()
        try:
            threading.Thread(target=_tidy, args=(durable, stopping), name="tidy", daemon=True).start()
            seconds = settings.due_seconds
            threading.Thread(
                target=_look_what_is_due, args=(rounds, seconds, stopping), name="due", daemon=True
            ).start()
            _take_in(intake, identity, knowledge)
        finally:
            stopping.set()
            _drain(durable)


def _introductions(knowledge: Knowledge) -> Introductions:
    settings = knowledge.settings
    periods = Periods(timedelta(days=settings.reply_days), timedelta(days=settings.follow_up_days))
    matching = CardMatching(Cards(knowledge.store, knowledge.embedder))
    return Introductions(knowledge.store, matching, knowledge.clock, periods)


def _rounds(knowledge: Knowledge, introductions: Introductions, durable: Durable) -> Rounds:
    schedule = read_schedule(knowledge.settings.rounds)
    return Rounds(introductions, knowledge.store, durable, schedule, knowledge.clock)


def _durable(
    knowledge: Knowledge,
    lookup: Lookup,
    team: str,
    delivery: Delivery,
    introductions: Introductions,
    pause: Callable[[float], None],
) -> Durable:
    settings = knowledge.settings
    audiences = Audiences(lookup, team, settings.coordinators | settings.admins)
    asking = Asking(knowledge.answerer, knowledge.store, audiences, delivery, knowledge.clock, settings.language)
    reindexing = Reindexing(knowledge.store, delivery, knowledge.clock, pause)
    scenes = Scenes(knowledge.store)
    changes = Changes(introductions, Wishes(knowledge.store), scenes, knowledge.clock)
    introducing = Introducing(scenes, lookup, delivery, settings.language)
    return Durable(settings, asking, reindexing, (changes, introducing), knowledge.clock)


def _intake(
    knowledge: Knowledge,
    slack: SlackSettings,
    client: WebClient,
    delivery: Delivery,
    durable: Durable,
    rounds: Rounds,
    pool: ThreadPoolExecutor,
) -> Intake:
    settings = knowledge.settings
    overview = Overview(knowledge.store, knowledge.shelf)
    commands = Commands(durable, overview, delivery, knowledge.clock, settings.admins, settings.language)
    home = Home(client, overview, settings.language)
    staff = settings.admins | settings.coordinators
    introducing = (
        IntroductionClicks(durable, knowledge.clock),
        IntroductionCommands(durable, rounds, staff, knowledge.clock, settings.language),
    )
    secret = slack.signing_secret.get_secret_value()
    app = build_app(client, secret, pool, Messages(durable), commands, home, introducing)
    if slack.transport is Transport.SOCKET:
        return SocketIntake(app, slack.app_token.get_secret_value())
    return HttpIntake(app, slack.signing_secret.get_secret_value(), settings.http_host, settings.http_port)


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


def _pause_until(stopping: threading.Event) -> Callable[[float], None]:
    def pause(seconds: float) -> None:
        if stopping.wait(seconds):
            raise LeftForLaterError

    return pause


def _tidy(durable: Durable, stopping: threading.Event) -> None:
    durable.forget()
    while not stopping.wait(TIDY_SECONDS):
        durable.forget()


def _look_what_is_due(rounds: Rounds, seconds: float, stopping: threading.Event) -> None:
    while not stopping.wait(seconds):
        try:
            rounds.do_what_is_due()
        except Exception:  # noqa: BLE001 - what could not be begun now is begun at the next look
            note_failure("what is due could not be begun")


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
