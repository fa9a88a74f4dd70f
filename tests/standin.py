"""The Slack stand-in in a thread of the test's own process, driven by plain method calls."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.sandbox import moves
from bot.sandbox.calls import Call, Fault
from bot.sandbox.courier import Attempt, Delivery
from bot.sandbox.seed import (
    ADMIN,
    COFFEE,
    COORDINATOR,
    ENGLISH,
    EVENTS,
    GENERAL,
    GUEST,
    MEMBER,
    OFFICE,
    PARTNERS,
    QUESTIONS,
    SWEDISH,
    SWEDISH_MEMBER,
)
from bot.sandbox.server import Server
from bot.sandbox.slack import utc_now
from bot.sandbox.values import BOT, Access, Config, Message, Payload, Person, Role
from bot.sandbox.workspace import Clock

__all__ = [
    "ADMIN",
    "BOT",
    "COFFEE",
    "COORDINATOR",
    "ENGLISH",
    "EVENTS",
    "GENERAL",
    "GUEST",
    "MEMBER",
    "OFFICE",
    "PARTNERS",
    "QUESTIONS",
    "SWEDISH",
    "SWEDISH_MEMBER",
    "StandIn",
    "free_port",
]

PATIENCE = 20.0
QUICK_RETRIES = (0.05, 0.2, 0.5)
T = TypeVar("T")


def free_port() -> int:
    """A port of loopback that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class StandIn:
    """A Slack workspace on loopback; use it as a context manager.

    Texts are as Slack stores them: a mention is `<@U0SOLMUBOT>`, `&` is `&amp;`; `typed=True` takes them as
    a person types them. People and channels are the constants of this module; `dm(user)` is a direct channel.
    """

    def __init__(
        self, config: Config | None = None, suggestions: Sequence[Payload] = (), clock: Clock = utc_now
    ) -> None:
        """Prepare a workspace; retries after a missing acknowledgement come quickly unless the config says else.

        `clock` is the workspace's: of its messages, triggers, response addresses and rate limits.
        """
        self.config = config or Config(retry_delays=QUICK_RETRIES)
        self.port = free_port()
        self._suggestions = suggestions
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slack-stand-in", daemon=True)
        self._change = threading.Condition()
        self._version = 0
        self._server: Server | None = None

    def __enter__(self) -> Self:
        """Start to listen."""
        self._thread.start()
        self._server = self._run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and close every connection."""
        self._run(self.server.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def server(self) -> Server:
        """The running server; raises RuntimeError outside the `with`."""
        if self._server is None:
            message = "the stand-in runs only inside its with block"
            raise RuntimeError(message)
        return self._server

    @property
    def url(self) -> str:
        """The page's address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What a bot process needs in its environment to reach this workspace.

        SLACK_APP_TOKEN is only there for Socket Mode, SLACK_SIGNING_SECRET only for signed HTTP.
        """
        config = self.config
        common = {"SLACK_API_URL": f"{self.url}/api/", "SLACK_BOT_TOKEN": config.bot_token}
        if config.bot_url:
            return common | {"SLACK_SIGNING_SECRET": config.signing_secret}
        return common | {"SLACK_APP_TOKEN": config.app_token}

    # What people do.

    def permit(self, redirect_uri: str) -> str:
        """Let the app into the workspace; returns the code with which the browser is sent back."""
        return self._do(lambda server: server.slack.grants.permit(redirect_uri))

    def post(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str = "",
        *,
        typed: bool = False,
        files: tuple[Payload, ...] = (),
    ) -> str:
        """Write a message, with files where some are shared; returns its ts."""
        return self._do(lambda server: server.actions.post(user, channel, text, thread_ts, typed=typed, files=files)).ts

    def upload(self, name: str, content: bytes) -> Payload:
        """A person's file as a form or a message carries it."""
        return self._do(lambda server: server.slack.files.keep(name, content))

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        self._do(lambda server: server.actions.edit(user, channel, ts, text))

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self._do(lambda server: server.actions.delete(user, channel, ts))

    def command(self, user: str, channel: str, name: str, text: str = "") -> Attempt:
        """Run a slash command (`name` with its slash) and wait for its acknowledgement or the lack of it."""
        return self._run(self.server.actions.command(user, channel, name, text))

    def click(
        self, user: str, channel: str, ts: str, action_id: str, block_id: str = "", chosen: Payload | None = None
    ) -> Attempt:
        """Click a button of a message and wait for the acknowledgement or the lack of it."""
        return self._run(self.server.actions.click(user, channel, ts, action_id, block_id, chosen))

    def click_view(
        self,
        user: str,
        action_id: str,
        block_id: str = "",
        *,
        home: bool = False,
        chosen: Payload | None = None,
        values: Payload | None = None,
    ) -> Attempt:
        """Click a button of the modal (or of the Home tab) that the person sees, or choose in a menu of it.

        `values` are what was entered in other elements meanwhile, as `submit` takes them.
        """
        view = self.home(user) if home else self.modal(user)
        return self._run(self.server.actions.click_view(user, view["id"], action_id, block_id, chosen, values=values))

    def shortcut(self, user: str, callback_id: str) -> Attempt:
        """Use a global shortcut of the config's and wait for the acknowledgement or the lack of it."""
        return self._run(self.server.actions.shortcut(user, callback_id))

    def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Attempt:
        """Use a message shortcut of the config's on a message."""
        return self._run(self.server.actions.message_shortcut(user, callback_id, channel, ts))

    def submit(self, user: str, values: Payload) -> Payload:
        """Submit the open modal with `{block_id: {action_id: {...}}}`; returns the errors by block id.

        Elements that are not named are submitted as they were chosen by `click_view`, or as they began.
        """
        return self._run(self.server.actions.submit(user, self.modal(user)["id"], values))

    def close_modal(self, user: str) -> None:
        """Close the open modal."""
        self._run(self.server.actions.close_view(user))

    def open_app(self, user: str, tab: str = "home") -> None:
        """Look at the bot's Home tab (`home`) or its direct messages (`messages`)."""
        self._do(lambda server: server.actions.open_app(user, tab))

    def join(self) -> str:
        """Somebody new comes to the workspace; returns their id."""
        user = f"U0N{secrets.token_hex(4).upper()}"
        self._do(lambda server: server.actions.admit(Person(user, user.lower(), "Uusi Ihminen", Role.MEMBER)))
        return user

    def set_access(self, user: str, access: Access) -> None:
        """Make somebody a guest, or a member again, or switch their account off."""
        self._do(lambda server: moves.set_access(server.slack, user, access))

    def set_group(self, group: str, *people: str, is_on: bool = True) -> None:
        """Have these people in a user group, or switch it off."""
        self._do(lambda server: moves.set_group(server.slack, group, frozenset(people) if is_on else None))

    def invite(self, channel: str, user: str = BOT, by: str = MEMBER) -> None:
        """Take the bot, or somebody else, into a channel."""
        self._do(lambda server: moves.invite(server.slack, by, channel, user))

    def remove(self, channel: str, user: str = BOT, by: str = MEMBER) -> None:
        """Take the bot, or somebody else, out of a channel."""
        self._do(lambda server: moves.remove(server.slack, by, channel, user))

    def archive(self, channel: str, by: str = MEMBER) -> None:
        """Close a channel."""
        self._do(lambda server: moves.archive(server.slack, by, channel))

    def send_event(self, event: Payload) -> None:
        """Send any event, wrapped in an event_callback."""
        self._do(lambda server: server.actions.send_event(event))

    # What Slack does.

    def fault(self, method: str, **what: Any) -> None:
        """Let the next calls of a Web API method (or `response_url`) fail; see `bot.sandbox.calls.Fault`."""
        self._do(lambda server: server.slack.log.add_fault(Fault(method, **what)))

    def limit_rates(self, *, enforced: bool = True) -> None:
        """Refuse calls that come faster than Slack allows from now on, or no longer; see `bot.sandbox.rates`."""

        def switch(server: Server) -> None:
            server.slack.rates.enforced = enforced

        self._do(switch)

    def end_streams(self) -> int:
        """Let every message that is being streamed die, as Slack does after some minutes; tells how many did."""
        return self._do(lambda server: server.slack.streams.end_all())

    def is_streaming(self, message: Message) -> bool:
        """Whether a message is being streamed still."""
        return self._do(lambda server: server.slack.streams.is_open(message.channel, message.ts))

    def redeliver(self, event_id: str = "") -> None:
        """Deliver an event once more (the latest where not named), acknowledged or not."""
        name = event_id or self.events()[-1].id
        self._do(lambda server: server.courier.send_again(name))

    def disconnect(self) -> None:
        """Ask the bot to replace its Socket Mode connections."""
        self._run(self.server.sockets.disconnect())

    def drop_connections(self) -> None:
        """Close the bot's Socket Mode connections without a word."""
        self._run(self.server.sockets.drop())

    def send_raw(self, kind: str, payload: Payload) -> Attempt:
        """Deliver any payload once: kind is events_api, slash_commands or interactive."""
        return self._run(self.server.courier.ask(kind, payload))

    # What there is to see.

    def dm(self, user: str) -> str:
        """The id of the direct channel between the bot and a person."""
        return self._do(lambda server: server.slack.workspace.direct(user)).id

    def messages(self, channel: str) -> Sequence[Message]:
        """Everything in a channel, replies and ephemeral messages included, oldest first."""
        return self._do(lambda server: list(server.slack.workspace.messages(channel)))

    def from_bot(self, channel: str, thread_ts: str = "") -> Sequence[Message]:
        """What the bot wrote in a channel, or in one thread of it."""
        written = [message for message in self.messages(channel) if message.author == BOT]
        return [message for message in written if thread_ts in {"", message.thread}]

    def calls(self, method: str = "") -> Sequence[Call]:
        """The bot's Web API calls, or those of one method, oldest first."""
        return self._do(lambda server: [call for call in server.slack.log.calls if method in {"", call.method}])

    def counts(self, outcome: str = "") -> Counter[str]:
        """How often the bot called each method; with an outcome (`ok`, `ratelimited`, …) only the calls that met it."""
        return self._do(lambda server: server.slack.log.counts(outcome))

    def deliveries(self) -> Sequence[Delivery]:
        """Everything brought to the bot so far, with every try."""
        return self._do(lambda server: [replace(one, attempts=list(one.attempts)) for one in server.courier.deliveries])

    def events(self) -> Sequence[Delivery]:
        """The deliveries that are events."""
        return [delivery for delivery in self.deliveries() if delivery.kind == "events_api"]

    def statuses(self) -> Sequence[tuple[str, str, str]]:
        """What the bot says it is doing: channel, thread and text."""
        return self._do(lambda server: list(server.slack.workspace.statuses()))

    def modal(self, user: str) -> Payload:
        """The modal that a person sees; raises LookupError where none is open."""
        view = self._do(lambda server: server.slack.views.top(user))
        if view is None:
            message = f"{user} has no modal open"
            raise LookupError(message)
        return view.json()

    def home(self, user: str) -> Payload:
        """The Home tab of a person; raises KeyError where none was published."""
        return self._do(lambda server: server.slack.views.homes[user]).json()

    def connected(self) -> int:
        """How many Socket Mode connections the bot holds."""
        return self._do(lambda server: server.sockets.count)

    def wait_for(self, predicate: Callable[[], T], timeout: float = PATIENCE) -> T:
        """The predicate's result once it is true; asked again after every change. Raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while True:
            seen = self._version
            result = predicate()
            if result:
                return result
            left = deadline - time.monotonic()
            if left <= 0:
                message = f"nothing came within {timeout} s; {len(self.calls())} calls, {len(self.deliveries())} sent"
                raise TimeoutError(message)
            with self._change:
                if self._version == seen:
                    self._change.wait(min(left, 0.5))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the workspace's own loop, where many can act at the same moment."""
        return self._run(work)

    async def _start(self) -> Server:
        server = Server(self.config, self.port, self._suggestions, self._clock)
        server.feed.listen(self._notify)
        await server.start()
        return server

    def _notify(self) -> None:
        with self._change:
            self._version += 1
            self._change.notify_all()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _do(self, work: Callable[[Server], T]) -> T:
        async def inside() -> T:
            return work(self.server)

        return self._run(inside())
