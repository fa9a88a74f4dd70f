"""Receiving over Socket Mode, connection after connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.interval_runner import IntervalRunner

LOOK_EVERY = 0.1
_log = logging.getLogger(__name__)


class Session(Protocol):
    """A connection, as far as it is received from."""

    def is_active(self) -> bool:
        """Whether it is open."""
        ...

    def run_until_completion(self, state: ConnectionState) -> None:
        """Hand on what comes, until the state says that it is over."""
        ...

    def disconnect(self) -> None:
        """Close it."""
        ...


class Sessions(Protocol):
    """The client's latest connection. Making a new one ends the old state first, then sets session and state."""

    current_session: Session | None
    current_session_state: ConnectionState


def receive(sessions: Sessions) -> None:
    """Receive from the latest connection until it is over; returns at once where there is none yet."""
    # The state first: whoever reads it after the session may pair a closed session with the state of the next one.
    state = sessions.current_session_state
    session = sessions.current_session
    if session is None or state.terminated or not session.is_active():
        return
    try:
        session.run_until_completion(state)
    except Exception as error:  # noqa: BLE001 - whatever it is, another connection is made
        _log.warning("receiving from Slack ended with %s", type(error).__name__)
    # The client makes another one once it sees that this one is closed. It may be closing it at this very moment.
    with suppress(AttributeError, OSError):
        if session.is_active():
            session.disconnect()


def look_after(client: SocketModeClient, receiving: Callable[[Sessions], None] = receive) -> None:
    """Have the client receive so; before it connects.

    The client's own loop revives the state that a reconnection has just ended, and then waits at the closed
    connection for ever: the bot is there, and deaf.
    """
    client.current_session_runner.shutdown()  # type: ignore[no-untyped-call]
    client.current_session_runner = IntervalRunner(lambda: receiving(client), LOOK_EVERY).start()  # type: ignore[arg-type]
