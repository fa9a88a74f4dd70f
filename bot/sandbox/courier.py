"""Bringing events, commands and clicks to the bot: waiting for its acknowledgement, and trying again as Slack does."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.sandbox.values import Payload

EVENTS, COMMANDS, INTERACTIVE = "events_api", "slash_commands", "interactive"


GIVING_UP = 0.5
"""Seconds after which what has not stopped is told once more."""


class NotAcknowledgedError(Exception):
    """The bot did not acknowledge; `reason` is Slack's word for why, `final` forbids another try."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        """Say why, and whether the bot asked not to be tried again."""
        super().__init__(reason)
        self.reason = reason
        self.final = final


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. `number` is 0 for the first; `reason` is why the try before failed; times are seconds."""

    number: int
    reason: str
    sent_at: float
    took: float
    acknowledged: bool
    problem: str = ""
    answer: Payload = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """Something to bring to the bot, with every try so far; `over` once no further try will be made."""

    id: str
    kind: str
    payload: Payload
    attempts: list[Attempt] = field(default_factory=list)
    over: bool = False

    @property
    def acknowledged(self) -> bool:
        """Whether any try was acknowledged."""
        return any(attempt.acknowledged for attempt in self.attempts)


class Transport(Protocol):
    """How the bot is reached."""

    async def ready(self) -> None:
        """Return once the bot can be reached at all."""
        ...

    async def send(self, kind: str, payload: Payload, number: int, reason: str) -> Payload:
        """Bring it once and return what the acknowledgement carried; raises NotAcknowledgedError."""
        ...


class Courier:
    """Delivers over one transport; keeps the record of every delivery."""

    def __init__(
        self, transport: Transport, ack_seconds: float, delays: Sequence[float], changed: Callable[[], None]
    ) -> None:
        """Wait `ack_seconds` for a click's delivery to begin, and pause `delays` before an event's further tries."""
        self._transport = transport
        self._ack_seconds = ack_seconds
        self._delays = delays
        self._changed = changed
        self._running: set[asyncio.Task[None]] = set()
        self.deliveries: list[Delivery] = []

    def send_event(self, payload: Payload) -> Delivery:
        """Deliver an event in the background, with retries; it waits for the bot where none is connected."""
        delivery = Delivery(payload["event_id"], EVENTS, payload)
        self.deliveries.append(delivery)
        self._spawn(self._with_retries(delivery))
        return delivery

    def send_again(self, event_id: str) -> None:
        """Deliver an event once more although it may have been acknowledged, as Slack sometimes does."""
        delivery = next(one for one in self.deliveries if one.id == event_id)
        self._spawn(self._again(delivery))

    async def ask(self, kind: str, payload: Payload) -> Attempt:
        """Deliver a command or a click once; a person waits for the result, so there is no second try."""
        delivery = Delivery(secrets.token_hex(8), kind, payload)
        self.deliveries.append(delivery)
        try:
            await asyncio.wait_for(self._transport.ready(), self._ack_seconds)
        except TimeoutError:
            delivery.attempts.append(Attempt(0, "", time.time(), 0.0, acknowledged=False, problem="not_connected"))
        else:
            await self._attempt(delivery, 0, "")
        delivery.over = True
        self._changed()
        return delivery.attempts[-1]

    async def close(self) -> None:
        """Give up whatever is still under way."""
        # Again and again: a wait that ends at the very moment at which it is given up may not notice.
        while self._running:
            for task in self._running:
                task.cancel()
            await asyncio.wait(self._running, timeout=GIVING_UP)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _again(self, delivery: Delivery) -> None:
        await self._transport.ready()
        await self._attempt(delivery, len(delivery.attempts), "timeout")

    async def _with_retries(self, delivery: Delivery) -> None:
        reason = ""
        for number in range(len(self._delays) + 1):
            if number:
                await asyncio.sleep(self._delays[number - 1])
            await self._transport.ready()
            final = await self._attempt(delivery, number, reason)
            if final:
                break
            reason = delivery.attempts[-1].problem
        delivery.over = True
        self._changed()

    async def _attempt(self, delivery: Delivery, number: int, reason: str) -> bool:
        sent_at, start = time.time(), time.monotonic()
        answer: Payload = {}
        problem, final = "", True
        try:
            answer = await self._transport.send(delivery.kind, delivery.payload, number, reason)
        except NotAcknowledgedError as error:
            problem, final = error.reason, error.final
        took = time.monotonic() - start
        delivery.attempts.append(Attempt(number, reason, sent_at, took, not problem, problem, answer))
        self._changed()
        return final
