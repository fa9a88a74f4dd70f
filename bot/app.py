"""Every listener of the bot, in one table."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from types import MethodType
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.listeners.commands import Commands
from bot.listeners.home import Home
from bot.listeners.messages import Messages
from bot.listeners.network import COMMANDS, Network
from bot.listeners.staff import Staff, is_about_network
from bot.logs import FRAMEWORK

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listeners:
    """What takes in each kind of input."""

    messages: Messages
    commands: Commands
    home: Home
    network: Network
    staff: Staff


def build_app(client: WebClient, signing_secret: str, pool: Executor, to: Listeners) -> App:
    """The Bolt app. A listener acknowledges by returning; only what stands under `lazy` runs in the pool, later."""
    app = App(
        logger=FRAMEWORK,
        client=client,
        signing_secret=signing_secret,
        # The acknowledgement is sent when the listener has returned: then the question is in the database.
        process_before_response=True,
        listener_executor=pool,
        # Bolt's own report of a request without a listener would print what people wrote.
        raise_error_for_unhandled_request=True,
        attaching_conversation_kwargs_enabled=False,
    )
    app.event("app_mention")(_bare(to.messages.mention))
    app.event({"type": "message"})(_bare(to.messages.message))
    app.event("app_home_opened")(ack=_acknowledge, lazy=[_bare(to.home.show)])
    app.command("/kysy")(_bare(to.commands.ask))
    for name in COMMANDS:
        app.command(name)(ack=_bare(to.network.take_in), lazy=[_bare(to.network.show)])
    app.command("/solmu", matchers=[is_about_network])(ack=_bare(to.staff.take_in), lazy=[_bare(to.staff.show)])
    app.command("/solmu")(ack=_bare(to.commands.administer), lazy=[_bare(to.commands.show_status)])
    app.error(_on_error)
    return app


def _bare(method: Callable[..., None]) -> Callable[..., None]:
    # Bolt strikes `self` from a list of names that its threads share: two at once would strike the next name too.
    if not isinstance(method, MethodType):
        message = f"expected a method, got {method!r}"
        raise TypeError(message)
    return partial(method.__func__, method.__self__)


def _acknowledge(ack: Ack) -> None:
    ack()


def _on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):
        _log.info("nothing listens to %s", body.get("event", {}).get("type") or body.get("type") or body.get("command"))
        return BoltResponse(status=200)
    # Not acknowledged, so Slack brings it again.
    _log.error("a listener failed", exc_info=error)
    return BoltResponse(status=500)
