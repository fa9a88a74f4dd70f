"""Modals and Home tabs: who has which open, and the short-lived triggers that may open one."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.sandbox.elements import state_of, with_entered
from bot.sandbox.values import APP, BOT_PROFILE, TEAM, Payload
from bot.sandbox.workspace import ApiError, Clock

MOST_OPEN = 3
FIELDS = ("title", "submit", "close", "callback_id", "external_id", "clear_on_close", "notify_on_close")


@dataclass(frozen=True, slots=True)
class View:
    """An open modal or a Home tab. `body` is what the bot sent, with an id in every block.

    `entered` is what the person chose or typed so far, as far as it is known.
    """

    id: str
    user: str
    body: Payload
    root: str = ""
    previous: str = ""
    hash: str = ""
    entered: Payload = field(default_factory=dict)

    def values(self) -> Payload:
        """What every element holds, by block id and action id."""
        return state_of(self.body.get("blocks", []), self.entered)

    def json(self) -> Payload:
        """The view as Slack hands it out."""
        return {
            "id": self.id,
            "team_id": TEAM,
            "type": self.body["type"],
            "blocks": self.body.get("blocks", []),
            "private_metadata": self.body.get("private_metadata", ""),
            "callback_id": "",
            "state": {"values": {}},
            "hash": self.hash,
            "root_view_id": self.root or self.id,
            "previous_view_id": self.previous or None,
            "app_id": APP,
            "bot_id": BOT_PROFILE,
        } | {name: self.body[name] for name in FIELDS if name in self.body}


def with_ids(blocks: Sequence[Payload]) -> tuple[Payload, ...]:
    """The same blocks, each with a block_id and each interactive element with an action_id, as Slack adds them.

    A block that stands where it stood before keeps its id: whoever clicks while a tab is drawn anew still hits it.
    """
    return tuple(_with_id(block, f"{number}.{_digest(block)}") for number, block in enumerate(blocks))


def _digest(block: Payload) -> str:
    return hashlib.sha256(json.dumps(block, sort_keys=True).encode()).hexdigest()[:8]


def _with_id(block: Payload, name: str) -> Payload:
    named = {"block_id": name, **block}
    for key in ("element", "accessory"):
        if isinstance(named.get(key), dict):
            named[key] = {"action_id": secrets.token_hex(3), **named[key]}
    if named["type"] in {"actions", "context_actions"}:
        named["elements"] = [{"action_id": secrets.token_hex(3), **element} for element in named["elements"]]
    return named


class Views:
    """Every person's stack of modals and Home tab; every change calls `changed` once it is made."""

    def __init__(self, clock: Clock, trigger_seconds: float, changed: Callable[[], None]) -> None:
        """Start with nothing open."""
        self._clock = clock
        self._trigger_life = timedelta(seconds=trigger_seconds)
        self._changed = changed
        self._triggers: dict[str, tuple[str, datetime]] = {}
        self._used: set[str] = set()
        self._stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def new_trigger(self, user: str) -> str:
        """A trigger id that lets the bot show this person a modal once, soon."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger] = (user, self._clock() + self._trigger_life)
        return trigger

    def use_trigger(self, trigger: str) -> str:
        """The person behind a trigger; raises ApiError where it is unknown, used or too old."""
        if trigger in self._used:
            raise ApiError("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise ApiError("invalid_trigger_id")
        user, until = self._triggers[trigger]
        if self._clock() > until:
            raise ApiError("expired_trigger_id")
        self._used.add(trigger)
        return user

    def open(self, user: str, body: Payload) -> View:
        """Show a modal in place of whatever the person had open."""
        view = self._made(user, body)
        self._stacks[user] = [view]
        self._changed()
        return view

    def push(self, user: str, body: Payload) -> View:
        """Show a modal on top of the open ones; raises ApiError where three are open."""
        stack = self._stacks.setdefault(user, [])
        if len(stack) >= MOST_OPEN:
            raise ApiError("push_limit_reached")
        view = self._made(user, body)
        if stack:
            view = replace(view, root=stack[0].id, previous=stack[-1].id)
        stack.append(view)
        self._changed()
        return view

    def update(self, view_id: str, body: Payload, expected_hash: str = "") -> View:
        """Replace what a view shows; raises ApiError where it is closed or has changed meanwhile."""
        old = self.find(view_id)
        if expected_hash and expected_hash != old.hash:
            raise ApiError("hash_conflict")
        new = replace(self._made(old.user, body), id=old.id, root=old.root, previous=old.previous)
        # An element under its old ids keeps what it held, whatever it shall begin with now: so does Slack.
        return self._put(replace(new, entered=old.values()))

    def enter(self, view_id: str, values: Payload) -> View:
        """Keep what a person chose or typed in a view; raises ApiError where it is closed."""
        old = self.find(view_id)
        return self._put(replace(old, entered=with_entered(old.entered, values)))

    def _put(self, new: View) -> View:
        if new.body["type"] == "home":
            self.homes[new.user] = new
        else:
            self._stacks[new.user] = [new if view.id == new.id else view for view in self._stacks[new.user]]
        self._changed()
        return new

    def publish(self, user: str, body: Payload) -> View:
        """Set a person's Home tab."""
        view = self._made(user, body)
        self.homes[user] = replace(view, id=self.homes[user].id) if user in self.homes else view
        self._changed()
        return self.homes[user]

    def find(self, view_id: str) -> View:
        """The view of that id, or of that external id; raises ApiError."""
        for view in (*self.homes.values(), *(view for stack in self._stacks.values() for view in stack)):
            if view_id in {view.id, view.body.get("external_id")}:
                return view
        raise ApiError("not_found")

    def top(self, user: str) -> View | None:
        """The modal that a person sees, if any."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def close(self, user: str, *, everything: bool = False) -> None:
        """Close the top modal, or all of them."""
        stack = self._stacks.get(user, [])
        self._stacks[user] = [] if everything else stack[:-1]
        self._changed()

    def _made(self, user: str, body: Payload) -> View:
        shown = {**body, "blocks": list(with_ids(body.get("blocks", [])))}
        mark = f"{int(self._clock().timestamp())}.{secrets.token_hex(4)}"
        return View(f"V{secrets.token_hex(5).upper()}", user, shown, hash=mark)
