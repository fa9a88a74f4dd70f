"""Real deliveries to begin from: somebody wanders through the workspace and clicks on whatever there is."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from bot.sandbox.elements import elements_of
from bot.sandbox.values import APP, BOT, TEAM
from bot.sandbox.workspace import ApiError
from tests.hostile.listening import names
from tests.scenario.talking import ask_directly, mention
from tests.standin import ADMIN, COORDINATOR, EVENTS, GENERAL, MEMBER, StandIn

Delivered = tuple[str, dict[str, Any]]
"""The kind of a delivery and what it carries."""
EVENT, COMMAND, CLICK = "events_api", "slash_commands", "interactive"
_WORDS = {
    "/kysy": ("Milloin jäsenmaksu laskutetaan?",),
    "/solmu": (
        "",
        "tila",
        "verkosto",
        "yhteyshenkilö",
        "kanavat",
        "esittelyt kierros",
        "esittele <@U0MEMBER01> <@U0X>",
    ),
    "/verkosto": ("", "profiili", "puheentunnistus", "minä", "kartta", "samankaltaiset"),
    "/tapahtuma": ("", "lista", "kalenteri"),
}


def deliveries(slack: StandIn) -> list[Delivered]:
    """What the bot was sent by somebody who did everything that can be done, and the rest made by hand."""
    _wander(slack)
    real = [(one.kind, one.payload) for one in slack.deliveries()]
    known = {name for _, payload in real for name in _named(payload)}
    made = [_made(kind, name) for kind, name in names() if name not in known and kind in {"action", "view", "shortcut"}]
    closed = [
        (CLICK, payload | {"type": "view_closed"}) for kind, payload in real if "view" in payload and kind == CLICK
    ]
    return [*_one_of_each(real), *made, *closed[:5]]


def _wander(slack: StandIn) -> None:
    ask_directly(slack, MEMBER, "Milloin jäsenmaksu laskutetaan?")
    root = slack.post(MEMBER, GENERAL, mention("Kuinka kauan sanelun äänitallennetta saa säilyttää?"))
    slack.wait_for(lambda: slack.from_bot(GENERAL, root))
    slack.post(MEMBER, GENERAL, "entä sen jälkeen?", root)
    slack.edit(MEMBER, GENERAL, root, mention("Milloin jäsenmaksu laskutetaan?"))
    slack.delete(MEMBER, GENERAL, slack.post(MEMBER, GENERAL, "Tämä häviää."))
    slack.join()
    for user in (MEMBER, COORDINATOR, ADMIN):
        for tab in ("messages", "home"):
            slack.open_app(user, tab)
        for name, texts in _WORDS.items():
            for text in texts:
                _try(slack.command, user, GENERAL, name, text)
                _look_around(slack, user)
        for kind, name in names():
            if kind == "shortcut":
                _try(slack.shortcut, user, name)
                _try(slack.message_shortcut, user, name, GENERAL, root)
                _look_around(slack, user)
        for channel in (slack.dm(user), GENERAL, EVENTS):
            _click_messages(slack, user, channel)


def _look_around(slack: StandIn, user: str) -> None:
    """Click on whatever the window or the Home tab holds, then submit the window as it is, and close it."""
    for home in (False, True):
        with suppress(LookupError, KeyError):
            view = slack.home(user) if home else slack.modal(user)
            for block_id, action_id, chosen in _elements(view["blocks"]):
                _try(slack.click_view, user, action_id, block_id, home=home, chosen=chosen)
    for _ in range(2):
        _try(slack.submit, user, {})
    _try(slack.close_modal, user)


def _click_messages(slack: StandIn, user: str, channel: str) -> None:
    seen: set[str] = set()
    for message in slack.from_bot(channel)[-20:]:
        for block_id, action_id, chosen in _elements(message.blocks):
            if action_id not in seen:
                seen.add(action_id)
                _try(slack.click, user, channel, message.ts, action_id, block_id, chosen)
                _look_around(slack, user)


def _elements(blocks: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The blocks and names of what can be clicked on, with the first choice where it is a menu."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("action_id"):
                options = element.get("options") if element["type"] == "static_select" else None
                chosen = {"selected_option": options[0]} if options else {}
                yield block.get("block_id", ""), element["action_id"], chosen


def _try(deed: Any, *arguments: Any, **named: Any) -> None:
    """Do it where it can be done: what somebody sees may have gone meanwhile."""
    with suppress(ApiError, LookupError, KeyError, ValueError):
        deed(*arguments, **named)


def _named(payload: dict[str, Any]) -> Iterator[str]:
    """What a delivery is listened to by."""
    yield from (action["action_id"] for action in payload.get("actions", ()))
    yield str(payload.get("command") or payload.get("callback_id") or payload.get("view", {}).get("callback_id") or "")


def _one_of_each(real: Sequence[Delivered]) -> list[Delivered]:
    """A few deliveries of each name: the rest differ by nothing that matters."""
    counts: dict[str, int] = {}
    kept = []
    for kind, payload in real:
        event = payload.get("event", {})
        name = f"{event.get('type')} {event.get('subtype')} {payload.get('type')} {payload.get('command')} " + " ".join(
            _named(payload)
        )
        counts[name] = counts.get(name, 0) + 1
        if counts[name] <= 3:
            kept.append((kind, payload))
    return kept


def _made(kind: str, name: str) -> Delivered:
    """What Slack would send for a listener that nobody came by."""
    body: dict[str, Any] = {
        "user": {"id": MEMBER, "username": "x", "team_id": TEAM},
        "team": {"id": TEAM, "domain": "valokeha"},
        "api_app_id": APP,
        "trigger_id": secrets.token_hex(8),
        "is_enterprise_install": False,
    }
    view = {"id": "V1", "type": "modal", "hash": "1.a", "callback_id": name, "private_metadata": "fi", "blocks": []}
    if kind == "action":
        clicked: dict[str, Any] = {
            "action_id": name,
            "block_id": "b",
            "type": "static_select",
            "value": "x1",
            "action_ts": "1.1",
        }
        clicked["selected_option"] = {"value": "fi", "text": {"type": "plain_text", "text": "x"}}
        shown = {"type": "message", "user": BOT, "ts": "1700000000.000100", "text": "x", "blocks": []}
        place = {"container": {"type": "message", "message_ts": shown["ts"], "channel_id": GENERAL}}
        there = {"channel": {"id": GENERAL, "name": "yleinen"}, "message": shown, "response_url": "http://127.0.0.1:9/"}
        return CLICK, copy.deepcopy(body | {"type": "block_actions", "actions": [clicked]} | place | there)
    if kind == "view":
        state = {"values": {"what": {"value": {"type": "plain_text_input", "value": "x"}}}}
        return CLICK, body | {"type": "view_submission", "view": view | {"state": state}, "response_urls": []}
    return CLICK, body | {"type": "shortcut", "callback_id": name, "action_ts": "1.1"}
