"""How a method becomes a listener of Bolt's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MethodType

from slack_bolt import Ack


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
