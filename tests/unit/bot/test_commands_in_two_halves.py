"""A command's second half is done where the first half merely acknowledged, and then in any case."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.bolting import listen_to_command

SECRET = "x" * 32
COMMAND = {"command": "/solmu", "text": "status", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}


def _acknowledges(ack: Ack, _command: dict[str, Any]) -> None:
    ack()


def _tells(ack: Ack, _command: dict[str, Any]) -> None:
    ack(text="Vain ylläpitäjille.")


def _says_nothing(_ack: Ack, _command: dict[str, Any]) -> None:
    """Forgets whoever wrote."""


def _fails(_ack: Ack, _command: dict[str, Any]) -> None:
    raise RuntimeError


def _sent(app: App) -> str:
    """What Slack is answered to the command."""
    body, now = urlencode(COMMAND), str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body) or ""
    headers = {
        "content-type": ["application/x-www-form-urlencoded"],
        "x-slack-request-timestamp": [now],
        "x-slack-signature": [signature],
    }
    return app.dispatch(BoltRequest(body=body, headers=headers)).body


@pytest.mark.parametrize(
    ("take_in", "goes_on"), [(_acknowledges, True), (_tells, False), (_says_nothing, False), (_fails, False)]
)
def test_whatever_was_told_is_all(take_in: Callable[[Ack, dict[str, Any]], None], *, goes_on: bool) -> None:
    """Nobody is refused and served, and nobody is told twice."""
    done: list[str] = []
    with ThreadPoolExecutor() as pool:
        app = App(
            authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"),
            signing_secret=SECRET,
            process_before_response=True,
            listener_executor=pool,
        )
        listen_to_command(app, "/solmu", take_in, lambda command: done.append(command["text"]))
        answer = _sent(app)
    assert done == ["status"] * goes_on
    assert ("Vain" in answer) is (take_in is _tells)
