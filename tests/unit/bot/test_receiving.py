"""Receiving over Socket Mode while connections are replaced."""

from __future__ import annotations

from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.receiving import receive


class FakeSession:
    """A connection that ends when its state does."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.is_open = is_open
        self.received: list[ConnectionState] = []

    def is_active(self) -> bool:
        """As it was made."""
        return self.is_open

    def run_until_completion(self, state: ConnectionState) -> None:
        """A closed one, or one whose state is over, would keep its reader for ever."""
        assert self.is_open
        assert not state.terminated
        self.received.append(state)

    def disconnect(self) -> None:
        """Close it."""
        self.is_open = False


class FakeSessions:
    """A client; between the reading of its state and of its session, `meanwhile` replaces both."""

    def __init__(self, session: FakeSession | None, state: ConnectionState) -> None:
        self.current_session: FakeSession | None = session
        self._state = state
        self.meanwhile: FakeSession | None = None

    @property
    def current_session_state(self) -> ConnectionState:
        """The state as it is before the connection is replaced."""
        read = self._state
        if self.meanwhile is not None:
            self._state.terminated = True
            self.current_session, self._state, self.meanwhile = self.meanwhile, ConnectionState(), None
        return read


def test_the_latest_connection_is_received_from() -> None:
    """With its own state; a closed one, one that is over, and none at all are left alone."""
    session, state = FakeSession(), ConnectionState()
    receive(FakeSessions(session, state))
    assert session.received == [state]
    assert not session.is_open
    session.is_open = True
    over = ConnectionState()
    over.terminated = True
    for sessions in (
        FakeSessions(session, over),
        FakeSessions(FakeSession(is_open=False), state),
        FakeSessions(None, state),
    ):
        receive(sessions)
    assert session.received == [state]
    assert over.terminated


def test_a_connection_that_is_replaced_meanwhile_is_not_waited_at() -> None:
    """The old state is not revived, and the next look finds the new connection with its own state."""
    old, new = FakeSession(), FakeSession()
    sessions = FakeSessions(old, ConnectionState())
    sessions.meanwhile = new
    receive(sessions)
    assert (old.received, new.received) == ([], [])
    receive(sessions)
    assert new.received == [sessions.current_session_state]
