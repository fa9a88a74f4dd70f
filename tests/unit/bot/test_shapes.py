"""The shape of what Slack brings: what passes the door, and what is told of the rest."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bot.shapes import flaw

EVENT: dict[str, Any] = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event_time": 1_700_000_000,
    "authorizations": [{"team_id": "T1", "user_id": "U1", "is_enterprise_install": False, "enterprise_id": None}],
    "event": {"type": "message", "channel": "D1", "user": "U1", "ts": "1700000000.000100", "text": "Hei \ud800\n"},
}
CLICK: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T1"},
    "trigger_id": "1.2.a",
    "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1"},
    "channel": {"id": "C1"},
    "actions": [{"type": "button", "action_id": "a", "block_id": "b", "value": "x", "action_ts": "1.1"}],
    "response_url": "https://hooks.slack.com/actions/1",
}
FORM: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": "U1"},
    "team": {"id": "T1"},
    "trigger_id": "1.2.a",
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "save",
        "private_metadata": '{"a": 1}',
        "state": {"values": {"words": {"value": {"type": "plain_text_input", "value": "mitä vain\n\u202e"}}}},
    },
}
COMMAND: dict[str, Any] = {
    "command": "/kysy",
    "text": "mitä?",
    "team_id": "T1",
    "user_id": "U1",
    "channel_id": "C1",
    "trigger_id": "1.2.a",
    "response_url": "https://hooks.slack.com/commands/1",
}


@pytest.mark.parametrize("body", [EVENT, CLICK, FORM, COMMAND, {"type": "url_verification", "challenge": "a"}])
def test_what_slack_sends_passes(body: dict[str, Any]) -> None:
    """Whatever people wrote in it, of whatever letters."""
    assert flaw(body) == ""


@pytest.mark.parametrize(
    ("body", "path", "value", "told"),
    [
        (EVENT, ("event",), "text", "Told.event: model_type"),
        (EVENT, ("event", "ts"), "now", "Told.event.ts: string_pattern_mismatch"),
        (EVENT, ("event", "channel"), {"id": "C1"}, "Told.event: incomplete"),
        (EVENT, ("event", "user"), ["U1"], "Told.event.user.*: string_type"),
        (EVENT, ("authorizations",), ["T1"], "Told.authorizations.0: model_type"),
        (CLICK, ("actions",), [], "Clicked.actions: too_short"),
        (CLICK, ("actions", 0, "value"), "kaksi sanaa", "Clicked.actions.0.value: string_pattern_mismatch"),
        (CLICK, ("actions", 0, "action_id"), "a\ud800", "Clicked.actions.0.action_id: string_unicode"),
        (CLICK, ("actions", 0, "type"), "static_select", "Clicked.actions.0: nothing_chosen"),
        (CLICK, ("response_url",), "file:///etc/passwd", "Clicked.response_url: string_pattern_mismatch"),
        (CLICK, ("user", "id"), "U" * 4000, "Clicked.user.id: string_too_long"),
        (FORM, ("view", "state", "values"), {"salaisuus": 1}, "Submitted.view.state.values.*: dict_type"),
        (COMMAND, ("trigger_id",), None, "Commanded.trigger_id: string_type"),
    ],
)
def test_what_listeners_could_not_read_is_told_by_its_place(
    body: dict[str, Any], path: tuple[str | int, ...], value: object, told: str
) -> None:
    """The field and what is wrong with it, never what stands in it."""
    changed: Any = copy.deepcopy(body)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert flaw(changed) == told


@pytest.mark.parametrize("body", [None, [], "text", 1])
def test_what_is_no_object_is_no_payload(body: object) -> None:
    """JSON can be anything."""
    assert flaw(body) == "it is no object"
