"""Receiving over Socket Mode, connection after connection."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.interval_runner import IntervalRunner
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.dispatching import Requests

LOOK_EVERY = 0.1
SLACK_WAITS = 3.0
"""Seconds within which Slack must have its acknowledgement."""
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


class Receiver(SocketModeHandler):
    """Hands on what comes; at the end, what is in hand is acknowledged before the connection goes."""

    def __init__(self, app: Requests, app_token: str, **sizes: int) -> None:
        """As Bolt's handler, for whatever takes requests; `sizes` are the client's."""
        super().__init__(app, app_token, **sizes)  # type: ignore[arg-type]
        self._in_hand = 0
        self._is_ending = False
        self._changed = threading.Condition()
        look_after(self.client)

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Hand one on and acknowledge it. What comes too late is left for Slack to bring again."""
        with self._changed:
            if self._is_ending:
                return
            self._in_hand += 1
        try:
            super().handle(client, req)
        except SlackClientNotConnectedError:
            _log.warning("the connection to Slack was gone before something was acknowledged; Slack brings it again")
        finally:
            with self._changed:
                self._in_hand -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Hand on nothing more, let what is in hand be acknowledged, and disconnect."""
        with self._changed:
            self._is_ending = True
            self._changed.wait_for(lambda: not self._in_hand, SLACK_WAITS)
        disconnect(self.client)


def disconnect(client: SocketModeClient) -> None:
    """Close a client at once. By itself it waits until its threads look up, three seconds and one."""
    client.closed, client.auto_reconnect_enabled, client.current_session_state.terminated = True, False, True
    client.message_queue.put(None)
    connection = client.current_session and client.current_session.sock
    if connection:
        with suppress(OSError):
            # Under TLS too the plain one: TLS's own takes its state away from whoever is reading.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
    client.close()
