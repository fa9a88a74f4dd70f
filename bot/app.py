"""Every listener of the bot, in one table."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from types import MethodType
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.blocks import introductions
from bot.listeners.commands import Commands
from bot.listeners.home import Home
from bot.listeners.introductions import IntroductionClicks, IntroductionCommands, is_about_introductions
from bot.listeners.messages import Messages
from bot.logs import FRAMEWORK

_log = logging.getLogger(__name__)


def build_app(
    client: WebClient,
    signing_secret: str,
    pool: Executor,
    messages: Messages,
    commands: Commands,
    home: Home,
    introducing: tuple[IntroductionClicks, IntroductionCommands],
) -> App:
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
    app.event("app_mention")(_bare(messages.mention))
    app.event({"type": "message"})(_bare(messages.message))
    app.event("app_home_opened")(ack=_acknowledge, lazy=[_bare(home.show)])
    app.command("/kysy")(_bare(commands.ask))
    _listen_about_introductions(app, *introducing)
    app.command("/solmu")(ack=_bare(commands.administer), lazy=[_bare(commands.show_status)])
    app.error(_on_error)
    return app


def _listen_about_introductions(app: App, clicks: IntroductionClicks, commands: IntroductionCommands) -> None:
    app.command("/solmu", matchers=[is_about_introductions])(_bare(commands.run))
    app.action(introductions.INTRODUCE)(_bare(clicks.ask))
    for action in (introductions.YES, introductions.NO):
        app.action(action)(_bare(clicks.reply))
    app.action(introductions.MORE)(_bare(clicks.wish))
    app.action(introductions.RESUME)(_bare(clicks.resume))
    for action in introductions.OUTCOMES:
        app.action(action)(_bare(clicks.tell))


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
