"""The smallest bot: it keeps what reaches it over Socket Mode, and answers by a function."""

from __future__ import annotations

import threading
from typing import Any, Self

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.receiving import disconnect
from tests.standin import StandIn


def client(slack: StandIn, token: str = "") -> WebClient:
    """Slack's own client, with the bot's token unless another is given."""
    return WebClient(token or slack.config.bot_token, base_url=f"{slack.url}/api/")


class Bot:
    """A Socket Mode client that keeps what it receives, but messages in channels, and answers by a function."""

    def __init__(self, slack: StandIn, answer: Any = None, ack_from: int = 1) -> None:
        """Acknowledge from the `ack_from`th envelope on, with `answer(request)` as payload where given."""
        self.received: list[SocketModeRequest] = []
        self.answer = answer
        self._ack_from = ack_from
        self._lock = threading.Lock()
        self.client = SocketModeClient(slack.config.app_token, web_client=client(slack))
        self.client.socket_mode_request_listeners.append(self._take)

    def __enter__(self) -> Self:
        self.client.connect()
        return self

    def __exit__(self, *_: object) -> None:
        disconnect(self.client)

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._lock:
            if not _is_talk(request):
                self.received.append(request)
                if len(self.received) < self._ack_from:
                    return
        payload = self.answer(request) if self.answer else None
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


def _is_talk(request: SocketModeRequest) -> bool:
    """Whether it is about a message in a channel: tests look at clicks and mentions, which such messages go before."""
    event = request.payload.get("event") or {}
    return event.get("type") == "message" and event.get("channel_type") in {"channel", "group"}
