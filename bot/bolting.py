"""How a method becomes a listener of Bolt's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import MethodType
from typing import Any

from slack_bolt import Ack, App, BoltContext

Command = dict[str, Any]
_IS_ANSWERED = "is_answered"


def bare(method: Callable[..., None]) -> Callable[..., None]:
    """The method as Bolt can call it from several threads."""
    # Bolt strikes `self` from a list of names that its threads share: two at once would strike the next name too.
    if not isinstance(method, MethodType):
        message = f"expected a method, got {method!r}"
        raise TypeError(message)
    return partial(method.__func__, method.__self__)


def acknowledge(ack: Ack) -> None:
    """Say that it has come, and no more."""
    ack()


def listen_to_command(
    app: App,
    name: str,
    take_in: Callable[[Ack, Command], None],
    go_on: Callable[[Command], None],
    matchers: Sequence[Callable[..., bool]] = (),
) -> None:
    """Take a command in, and then go on with it in the pool, unless what was told with the acknowledgement is all.

    So the right to a command is asked about once, and whoever has it is never left without an answer.
    """

    def first(ack: Ack, command: Command, context: BoltContext) -> None:
        take_in(ack, command)
        context[_IS_ANSWERED] = ack.response is None or bool(ack.response.body)

    def then(command: Command, context: BoltContext) -> None:
        # Missing where the first half failed, of which Slack tells whoever wrote.
        if not context.get(_IS_ANSWERED, True):
            go_on(command)

    app.command(name, matchers=matchers)(ack=first, lazy=[then])
