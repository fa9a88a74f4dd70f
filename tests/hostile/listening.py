"""The names of everything that the bot listens to, taken from its own table of listeners."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, cast, get_type_hints
from unittest.mock import patch

from slack_sdk import WebClient

import bot.app

_CHOICE = re.compile(r"\[(.)[^\]]*\]")


class Names:
    """Stands where Bolt's app stands, and only writes down what is listened to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def __getattr__(self, kind: str) -> Callable[..., Callable[..., None]]:
        """Whatever is listened to by a name: `action`, `view`, `command`, `shortcut`, `event`."""

        def listen(name: Any = "", **_: Any) -> Callable[..., None]:
            known = name["type"] if isinstance(name, dict) else name
            self.heard.append((kind, _example(known) if isinstance(known, re.Pattern) else str(known)))
            return lambda *_, **__: None

        return listen


def names() -> list[tuple[str, str]]:
    """Kind and name of everything that is listened to; where that is a pattern, a name that fits it."""
    heard = Names()
    with patch.object(bot.app, "MeteredApp", lambda **_: heard):
        listeners = _blank(bot.app.Listeners)
        bot.app.build_app(cast(WebClient, None), "", cast(Executor, None), listeners)
    return sorted({each for each in heard.heard if each[0] in {"action", "view", "command", "shortcut", "event"}})


def _blank(kind: type) -> Any:
    """A listener that was never set up: nothing of it is called, only its methods are looked at."""
    blank = object.__new__(kind)
    if dataclasses.is_dataclass(kind):
        for name, inner in get_type_hints(kind).items():
            object.__setattr__(blank, name, _blank(inner))
    return blank


def _example(pattern: re.Pattern[str]) -> str:
    plain = pattern.pattern.strip("^$").replace("(_[a-z]+)?", "").replace("\\d+", "1")
    return _CHOICE.sub(r"\1", plain).replace("+", "")
