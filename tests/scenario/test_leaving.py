"""The end of a connection over Socket Mode."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.errors import SlackClientNotConnectedError

from bot.logs import FRAMEWORK
from bot.receiving import Receiver
from tests.little_bot import client
from tests.standin import MEMBER, StandIn

PATIENCE = 5.0


class SlowApp:
    """Takes its time over what comes."""

    logger = FRAMEWORK

    def __init__(self, slack: StandIn) -> None:
        self.client = client(slack)
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.taken: list[str] = []

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Acknowledge once it may end."""
        self.taken.append(req.body["event"]["text"])
        self.begun.set()
        assert self.may_end.wait(PATIENCE)
        return BoltResponse(status=200)


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A running stand-in."""
    with StandIn() as standin:
        yield standin


@pytest.fixture
def app(slack: StandIn) -> SlowApp:
    """It waits to be told."""
    return SlowApp(slack)


@pytest.fixture
def receiver(slack: StandIn, app: SlowApp) -> Iterator[Receiver]:
    """One that is connected."""
    made = Receiver(app, slack.config.app_token)
    made.client.connect()
    yield made
    made.close()


def test_what_is_in_hand_is_acknowledged_before_the_connection_goes(
    slack: StandIn, app: SlowApp, receiver: Receiver
) -> None:
    """What comes after that is not begun: Slack brings it to whoever is there."""
    slack.post(MEMBER, slack.dm(MEMBER), "ensimmäinen")
    assert app.begun.wait(PATIENCE)
    leaving = threading.Thread(target=receiver.close)
    leaving.start()
    leaving.join(0.3)
    assert leaving.is_alive()
    slack.post(MEMBER, slack.dm(MEMBER), "toinen")
    app.may_end.set()
    leaving.join(PATIENCE)
    assert not leaving.is_alive()
    first, _ = slack.events()
    assert first.acknowledged
    assert app.taken == ["ensimmäinen"]


def test_an_idle_connection_is_left_at_once(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for a thread that waits at the socket, and nothing is said about it."""
    time.sleep(0.5)
    began = time.monotonic()
    receiver.close()
    assert time.monotonic() - began < 1
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


def test_a_connection_lost_before_the_acknowledgement_is_told_in_a_sentence(
    slack: StandIn, app: SlowApp, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not by a traceback: Slack brings it again."""

    def lost(message: str) -> None:
        raise SlackClientNotConnectedError(message)

    monkeypatch.setattr(receiver.client, "send_message", lost)
    app.may_end.set()
    slack.post(MEMBER, slack.dm(MEMBER), "kysymys")
    slack.wait_for(lambda: caplog.records)
    [said] = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert (said.name, said.exc_info) == ("bot.receiving", None)
