"""Socket Mode: the bot's connections, and envelopes that wait for their acknowledgement."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable

from aiohttp import WSMsgType, web

from bot.sandbox.courier import COMMANDS, EVENTS, INTERACTIVE, NotAcknowledgedError
from bot.sandbox.values import APP, Payload

HEARTBEAT = 10.0


class Sockets:
    """Every open connection of the bot; an envelope goes to one of them in turn. A Transport."""

    def __init__(self, ack_seconds: float, changed: Callable[[], None]) -> None:
        """Give an envelope `ack_seconds` to be acknowledged; `changed` hears of connections that come and go."""
        self._ack_seconds = ack_seconds
        self._changed = changed
        self._connections: list[web.WebSocketResponse] = []
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Payload]]] = {}
        self._connected = asyncio.Event()
        self._turn = 0

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    async def ready(self) -> None:
        """Return once a connection is open."""
        await self._connected.wait()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until either side ends it."""
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT)
        await socket.prepare(request)
        await socket.send_json(self._hello())
        self._connections.append(socket)
        self._connected.set()
        self._changed()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._lose(socket)
        return socket

    async def send(self, kind: str, payload: Payload, number: int, reason: str) -> Payload:
        """Bring an envelope and wait for its acknowledgement; raises NotAcknowledgedError."""
        envelope_id = str(uuid.uuid4())
        socket = self._next()
        future: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, future)
        try:
            await socket.send_json(self._envelope(envelope_id, kind, payload, number, reason))
            return await asyncio.wait_for(future, self._ack_seconds)
        except (TimeoutError, ConnectionError) as error:
            raise NotAcknowledgedError("timeout") from error
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to be replaced, as Slack does every hour or so."""
        for socket in list(self._connections):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})

    async def drop(self) -> None:
        """Close every connection without a word."""
        for socket in list(self._connections):
            await socket.close()

    def _next(self) -> web.WebSocketResponse:
        if not self._connections:
            raise NotAcknowledgedError("timeout")
        self._turn += 1
        return self._connections[self._turn % len(self._connections)]

    def _hello(self) -> Payload:
        return {
            "type": "hello",
            "num_connections": self.count + 1,
            "connection_info": {"app_id": APP},
            "debug_info": {"host": "stand-in", "build_number": 1, "approximate_connection_time": 18060},
        }

    @staticmethod
    def _envelope(envelope_id: str, kind: str, payload: Payload, number: int, reason: str) -> Payload:
        takes_answer = kind in {COMMANDS, INTERACTIVE}
        envelope: Payload = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": takes_answer,
            "payload": payload,
        }
        return envelope | ({"retry_attempt": number, "retry_reason": reason} if kind == EVENTS else {})

    def _take(self, raw: str) -> None:
        try:
            answer = json.loads(raw)
        except ValueError:
            return
        _, future = self._waiting.get(answer.get("envelope_id", ""), (None, None))
        if future and not future.done():
            payload = answer.get("payload")
            future.set_result(payload if isinstance(payload, dict) else {"text": payload} if payload else {})

    def _lose(self, socket: web.WebSocketResponse) -> None:
        self._connections.remove(socket)
        if not self._connections:
            self._connected.clear()
        for owner, future in self._waiting.values():
            if owner is socket and not future.done():
                future.set_exception(ConnectionResetError())
        self._changed()
